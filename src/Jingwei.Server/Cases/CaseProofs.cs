using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>What shows that work was done, and how well: checklist, evidence, the mark at the end.</summary>
internal static class CaseProofs
{
    private const int BestMark = 5;

    public static Decision Decide(CaseType type, Case state, CaseSignal signal, CaseActor actor) => signal switch
    {
        RateCase rate => Rate(type, state, rate, actor),
        _ when !actor.May(Right.Operate) => CaseRefusals.Lacks(Right.Operate),
        _ when state.Final => CaseRefusals.Closed,
        TickItem tick => Tick(type, state, tick),
        _ => Add(type, state, ((AddEvidence)signal).Evidence),
    };

    /// <summary>What a transition waits for; null when it is all there.</summary>
    public static Refusal? Missing(CaseTransition transition, Case state)
    {
        if (Unfinished(transition, state) is { Count: > 0 } tasks)
        {
            return CaseRefusals.TasksOpen(tasks);
        }

        return Missing(transition.Checks, transition.Evidence, state, null);
    }

    /// <summary>What of checklist and evidence is missing; null when it is all there.</summary>
    /// <param name="task">For evidence: of that task or of the case; null: of anything.</param>
    public static Refusal? Missing(IReadOnlyList<string> checks, IReadOnlyList<string> evidence, Case state, string? task)
    {
        if (checks.Where(item => !state.Checks.Contains(item)).ToList() is { Count: > 0 } open)
        {
            return CaseRefusals.ChecksOpen(open);
        }

        var without = evidence.Where(kind => !state.Evidence.Any(each => each.Kind == kind && (task is null || each.Task is null || each.Task == task)));
        return without.ToList() is { Count: > 0 } missing ? CaseRefusals.EvidenceMissing(missing) : null;
    }

    private static List<string> Unfinished(CaseTransition transition, Case state) =>
        transition.Tasks.IsEmpty ? [] : [.. transition.Tasks.Where(id => state.Task(id) is { IsOver: false })];

    private static Decision Tick(CaseType type, Case state, TickItem tick)
    {
        if (!type.Checklist.Any(each => each.Id == tick.Item))
        {
            return CaseRefusals.ItemUnknown;
        }

        return state.Checks.Contains(tick.Item) == tick.Done ? Decision.Nothing : Decision.Of(new CaseChecked(tick.Item, tick.Done));
    }

    private static Decision Add(CaseType type, Case state, Evidence given)
    {
        if (type.Evidence.FirstOrDefault(each => each.Id == given.Kind) is not { } kind)
        {
            return CaseRefusals.EvidenceUnknown;
        }

        if (given.Task is { } task && state.Task(task) is null)
        {
            return CaseRefusals.TaskUnknown;
        }

        if (!kind.Types.Contains(given.MediaType))
        {
            return CaseRefusals.EvidenceType(given.MediaType, kind.Types);
        }

        if (given.Bytes > kind.MaxBytes)
        {
            return CaseRefusals.EvidenceTooLarge(kind.MaxBytes);
        }

        if (state.Evidence.Length >= CaseLimits.Evidence)
        {
            return CaseRefusals.EvidenceFull;
        }

        var isThere = state.Evidence.Any(each => each.Hash == given.Hash && each.Kind == given.Kind && each.Task == given.Task);
        return isThere ? Decision.Nothing : Decision.Of(new CaseEvidenceAdded(given));
    }

    private static Decision Rate(CaseType type, Case state, RateCase rate, CaseActor actor)
    {
        if (!type.Rated || !state.Final || state.MergedInto is not null || state.Mark is not null)
        {
            return CaseRefusals.NotRated;
        }

        if (actor.Id == state.Assignee)
        {
            return CaseRefusals.OwnWork;
        }

        if (rate.Mark is < 1 or > BestMark)
        {
            return CaseRefusals.MarkInvalid;
        }

        return CaseDecider.TextFault(rate.Text, required: false)
            ?? Decision.Of(new CaseRated(rate.Mark, string.IsNullOrWhiteSpace(rate.Text) ? null : rate.Text));
    }
}
