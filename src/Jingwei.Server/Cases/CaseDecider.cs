using System.Collections.Immutable;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>What comes of a signal: a function of (case, signal, now) and of nothing else.</summary>
public static class CaseDecider
{
    /// <param name="type">The version of its type that the case goes by; null when it is not known: then nothing opens and nothing moves.</param>
    /// <param name="state">Null for <see cref="OpenCase"/>.</param>
    /// <param name="clock">Of the case's place: working time is counted by it. Null: UTC, and calendars as declared.</param>
    public static Decision Decide(CaseType? type, Case? state, CaseSignal signal, CaseActor actor, DateTimeOffset now, WorkClock? clock = null)
    {
        var local = clock ?? WorkClock.Of(TimeZoneInfo.Utc);
        if (signal is OpenCase open)
        {
            return type is null ? CaseRefusals.TypeUnknown : Open(type, open, actor, now, local);
        }

        var current = state ?? throw new ArgumentNullException(nameof(state));
        // Time passes for a full history too; a case has fewer states than that would matter.
        if (current.Version >= CaseLimits.Events && signal is not PassTime)
        {
            return CaseRefusals.HistoryFull;
        }

        return CaseLevels.Follow(type, current, Answer(type, current, signal, actor, now, local), now, local);
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

        if (transition.ByAssignee && !state.IsHeldBy(actor.Id))
        {
            return CaseRefusals.NotAssignee;
        }

        return transition.AssignsSelf && !actor.Person ? CaseRefusals.NotPerson : null;
    }

    /// <summary>Refuses a text that is empty though it must not be, or too long; null when it is fine.</summary>
    internal static Refusal? TextFault(string? text, bool required)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return required ? CaseRefusals.CommentRequired : null;
        }

        return text.Length > CaseLimits.Comment ? CaseRefusals.CommentTooLong : null;
    }

    internal static bool IsTitle(Label title) => IsTitle(title.Zh) && IsTitle(title.En);

    private static Decision Answer(CaseType? type, Case current, CaseSignal signal, CaseActor actor, DateTimeOffset now, WorkClock local) => signal switch
    {
        AddComment comment => Comment(comment, actor),
        LinkAlarm link => Link(current, link),
        PassTime => CaseTiming.Pass(type, current, now),
        EraseEvent erase => Erase(erase, actor),
        PassCase or ReturnCase or DelegateCase => CasePeople.Decide(current, signal, actor),
        MergeCase or AbsorbCase or RestoreCase or ReleaseCase or LinkCase => CaseTies.Decide(type, current, signal, actor, now, local),
        SuperviseCase or AnswerSupervision => CaseSupervision.Decide(current, signal, actor, now),
        _ when type is null => CaseRefusals.TypeUnknown,
        ReviseCase revise => CaseRevision.Decide(type, current, revise, actor, now),
        TakeTransition take => Take(type, current, take, actor, now, local),
        EndTask or ReturnTask or AssignTask => CaseTaskDecider.Decide(type, current, signal, actor, now, local),
        TickItem or AddEvidence or RateCase => CaseProofs.Decide(type, current, signal, actor),
        MigrateCase migrate => CaseMigration.Decide(current, migrate, actor, now, local),
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    };

    private static Decision Open(CaseType type, OpenCase open, CaseActor actor, DateTimeOffset now, WorkClock clock)
    {
        if (!actor.May(Right.Operate))
        {
            return CaseRefusals.Lacks(Right.Operate);
        }

        if (!IsTitle(open.Title))
        {
            return CaseRefusals.TitleInvalid;
        }

        if (CaseFields.Take(type, open.Fields, out var fields) is { } refusal)
        {
            return refusal;
        }

        var initial = type.State(type.Initial);
        var events = ImmutableArray.CreateBuilder<CaseEvent>();
        events.Add(new CaseOpened(
            type.Id, type.Initial, CaseTiming.DueIn(initial, open.Severity, now, clock), open.Severity, open.Thing, open.Party, open.Region, open.Rule)
        {
            Definition = open.Definition,
            Exercise = open.Exercise,
            Timers = CaseTiming.Of(initial, open.Severity, now, clock),
        });
        events.Add(new CaseFieldsChanged(open.Title, fields.RemoveRange(fields.Where(field => field.Value is null).Select(field => field.Key))));
        if (open.Alarm is not null)
        {
            events.Add(new CaseAlarmLinked(open.Alarm));
        }

        if (CaseConditions.Holding(type, open.Severity, id => fields.GetValueOrDefault(id)) is { IsEmpty: false } plan)
        {
            events.Add(CaseTaskDecider.Begin(type, plan, open.Severity, now, clock));
        }

        return events.ToImmutable();
    }

    private static Decision Take(CaseType type, Case state, TakeTransition take, CaseActor actor, DateTimeOffset now, WorkClock clock)
    {
        if (type.Transitions.FirstOrDefault(each => each.Id == take.Transition) is not { } transition)
        {
            return CaseRefusals.TransitionUnknown;
        }

        var invalid = CaseFields.Take(type, take.Fields, out var given);
        var fields = CaseFields.Changes(state, given);
        var refusal = Forbids(transition, state, actor)
            ?? AssigneeFault(transition, take.Assignee)
            ?? TextFault(take.Comment, transition.CommentRequired)
            ?? invalid
            ?? CaseFields.Missing(transition, state, fields)
            ?? CaseProofs.Missing(transition, state)
            ?? CaseSupervision.Forbids(type, transition, state);
        if (refusal is not null)
        {
            return refusal;
        }

        // Leaving late is late, even when nobody had come by to mark it.
        var events = CaseTiming.Pass(type, state, now);
        if (!fields.IsEmpty)
        {
            events = events.Add(new CaseFieldsChanged(null, fields));
        }

        events = events.Add(Moved(type, state, transition, CaseTiming.SeverityAfter(state, events), now, clock));
        if ((transition.AssignsSelf ? actor.Id : take.Assignee?.Id) is { } assignee)
        {
            events = events.Add(new CaseAssigned(assignee));
        }

        return string.IsNullOrWhiteSpace(take.Comment) ? events : events.Add(new CaseCommented(take.Comment));
    }

    private static CaseTransitioned Moved(CaseType type, Case state, CaseTransition transition, Band severity, DateTimeOffset now, WorkClock clock)
    {
        var to = type.State(transition.To);
        var stays = transition.To == state.State;
        var due = stays ? state.Due : CaseTiming.DueIn(to, severity, now, clock);
        return new(transition.Id, state.State, transition.To, to.Final, due) { Timers = stays ? null : CaseTiming.Of(to, severity, now, clock) };
    }

    private static Decision Comment(AddComment comment, CaseActor actor)
    {
        if (!actor.May(Right.Operate))
        {
            return CaseRefusals.Lacks(Right.Operate);
        }

        return TextFault(comment.Text, required: true) ?? Decision.Of(new CaseCommented(comment.Text));
    }

    private static Decision Link(Case state, LinkAlarm link) =>
        state.Alarms.Contains(link.Alarm) ? Decision.Nothing : Decision.Of(new CaseAlarmLinked(link.Alarm));

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

        return TextFault(erase.Reason, required: true) ?? Decision.Of(new CaseErased(erase.Seq, erase.Reason));
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

    private static bool IsTitle(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= CaseLimits.Title;
}
