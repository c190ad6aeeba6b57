using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Jingwei.Server.Access.Outlines;

/// <summary>What is wrong in a file of regions.</summary>
/// <param name="At">The place in the file: features[3].properties.level.</param>
/// <param name="Value">What stands there, shortened; null where nothing does.</param>
public sealed record RegionProblem(string At, string? Value, string Expected)
{
    public override string ToString() => Value is null ? $"{At}: expected {Expected}" : $"{At}: \"{Value}\"; expected {Expected}";
}

/// <summary>One region of a GeoJSON file.</summary>
internal sealed record RegionFeature(string At, Region Region, Geometry Shape)
{
    // Names that Chinese public map data gives two levels.
    private static readonly Dictionary<string, string> Levels = new(StringComparer.Ordinal) { ["district"] = "county", ["street"] = "town" };

    /// <summary>Reads one feature; null, and the problems added, when it is none.</summary>
    public static RegionFeature? Read(JsonElement feature, string at, List<RegionProblem> problems)
    {
        var before = problems.Count;
        if (feature.ValueKind != JsonValueKind.Object || Text(feature, "type") != "Feature" ||
            !feature.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new(at, null, "a Feature with properties code, name, level and parent"));
            return null;
        }

        var code = Text(properties, "code") ?? Text(properties, "adcode");
        if (Ids.Fault(code) is { } fault)
        {
            problems.Add(new($"{at}.properties.code", code, $"the code of the region. {fault}"));
        }

        var name = Text(properties, "name");
        if (name is null or "" || Ids.NameFault(name) is not null)
        {
            problems.Add(new($"{at}.properties.name", name, $"a name of 1 to {Ids.MaximumName} characters"));
        }

        var level = Text(properties, "level") is { } said ? Levels.GetValueOrDefault(said, said) : null;
        if (level is null || !Regions.Kinds.Contains(level))
        {
            problems.Add(new($"{at}.properties.level", level, $"one of {string.Join(", ", Regions.Kinds)}"));
        }

        var shape = GeoJson.Read(feature.TryGetProperty("geometry", out var geometry) ? geometry : default, $"{at}.geometry", out var wrong);
        if (shape is null)
        {
            problems.Add(new(wrong.At, null, wrong.Expected));
        }

        return problems.Count > before ? null : new(at, new Region(code!, name!, Parent(properties) ?? Regions.Root, level!), shape!);
    }

    private static string? Parent(JsonElement properties) =>
        properties.TryGetProperty("parent", out var parent) && parent.ValueKind == JsonValueKind.Object ? Text(parent, "adcode") ?? Text(parent, "code") : Text(properties, "parent");

    // Administrative codes come as numbers too.
    private static string? Text(JsonElement of, string member) => !of.TryGetProperty(member, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
