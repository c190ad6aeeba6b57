using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Identifiers.Values;

/// <summary>Who may read a value that is not for everybody: all that is named must fit. Its owner always may.</summary>
/// <param name="Parties">The asker belongs to one of these or to one below it; none: to any.</param>
/// <param name="Roles">The asker holds one of these; none: any.</param>
/// <param name="Purposes">The asker says one of these for his purpose; none: he need not say any.</param>
public sealed record Audience(ImmutableArray<string> Parties, ImmutableArray<Role> Roles, ImmutableArray<string> Purposes)
{
    /// <summary>Most parties, roles or purposes of an audience; more belong into a party of their own.</summary>
    public const int Most = 64;

    /// <summary>Longest purpose, in characters.</summary>
    public const int PurposeCharacters = 64;

    /// <summary>Only the owner.</summary>
    public static Audience Owner { get; } = new([], [], []);

    /// <summary>Whether nobody but the owner is meant.</summary>
    [JsonIgnore]
    public bool IsOwnerAlone => Parties.IsEmpty && Roles.IsEmpty && Purposes.IsEmpty;

    public bool Admits(Asker asker) =>
        !IsOwnerAlone && asker.Caller is not null &&
        (Parties.IsEmpty || Parties.Any(asker.BelongsTo)) &&
        (Roles.IsEmpty || Roles.Any(asker.Holds)) &&
        (Purposes.IsEmpty || (asker.Purpose is { } purpose && Purposes.Contains(purpose, StringComparer.Ordinal)));
}

/// <summary>The audiences that values have, by the numbers that records keep.</summary>
internal sealed class Audiences(NameBook names)
{
    /// <summary>The number of values that everybody reads, and of those that only the owner does: their permissions tell which.</summary>
    public const uint None = 0;

    private readonly ConcurrentDictionary<uint, Audience> read = new();

    /// <summary>The number of an audience.</summary>
    public uint NumberOf(Audience audience) => audience.IsOwnerAlone ? None : names.NumberOf(JsonSerializer.Serialize(audience));

    /// <summary>The audience of a number.</summary>
    public Audience Of(uint number) => number == None
        ? Audience.Owner
        : read.GetOrAdd(number, static (wanted, book) => JsonSerializer.Deserialize<Audience>(book.TextOf(wanted) ?? "null") ?? Audience.Owner, names);
}
