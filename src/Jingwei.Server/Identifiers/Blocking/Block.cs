namespace Jingwei.Server.Identifiers.Blocking;

/// <summary>What is blocked. The numbers stand in the store and never change.</summary>
public enum BlockKind
{
    /// <summary>An identifier: nobody but its owner resolves it.</summary>
    Identifier = 0,

    /// <summary>A party: whoever belongs to it resolves nothing here but what is its own.</summary>
    Party = 1,
}

/// <summary>That this node does not answer for something, or to somebody.</summary>
/// <param name="Target">The identifier in the form by which it is found, or the id of the party.</param>
public sealed record Block(BlockKind Kind, string Target, string Reason, string By, DateTimeOffset At);
