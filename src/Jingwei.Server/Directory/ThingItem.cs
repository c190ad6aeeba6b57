using Jingwei.Server.Access;
using Jingwei.Server.Packs;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Directory;

public sealed record NewThing(
    string? Id, string? Type, string? Name, string? Party, string? Region, string? Parent, string? Gateway, LonLat? Position = null,
    IReadOnlyDictionary<string, string>? Identifiers = null);

/// <summary>What is named is changed; an empty parent or gateway is none, an identifier with an empty value goes.</summary>
public sealed record ThingChange(
    string? Name, string? Party, string? Region, string? Parent, string? Gateway, LonLat? Position = null,
    IReadOnlyDictionary<string, string>? Identifiers = null);

/// <summary>A thing as lists show it.</summary>
public record ThingItem(
    string Id, string Type, Label? TypeName, string Name, string Party, string Region, string? Parent, string? Gateway,
    bool Connected, DateTimeOffset? LastSeen, DateTimeOffset Created, long Version, LonLat? Position, IReadOnlyDictionary<string, string> Identifiers);

public sealed record ThingStep(string Id, string Name);

/// <summary>A thing with its type, the way down to it and how many things it holds.</summary>
public sealed record ThingDetail : ThingItem
{
    public ThingDetail(ThingItem item, TypeInfo? typeInfo, IReadOnlyList<ThingStep> path, int children) : base(item) =>
        (TypeInfo, Path, Children) = (typeInfo, path, children);

    public TypeInfo? TypeInfo { get; }

    public IReadOnlyList<ThingStep> Path { get; }

    public int Children { get; }
}

/// <summary>Which things a list is about.</summary>
public sealed record ThingFilter(
    [property: FromQuery] string? Type, [property: FromQuery] string? Party, [property: FromQuery] string? Region,
    [property: FromQuery] string? Parent, [property: FromQuery] string? Q);
