namespace Jingwei.Server.Directory;

/// <summary>Anything addressed: machine, station, line, building.</summary>
/// <param name="Id">1-128 letters or digits of any script, '.', '_', '-', ':'; unique in the installation, never reused.</param>
/// <param name="Parent">The thing that it is part of; null at the top.</param>
/// <param name="Gateway">The thing that may publish for it; null for none.</param>
/// <param name="Version">Grows with each change; the ETag.</param>
public sealed record Thing(
    string Id, string Type, string Name, string Party, string Region, string? Parent, string? Gateway,
    DateTimeOffset Created, long Version);
