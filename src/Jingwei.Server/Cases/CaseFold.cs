using System.Collections.Immutable;

namespace Jingwei.Server.Cases;

/// <summary>A case's state out of its events. Total: takes any history that <see cref="CaseDecider"/> can have made.</summary>
public static class CaseFold
{
    /// <exception cref="InvalidOperationException">The history has a gap, or does not begin with its opening.</exception>
    public static Case? Of(IEnumerable<PlacedEvent> history) =>
        history.Aggregate((Case?)null, (state, placed) => Apply(state, placed));

    /// <inheritdoc cref="Of"/>
    public static Case Apply(Case? state, PlacedEvent placed)
    {
        if (placed.Seq != (state?.Version ?? 0) + 1)
        {
            throw new InvalidOperationException($"Event {placed.Seq} of case {placed.Case} follows event {state?.Version ?? 0}.");
        }

        if (placed.Event is CaseOpened opened)
        {
            return Opened(opened, placed);
        }

        var next = state ?? throw new InvalidOperationException($"Case {placed.Case} does not begin with its opening.");
        next = next with { Version = placed.Seq };
        return placed.Event switch
        {
            CaseFieldsChanged changed => next with { Title = changed.Title ?? next.Title, Fields = Changed(next.Fields, changed) },
            CaseTransitioned moved => Moved(next, moved, placed.At),
            CaseAssigned assigned => next with { Assignee = assigned.Assignee },
            CaseAlarmLinked linked => next with { Alarms = next.Alarms.Add(linked.Alarm) },
            CaseOverdue => next with { Late = true },
            _ => next,
        };
    }

    private static Case Opened(CaseOpened opened, PlacedEvent placed) => new(
        placed.Case, opened.Type, null, opened.State, false, opened.Severity, opened.Thing, opened.Party, opened.Region,
        null, placed.At, placed.Actor, opened.Due, false, null, opened.Rule, [],
        ImmutableSortedDictionary.Create<string, FieldValue>(StringComparer.Ordinal), placed.Seq);

    private static Case Moved(Case state, CaseTransitioned moved, DateTimeOffset at) => moved.To == moved.From
        ? state
        : state with { State = moved.To, Final = moved.Final, Due = moved.Due, Late = false, ClosedAt = moved.Final ? at : null };

    private static ImmutableSortedDictionary<string, FieldValue> Changed(
        ImmutableSortedDictionary<string, FieldValue> fields, CaseFieldsChanged changed)
    {
        foreach (var (id, value) in changed.Fields ?? ImmutableSortedDictionary<string, FieldValue?>.Empty)
        {
            fields = value is { } set ? fields.SetItem(id, set) : fields.Remove(id);
        }

        return fields;
    }
}
