using System.Text.Json;
using Jingwei.Identifiers.Gs1;
using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Elements;
using Jingwei.Tests;

namespace Jingwei.Conformance.Gs1;

/// <summary>The cases of GS1's own Barcode Syntax Engine (gs1/gs1-syntax-engine, src/c-lib/dl.c).</summary>
[Trait("Category", "Vectors")]
public sealed class DigitalLinkVectorTests
{
    // The engine separates elements by ^ where a barcode has FNC1.
    private const char Fnc1 = '^';

    private static readonly Gs1Limits Unknown = new() { AllowsUnknown = true };

    [Fact]
    public void Links_are_read_and_refused_as_by_the_engine()
    {
        var cases = Cases("test_parseDLuri");
        Assert.Equal((37, 30), (cases.Count(one => one.Ok), cases.Count(one => !one.Ok)));

        // The engine's cases that must be read have its options for short GTINs and names on where they need them; those that must not, off.
        var wrong = cases.Where(one => one.Ok
            ? Scan(DigitalLink.Read(one.Args[0], one.NeedsUnknown ? Unknown : Gs1Limits.Lenient)) != one.Args[1]
            : DigitalLink.Read(one.Args[0]).IsValid);
        Assert.Empty(wrong.Select(one => $"{one.Source}: {one.Args[0]} {DigitalLink.Read(one.Args[0], Gs1Limits.Lenient)}"));
    }

    [Fact]
    public void Links_are_built_and_refused_as_by_the_engine()
    {
        var cases = Cases("test_testGenerateDLuri");
        Assert.Equal((13, 4), (cases.Count(one => one.Ok), cases.Count(one => !one.Ok)));
        var wrong = cases.Where(one =>
        {
            var limits = one is { NeedsUnknown: true, Ok: true } ? Unknown : Gs1Limits.Default;
            var elements = ElementString.Read(one.Args[1], limits);
            var link = elements.IsValid ? DigitalLink.From(elements.Value.Elements, one.Args[0], limits) : elements.Problem;
            return link.IsValid != one.Ok || (one.Ok && link.Value!.ToString() != one.Args[2]);
        });
        Assert.Empty(wrong.Select(one => $"{one.Source}: {one.Args[1]}"));
    }

    [Fact]
    public void What_a_link_says_is_what_its_barcode_says()
    {
        foreach (var one in Cases("test_parseDLuri").Where(one => one is { Ok: true, NeedsUnknown: false }))
        {
            var link = DigitalLink.Read(one.Args[0], Gs1Limits.Lenient).Value!;
            Assert.Equal(link.Elements, ElementString.ReadScan(one.Args[1], Fnc1).Value);
            Assert.Equal(link.Elements, ElementString.Read(link.Elements.ToString()).Value);
            Assert.Equal(link.Path, DigitalLink.Read(link.ToCanonical()).Value!.Path);
        }
    }

    private static string? Scan(Gs1Reading<DigitalLink> link) => link.IsValid ? Fnc1 + link.Value.Elements.ToScan(Fnc1) : null;

    private static List<Case> Cases(string function)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(External.Vectors("gs1-digital-link", "open", "dl_uri_parse.json")));
        return [.. file.RootElement.EnumerateArray().Where(one => one.GetProperty("fn").ValueEquals(function)).Select(one => new Case(
            one.GetProperty("src").GetString()!,
            one.GetProperty("ok").GetBoolean(),
            [.. one.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()!)]))];
    }

    private sealed record Case(string Source, bool Ok, string[] Args)
    {
        // (89) is no Application Identifier: the engine was told to take those too.
        public bool NeedsUnknown => Args.Any(argument => argument.Contains("(89)", StringComparison.Ordinal) || argument.Contains("89=", StringComparison.Ordinal));
    }
}
