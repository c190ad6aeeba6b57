using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Jingwei.Server.Directory;

/// <summary>The names of a thing beside its id, by kind: `{"serial": "SN-0815"}`.</summary>
public static partial class ThingIdentifiers
{
    /// <summary>Most identifiers of a thing: plates, keys of other systems and room to spare.</summary>
    public const int Most = 16;

    /// <summary>Most characters of one: as of an id.</summary>
    public const int MostCharacters = 128;

    public static ImmutableSortedDictionary<string, string> None { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, string> Of(IEnumerable<KeyValuePair<string, string>>? pairs) =>
        pairs is null ? None : pairs.Where(pair => pair.Value is not "").ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>What is wrong with identifiers that somebody gave, or null.</summary>
    public static string? Fault(IReadOnlyDictionary<string, string>? given)
    {
        if (given is null)
        {
            return null;
        }

        if (given.Count > Most)
        {
            return $"A thing has at most {Most} identifiers.";
        }

        return given.Keys.FirstOrDefault(kind => !IsKind(kind)) is { } wrong
            ? $"\"{wrong}\" is no kind of identifier: a lower-case letter, then lower-case letters, digits and hyphens, at most 32."
            : given.FirstOrDefault(pair => pair.Value is null || pair.Value.Length > MostCharacters) is { Key: { } kind } ? ValueFault(kind) : null;
    }

    /// <summary>Whether that can be a kind of identifier.</summary>
    public static bool IsKind(string kind) => Kind().IsMatch(kind);

    /// <summary>As the store keeps them; null for none.</summary>
    public static string? Write(ImmutableSortedDictionary<string, string> identifiers) => identifiers.IsEmpty ? null : JsonSerializer.Serialize(identifiers);

    public static ImmutableSortedDictionary<string, string> Read(string? stored) =>
        stored is null ? None : Of(JsonSerializer.Deserialize<Dictionary<string, string>>(stored));

    private static string ValueFault(string kind) => $"The identifier \"{kind}\" is a text of at most {MostCharacters} characters.";

    [GeneratedRegex("^[a-z][a-z0-9-]{0,31}$", RegexOptions.CultureInvariant)]
    private static partial Regex Kind();
}
