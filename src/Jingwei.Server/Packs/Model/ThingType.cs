using System.Collections.Frozen;
using System.Collections.Immutable;
using Jingwei.Server.Access;

namespace Jingwei.Server.Packs.Model;

/// <summary>What a value of a property is.</summary>
public enum PropertyKind
{
    /// <summary>A finite IEEE 754 double with a UCUM unit.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of the declared values, by its id.</summary>
    Enumeration,

    /// <summary>Text up to the declared length.</summary>
    Text,

    /// <summary>WGS-84 longitude and latitude in degrees.</summary>
    Position,
}

/// <summary>One of an enumeration's values.</summary>
public sealed record EnumerationValue(string Id, Label Name);

/// <summary>A named, typed, unit-bearing value of a thing.</summary>
/// <param name="Unit">UCUM code; null where the value has none.</param>
/// <param name="Min">Readings below it are kept with quality uncertain and flag "range".</param>
/// <param name="Max">Readings above it are kept with quality uncertain and flag "range".</param>
/// <param name="Counter">Grows; a fall means that it was reset.</param>
/// <param name="MaxLength">Longest text in UTF-16 units.</param>
public sealed record Property(
    string Id, PropertyKind Kind, string? Unit, double? Min, double? Max, bool Counter,
    ImmutableArray<EnumerationValue> Values, int MaxLength, Label Name)
{
    /// <summary>How long readings are kept one by one; null: as long as the platform keeps them.</summary>
    public TimeSpan? Retention { get; init; }
}

/// <summary>Whether a command is sent as soon as it is asked for.</summary>
public enum Confirmation
{
    /// <summary>At once.</summary>
    None,

    /// <summary>Only when it is confirmed in a second step, by whom ever.</summary>
    Again,

    /// <summary>Only when somebody else confirms it.</summary>
    Other,
}

/// <summary>A command that a thing of this type takes.</summary>
public sealed record Command(string Id, ImmutableArray<Property> Parameters, Label Name)
{
    /// <summary>How long each attempt waits for an answer; null: as the platform has it.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>How often it is sent again when no answer comes.</summary>
    public int Retries { get; init; }

    public Confirmation Confirm { get; init; }

    /// <summary>The right over the thing that it needs.</summary>
    public Right Right { get; init; } = Right.Operate;
}

/// <summary>A type of things, with what it inherits folded in.</summary>
/// <param name="Lineage">This type's id and those it extends, nearest first.</param>
public sealed record ThingType(
    string Id, string Pack, string? Extends, bool Abstract, string? Icon, Label Name,
    ImmutableArray<string> Lineage, ImmutableArray<Property> Properties, ImmutableArray<Command> Commands)
{
    private readonly FrozenDictionary<string, Property> byId = Properties.ToFrozenDictionary(property => property.Id);

    /// <summary>The property of that id, or null.</summary>
    public Property? Property(string id) => byId.GetValueOrDefault(id);

    /// <summary>True for the type itself and all that extend it.</summary>
    public bool Is(string type) => Lineage.Contains(type);
}
