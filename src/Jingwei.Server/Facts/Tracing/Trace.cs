using Jingwei.Server.Facts.MasterData;

namespace Jingwei.Server.Facts.Tracing;

/// <summary>Which way a trace goes.</summary>
public enum TraceDirection
{
    /// <summary>What went into it, and into that.</summary>
    Backward,

    /// <summary>What it went into, and where that is.</summary>
    Forward,
}

/// <summary>How two objects hang together.</summary>
public enum TraceLinkKind
{
    /// <summary>The first was used up in making the second.</summary>
    Transformation,

    /// <summary>The first is in the second, for a time.</summary>
    Aggregation,

    /// <summary>The first is bound to the second, for long.</summary>
    Association,

    /// <summary>The second is one of the lot that the first is.</summary>
    Lot,
}

/// <summary>An object of a trace.</summary>
/// <param name="Id">Its identifier in canonical form.</param>
/// <param name="Depth">Links between it and what was asked for.</param>
/// <param name="Events">Events that the caller sees it in.</param>
/// <param name="Hidden">The parties that have events of it which the caller does not see: there is more, and they are to be asked.</param>
/// <param name="Party">Whose event was the last, as far as the caller sees.</param>
/// <param name="Since">When it was first seen.</param>
/// <param name="At">When it was last seen.</param>
/// <param name="BizLocation">Where it is since then; null where no event says it.</param>
public sealed record TraceNode(
    string Id, int Depth, int Events, IReadOnlyList<TraceParty> Hidden, TraceParty? Party, DateTimeOffset? Since, DateTimeOffset? At, string? BizStep, string? Disposition, string? BizLocation);

/// <summary>A party by name.</summary>
public sealed record TraceParty(string Id, string Name);

/// <summary>That an object went into another.</summary>
/// <param name="From">What went in.</param>
/// <param name="To">What it went into.</param>
/// <param name="EventId">The event that says it.</param>
/// <param name="At">When.</param>
/// <param name="Until">When it came out again; null where it did not, or could not.</param>
/// <param name="Quantity">How much of it, where it is known by its class; null where that is not said.</param>
public sealed record TraceLink(string From, string To, TraceLinkKind Kind, string EventId, DateTimeOffset At, DateTimeOffset? Until, double? Quantity, string? Uom);

/// <summary>An event that a trace went through.</summary>
/// <param name="Sensors">Whether sensors measured something.</param>
public sealed record TraceEvent(
    string Id, string Type, DateTimeOffset At, TraceParty Party, string? Action, string? BizStep, string? Disposition, string? ReadPoint, string? BizLocation, bool Sensors);

/// <summary>What was found.</summary>
/// <param name="Root">What was asked for, in canonical form.</param>
/// <param name="IsCut">Whether there is more than was asked for at most.</param>
public sealed record Trace(string Root, TraceDirection Direction, IReadOnlyList<TraceNode> Nodes, IReadOnlyList<TraceLink> Links, IReadOnlyList<TraceEvent> Events, bool IsCut)
{
    /// <summary>The places of the events, where master data tell something of them.</summary>
    public IReadOnlyList<TracePlace> Places { get; init; } = [];
}
