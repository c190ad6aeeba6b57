using Jingwei.Server.Access;

namespace Jingwei.Server.Directory;

/// <summary>What is done to a thing.</summary>
public enum ThingDeed
{
    Made,
    Changed,

    /// <summary>Out of sight; its id is never used again.</summary>
    Removed,

    /// <summary>Made by a change that was undone: its id may be used again by the same party.</summary>
    TakenBack,
}

/// <summary>One thing to be written.</summary>
/// <param name="Thing">As it is to be; its version is the one that it was changed from.</param>
public readonly record struct ThingWrite(ThingDeed Deed, Thing Thing);

/// <summary>On whose behalf things are written.</summary>
/// <param name="Actor">As the audit names it.</param>
/// <param name="Edit">The edit that it is part of; null for a single change.</param>
public readonly record struct ThingAuthor(string Actor, string? Edit = null)
{
    public static ThingAuthor System { get; } = new(Caller.System.Actor);

    public static ThingAuthor Of(Caller caller) => new(caller.Actor);
}
