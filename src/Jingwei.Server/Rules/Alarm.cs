using System.Collections.Immutable;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Rules;

/// <summary>
/// Where an alarm stands, in ISA-18.2 words: raised is unacknowledged, acknowledged is acknowledged, cleared is normal, or
/// returned-to-normal unacknowledged while <see cref="Alarm.AcknowledgedAt"/> is null.
/// </summary>
public enum AlarmState
{
    Raised,
    Acknowledged,
    Cleared,

    /// <summary>The condition holds, and the alarm is held back: shelved, or out of service.</summary>
    Suppressed,
}

/// <summary>A value that made an alarm.</summary>
/// <param name="Value">A number, a boolean, or text.</param>
/// <param name="Shown">As people read it: with its unit, an enumeration by its name.</param>
public sealed record CauseValue(string Property, Label Name, object Value, string? Unit, DateTimeOffset Ts, Label Shown);

/// <summary>Why an alarm was raised: the expression, the values that it was true of, and since when.</summary>
public sealed record AlarmCause(string Expression, ImmutableArray<CauseValue> Values, DateTimeOffset HeldSince);

/// <summary>What a rule raised for a thing; at most one that is not cleared per rule and thing.</summary>
/// <param name="Id">Grows with each alarm.</param>
/// <param name="RaisedAt">Event time at which the condition had held long enough; of an absence, the server's time.</param>
/// <param name="Explanation">The cause as a sentence.</param>
/// <param name="Opens">The type of case that the rule opens with it; null for none.</param>
public sealed record Alarm(
    long Id, string Rule, string Thing, Band Severity, AlarmState State, DateTimeOffset RaisedAt, DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy, string? Comment, DateTimeOffset? ClearedAt, string? Case, AlarmCause Cause, Label RuleName, Label Advice,
    Label Explanation, OpensCase? Opens)
{
    /// <summary>The alarm that this one is a consequence of, or the first of the flood that it is part of; null: it stands for itself.</summary>
    public long? Group { get; init; }

    /// <summary>What holds it back while it is suppressed; it stays when the alarm clears meanwhile.</summary>
    public long? HeldBackBy { get; init; }

    /// <summary>True while a case is to be opened with it.</summary>
    public bool AwaitsCase => this is { Opens: not null, Case: null, Group: null, HeldBackBy: null };
}

/// <summary>What a rule says of a thing at a time.</summary>
/// <param name="At">Event time; of absences the server's time.</param>
/// <param name="Cause">Null for a clear.</param>
public sealed record RuleEvent(Rule Rule, string Thing, RuleTransition Transition, DateTimeOffset At, AlarmCause? Cause)
{
    /// <summary>What the rule's severityBy gave; null: the severity that it declares.</summary>
    public Band? Severity { get; init; }
}
