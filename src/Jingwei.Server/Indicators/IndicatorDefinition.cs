using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jingwei.Server.Directory.Calendars;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Indicators;

/// <summary>Everything that an indicator's figures follow from, as it was when they were computed.</summary>
/// <param name="Digest">Of all the rest; another digest is another definition.</param>
/// <param name="Body">JSON.</param>
public sealed record IndicatorDefinition(string Indicator, string Digest, string Body)
{
    /// <param name="plugin">Digest of the plug-in whose functions the formula calls; null when it calls none.</param>
    public static IndicatorDefinition Of(Indicator indicator, ImmutableArray<Shift> shifts, string? plugin = null)
    {
        return Of(indicator.Id, new DefinitionBody(
            indicator.Window.ToString(),
            indicator.Unit,
            indicator.Formula,
            [.. indicator.Inputs.Select(DefinedInput.Of)],
            [.. indicator.Bands.Select(band => FormattableString.Invariant($"{band.Band} {band.Comparison} {band.Limit:R}"))],
            indicator.Target,
            indicator.Window == IndicatorWindow.Shift ? Written(shifts.Select(shift => new OwnShift(shift.Id, shift.From, shift.To))) : [])
        { Plugin = plugin });
    }

    /// <summary>The same over the shifts that a place has of its own.</summary>
    public IndicatorDefinition Over(ImmutableArray<OwnShift> shifts) => Of(Indicator, Read() with { Shifts = Written(shifts) });

    /// <summary>What is in the body.</summary>
    public DefinitionBody Read() => JsonSerializer.Deserialize<DefinitionBody>(Body)!;

    private static IndicatorDefinition Of(string indicator, DefinitionBody definition)
    {
        var body = JsonSerializer.Serialize(definition);
        return new IndicatorDefinition(indicator, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{indicator}\n{body}")))[..16], body);
    }

    private static ImmutableArray<string> Written(IEnumerable<OwnShift> shifts) => [.. shifts.Select(shift => $"{shift.Id} {shift.From:HH\\:mm}-{shift.To:HH\\:mm}")];
}

/// <summary>What a definition holds.</summary>
public sealed record DefinitionBody(
    string Window, string Unit, string Formula, ImmutableArray<DefinedInput> Inputs, ImmutableArray<string> Bands, double? Target, ImmutableArray<string> Shifts)
{
    /// <summary>Digest of the plug-in whose functions the formula calls; not there when it calls none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Plugin { get; init; }
}

/// <summary>An input as it was defined.</summary>
public sealed record DefinedInput(
    string Id, string Kind, string Source, ImmutableArray<string> States, bool Except, string? Times, string? After, double Within, string Combine, double? Weight,
    string? By)
{
    public static DefinedInput Of(IndicatorInput input) => new(
        input.Id, input.Kind.ToString(), input.Source, input.States.IsDefault ? [] : input.States, input.Except, input.Times, input.After,
        input.Within.TotalSeconds, input.Combine.ToString(), input.Weight, input.By);
}
