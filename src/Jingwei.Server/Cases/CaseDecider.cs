using System.Collections.Immutable;
using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>What comes of a signal: a function of (case, signal, now) and of nothing else.</summary>
public static class CaseDecider
{
    /// <param name="type">Null when no installed pack has it: then nothing opens and nothing moves.</param>
    /// <param name="state">Null for <see cref="OpenCase"/>.</param>
    public static Decision Decide(CaseType? type, Case? state, CaseSignal signal, CaseActor actor, DateTimeOffset now)
    {
        if (signal is OpenCase open)
        {
            return type is null ? CaseRefusals.TypeUnknown : Open(type, open, actor, now);
        }

        var current = state ?? throw new ArgumentNullException(nameof(state));
        // Time passes for a full history too; a case has fewer states than that would matter.
        if (current.Version >= CaseLimits.Events && signal is not PassTime)
        {
            return CaseRefusals.HistoryFull;
        }

        return signal switch
        {
            TakeTransition when type is null => CaseRefusals.TypeUnknown,
            TakeTransition take => Take(type, current, take, actor, now),
            AddComment comment => Comment(comment, actor),
            LinkAlarm link => Link(current, link),
            PassTime => Overdue(current, now),
            EraseEvent erase => Erase(erase, actor),
            _ => throw new ArgumentOutOfRangeException(nameof(signal)),
        };
    }

    /// <summary>Why the actor may not take a transition now, whatever he fills in; null when he may.</summary>
    public static Refusal? Forbids(CaseTransition transition, Case state, CaseActor actor)
    {
        if (!actor.May(transition.Right))
        {
            return CaseRefusals.Lacks(transition.Right);
        }

        if (!transition.From.Contains(state.State) || state.Final)
        {
            return CaseRefusals.WrongState;
        }

        if (transition.ByAssignee && state.Assignee != actor.Id)
        {
            return CaseRefusals.NotAssignee;
        }

        return transition.AssignsSelf && !actor.Person ? CaseRefusals.NotPerson : null;
    }

    private static Decision Open(CaseType type, OpenCase open, CaseActor actor, DateTimeOffset now)
    {
        if (!actor.May(Right.Operate))
        {
            return CaseRefusals.Lacks(Right.Operate);
        }

        if (!IsTitle(open.Title.Zh) || !IsTitle(open.Title.En))
        {
            return CaseRefusals.TitleInvalid;
        }

        if (TakeFields(type, open.Fields, out var fields) is { } refusal)
        {
            return refusal;
        }

        var set = fields.RemoveRange(fields.Where(field => field.Value is null).Select(field => field.Key));
        ImmutableArray<CaseEvent> events =
        [
            new CaseOpened(type.Id, type.Initial, Due(type, type.Initial, now), open.Severity, open.Thing, open.Party, open.Region, open.Rule),
            new CaseFieldsChanged(open.Title, set),
        ];
        return open.Alarm is null ? events : events.Add(new CaseAlarmLinked(open.Alarm));
    }

    private static Decision Take(CaseType type, Case state, TakeTransition take, CaseActor actor, DateTimeOffset now)
    {
        if (type.Transitions.FirstOrDefault(each => each.Id == take.Transition) is not { } transition)
        {
            return CaseRefusals.TransitionUnknown;
        }

        var invalid = TakeFields(type, take.Fields, out var given);
        var fields = Changes(state, given);
        var refusal = Forbids(transition, state, actor)
            ?? AssigneeFault(transition, take.Assignee)
            ?? CommentFault(transition, take.Comment)
            ?? invalid
            ?? MissingFields(transition, state, fields);
        if (refusal is not null)
        {
            return refusal;
        }

        var final = type.States.First(each => each.Id == transition.To).Final;
        var due = transition.To == state.State ? state.Due : Due(type, transition.To, now);
        // Leaving late is late, even when nobody had come by to mark it.
        var events = Overdue(state, now).Events;
        if (!fields.IsEmpty)
        {
            events = events.Add(new CaseFieldsChanged(null, fields));
        }

        events = events.Add(new CaseTransitioned(transition.Id, state.State, transition.To, final, due));
        if ((transition.AssignsSelf ? actor.Id : take.Assignee?.Id) is { } assignee)
        {
            events = events.Add(new CaseAssigned(assignee));
        }

        return string.IsNullOrWhiteSpace(take.Comment) ? events : events.Add(new CaseCommented(take.Comment));
    }

    private static Decision Comment(AddComment comment, CaseActor actor)
    {
        if (!actor.May(Right.Operate))
        {
            return CaseRefusals.Lacks(Right.Operate);
        }

        if (string.IsNullOrWhiteSpace(comment.Text))
        {
            return CaseRefusals.CommentRequired;
        }

        return comment.Text.Length > CaseLimits.Comment ? CaseRefusals.CommentTooLong : Decision.Of(new CaseCommented(comment.Text));
    }

    private static Decision Link(Case state, LinkAlarm link) =>
        state.Alarms.Contains(link.Alarm) ? Decision.Nothing : Decision.Of(new CaseAlarmLinked(link.Alarm));

    private static Decision Overdue(Case state, DateTimeOffset now) =>
        state is { Late: false, Final: false, Due: { } due } && due <= now
            ? Decision.Of(new CaseOverdue(state.State, due))
            : Decision.Nothing;

    private static Decision Erase(EraseEvent erase, CaseActor actor)
    {
        if (!actor.May(Right.Administer))
        {
            return CaseRefusals.Lacks(Right.Administer);
        }

        if (erase.Kind is not (CaseEventText.Comment or CaseEventText.Fields))
        {
            return CaseRefusals.NothingToErase;
        }

        if (string.IsNullOrWhiteSpace(erase.Reason))
        {
            return CaseRefusals.CommentRequired;
        }

        return erase.Reason.Length > CaseLimits.Comment
            ? CaseRefusals.CommentTooLong
            : Decision.Of(new CaseErased(erase.Seq, erase.Reason));
    }

    private static Refusal? AssigneeFault(CaseTransition transition, CaseAssignee? assignee)
    {
        if (!transition.Assigns)
        {
            return assignee is null ? null : CaseRefusals.AssigneeUnexpected;
        }

        if (assignee is null)
        {
            return CaseRefusals.AssigneeRequired;
        }

        return assignee.MayOperate ? null : CaseRefusals.AssigneeRefused;
    }

    private static Refusal? CommentFault(CaseTransition transition, string? comment)
    {
        if (string.IsNullOrWhiteSpace(comment))
        {
            return transition.CommentRequired ? CaseRefusals.CommentRequired : null;
        }

        return comment.Length > CaseLimits.Comment ? CaseRefusals.CommentTooLong : null;
    }

    private static Refusal? TakeFields(
        CaseType type, IReadOnlyDictionary<string, JsonElement> given, out ImmutableSortedDictionary<string, FieldValue?> taken)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, FieldValue?>(StringComparer.Ordinal);
        var errors = ImmutableSortedDictionary.CreateBuilder<string, string[]>(StringComparer.Ordinal);
        foreach (var (id, value) in given)
        {
            var fault = "unknown field";
            if (type.Fields.FirstOrDefault(field => field.Id == id) is { } declared)
            {
                values[id] = FieldValue.Take(declared, value, out fault);
            }

            if (fault is not null)
            {
                errors[id] = [fault];
            }
        }

        taken = values.ToImmutable();
        return errors.Count == 0 ? null : CaseRefusals.FieldsInvalid(errors.ToImmutable());
    }

    private static ImmutableSortedDictionary<string, FieldValue?> Changes(
        Case state, ImmutableSortedDictionary<string, FieldValue?> given) =>
        given.RemoveRange(given.Where(field => Held(state, field.Key) == field.Value).Select(field => field.Key));

    private static Refusal? MissingFields(
        CaseTransition transition, Case state, ImmutableSortedDictionary<string, FieldValue?> changes)
    {
        var missing = transition.Requires
            .Where(id => (changes.TryGetValue(id, out var value) ? value : Held(state, id)) is null)
            .ToList();
        return missing.Count == 0 ? null : CaseRefusals.FieldsMissing(missing);
    }

    private static FieldValue? Held(Case state, string field) => state.Fields.TryGetValue(field, out var value) ? value : null;

    private static DateTimeOffset? Due(CaseType type, string state, DateTimeOffset now) =>
        now + type.States.First(each => each.Id == state).Within;

    private static bool IsTitle(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= CaseLimits.Title;
}
