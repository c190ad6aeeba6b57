using System.Text.Json.Serialization;

namespace Jingwei.Server.Rules.Trying;

/// <summary>How an alarm of a tried rule stands to those that were raised.</summary>
public enum TriedOutcome
{
    /// <summary>Raised then and now.</summary>
    Both,

    /// <summary>Raised now only.</summary>
    New,

    /// <summary>Raised then only.</summary>
    Missing,
}

/// <summary>What decides about a rule on the past.</summary>
public enum TriedBy
{
    /// <summary>Each reading.</summary>
    Readings,

    /// <summary>The lowest and highest of an hour where they do, and readings otherwise.</summary>
    Rollups,
}

/// <summary>A line of the answer; `line` says which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "line")]
[JsonDerivedType(typeof(RuleTryAlarm), "alarm")]
[JsonDerivedType(typeof(RuleTryTotals), "progress")]
[JsonDerivedType(typeof(RuleTryEnd), "end")]
public abstract record RuleTryLine;

/// <summary>An alarm. Those of a thing come in the order of time, when the thing is done.</summary>
/// <param name="ClearedAt">Null: it still stood at the end.</param>
/// <param name="Explanation">Why, as a sentence.</param>
public sealed record RuleTryAlarm(
    string Thing, string Name, DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt, Label Explanation, TriedOutcome Outcome) : RuleTryLine;

/// <summary>How far it is.</summary>
/// <param name="Done">0 to 1.</param>
/// <param name="Things">Done.</param>
/// <param name="OfThings">In all.</param>
/// <param name="Readings">Taken so far.</param>
/// <param name="By">Where they are from.</param>
/// <param name="Summed">Those of them that were not read, because the sums of their hours decide.</param>
/// <param name="Raised">Alarms that the rule raises in what is done.</param>
/// <param name="Both">Those of them that were raised then too.</param>
/// <param name="New">Those that were not.</param>
/// <param name="Missing">Those that were raised then, and are not now.</param>
/// <param name="Seconds">Since it began.</param>
public sealed record RuleTryTotals(
    double Done, int Things, int OfThings, long Readings, TriedBy By, long Summed, long Raised, long Both, long New, long Missing, double Seconds) : RuleTryLine;

/// <summary>The outcome.</summary>
/// <param name="Counts">What the rule did; late readings count as any others. Of hours that were passed over, properties count as read at the same times.</param>
/// <param name="Flooded">Things for which it raised so many alarms that the rest of their past was left out.</param>
/// <param name="IsCut">There are more alarms than were told one by one.</param>
public sealed record RuleTryEnd(RuleTryTotals Totals, RuleCounts Counts, int Flooded, bool IsCut) : RuleTryLine;
