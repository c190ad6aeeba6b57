using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Server.Access;

namespace Jingwei.Server.Directory;

/// <summary>One field of a thing that was changed; null is no value.</summary>
public sealed record FieldChange(string Field, string? From, string? To);

/// <summary>What may change about a thing, as texts: what its history keeps, and what undoing puts back.</summary>
public static class ThingFields
{
    private const string IdentifierPrefix = "identifiers.";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The fields in which two states of a thing differ; all that it has when there was none before.</summary>
    public static IReadOnlyList<FieldChange> Between(Thing? before, Thing after)
    {
        var (old, now) = (before is null ? [] : Of(before), Of(after));
        return [.. old.Keys.Union(now.Keys, StringComparer.Ordinal)
            .Select(field => new FieldChange(field, old.GetValueOrDefault(field), now.GetValueOrDefault(field)))
            .Where(change => change.From != change.To)];
    }

    /// <summary>The thing with those fields as they were before the changes.</summary>
    public static Thing Back(Thing thing, IEnumerable<FieldChange> changes) => changes.Aggregate(thing, (now, change) => With(now, change.Field, change.From));

    public static string Write(IReadOnlyList<FieldChange> changes) =>
        JsonSerializer.Serialize(changes.Select(change => new[] { change.Field, change.From, change.To }), Plain);

    public static IReadOnlyList<FieldChange> Read(string stored) =>
        [.. JsonSerializer.Deserialize<string?[][]>(stored)!.Select(change => new FieldChange(change[0]!, change[1], change[2]))];

    private static Dictionary<string, string?> Of(Thing thing)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["type"] = thing.Type,
            ["name"] = thing.Name,
            ["party"] = thing.Party,
            ["region"] = thing.Region,
            ["parent"] = thing.Parent,
            ["gateway"] = thing.Gateway,
            ["position"] = thing.Position?.ToString(),
        };
        foreach (var (kind, value) in thing.Identifiers)
        {
            fields.Add(IdentifierPrefix + kind, value);
        }

        return fields;
    }

    private static Thing With(Thing thing, string field, string? value) => field switch
    {
        "name" => thing with { Name = value! },
        "party" => thing with { Party = value! },
        "region" => thing with { Region = value! },
        "parent" => thing with { Parent = value },
        "gateway" => thing with { Gateway = value },
        "position" => thing with { Position = LonLat.Parse(value) },
        _ when field.StartsWith(IdentifierPrefix, StringComparison.Ordinal) => thing with
        {
            Identifiers = value is null ? thing.Identifiers.Remove(field[IdentifierPrefix.Length..]) : thing.Identifiers.SetItem(field[IdentifierPrefix.Length..], value),
        },
        _ => thing,
    };
}
