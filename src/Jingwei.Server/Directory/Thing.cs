using System.Collections.Immutable;
using Jingwei.Server.Access;

namespace Jingwei.Server.Directory;

/// <summary>Anything addressed: machine, station, line, building.</summary>
/// <param name="Id">1-128 letters or digits of any script, '.', '_', '-', ':'; unique in the installation, never reused.</param>
/// <param name="Parent">The thing that it is part of; null at the top.</param>
/// <param name="Gateway">The thing that may publish for it; null for none.</param>
/// <param name="Version">Grows with each change; the ETag.</param>
public sealed record Thing(
    string Id, string Type, string Name, string Party, string Region, string? Parent, string? Gateway,
    DateTimeOffset Created, long Version)
{
    /// <summary>Where it stands; null where nobody said. What a moving thing reports is a reading.</summary>
    public LonLat? Position { get; init; }

    /// <summary>Its names beside the id, by kind: serial, asset.</summary>
    public ImmutableSortedDictionary<string, string> Identifiers { get; init; } = ThingIdentifiers.None;
}
