using System.Globalization;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Rules;

/// <summary>An alarm as lists and the live stream show it.</summary>
/// <param name="AcknowledgedAt">Null: nobody has seen it yet, also when it is cleared.</param>
public sealed record AlarmItem(
    string Id, string Rule, Label RuleName, Label Advice, string Thing, string ThingName, string Party, string Region, Band Severity,
    AlarmState State, DateTimeOffset RaisedAt, DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy, string? Comment, DateTimeOffset? ClearedAt,
    string? Case, AlarmCause Cause, Label Explanation)
{
    /// <summary>Id of the alarm that it is a consequence of, or of the first of its flood; null: it stands for itself.</summary>
    public string? Group { get; init; }

    /// <summary>Id of what holds it back; null for nothing.</summary>
    public string? HeldBackBy { get; init; }
}

/// <summary>Shows alarms with what is known of their things.</summary>
public sealed class AlarmView(Things things)
{
    /// <summary>The alarm as lists show it; null when its thing is gone.</summary>
    public AlarmItem? Item(Alarm alarm) => things.TryGet(alarm.Thing, out var thing)
        ? new AlarmItem(
            alarm.Id.ToString(CultureInfo.InvariantCulture), alarm.Rule, alarm.RuleName, alarm.Advice, thing.Id, thing.Name, thing.Party, thing.Region,
            alarm.Severity, alarm.State, alarm.RaisedAt, alarm.AcknowledgedAt, alarm.AcknowledgedBy, alarm.Comment, alarm.ClearedAt, alarm.Case,
            alarm.Cause, alarm.Explanation)
        {
            Group = alarm.Group?.ToString(CultureInfo.InvariantCulture),
            HeldBackBy = alarm.HeldBackBy?.ToString(CultureInfo.InvariantCulture),
        }
        : null;
}
