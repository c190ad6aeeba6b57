namespace Jingwei.Server.Directory;

/// <summary>What became of a change to the things.</summary>
public enum ThingOutcome
{
    Done,

    /// <summary>The id is, or was, another thing's.</summary>
    Taken,

    /// <summary>Somebody else changed or removed the thing first.</summary>
    Stale,

    /// <summary>The thing would stand below itself.</summary>
    Cycle,

    /// <summary>The tree would have more than <see cref="Things.MaximumDepth"/> levels.</summary>
    TooDeep,

    /// <summary>Other things are part of it.</summary>
    HasChildren,

    /// <summary>The pack of its type is not enabled for the party.</summary>
    NotEnabled,
}
