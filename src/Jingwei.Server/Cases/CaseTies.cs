using Jingwei.Server.Access;

namespace Jingwei.Server.Cases;

/// <summary>What cases have to do with each other.</summary>
internal static class CaseTies
{
    public static Decision Decide(Case state, CaseSignal signal, CaseActor actor)
    {
        if (!actor.May(Right.Operate))
        {
            return CaseRefusals.Lacks(Right.Operate);
        }

        return signal switch
        {
            MergeCase merge => Merge(state, merge),
            AbsorbCase absorb => Decision.Of(new CaseAbsorbed(absorb.From.Id, [.. absorb.From.Alarms.Except(state.Alarms)])),
            _ => Link(state, (LinkCase)signal),
        };
    }

    private static Decision Merge(Case state, MergeCase merge)
    {
        if (merge.Into is not { } into)
        {
            return CaseRefusals.NotFound;
        }

        if (!merge.MayOperate)
        {
            return CaseRefusals.Lacks(Right.Operate);
        }

        if (state.Final || into.Final)
        {
            return CaseRefusals.Closed;
        }

        if (into.Id == state.Id || into.Party != state.Party)
        {
            return CaseRefusals.MergeRefused;
        }

        if (!state.Supervisions.IsEmpty)
        {
            return CaseRefusals.AnswersOwed;
        }

        if (into.Exercise != state.Exercise)
        {
            return CaseRefusals.ExerciseApart;
        }

        return CaseDecider.TextFault(merge.Reason, required: true) ?? Decision.Of(new CaseMerged(into.Id, merge.Reason));
    }

    private static Decision Link(Case state, LinkCase link)
    {
        if (link.Other == state.Id)
        {
            return CaseRefusals.MergeRefused;
        }

        if (link is { Linked: true, Across: true })
        {
            return CaseRefusals.ExerciseApart;
        }

        if (state.Links.Count >= CaseLimits.Links && link.Linked)
        {
            return CaseRefusals.LinksFull;
        }

        if (CaseDecider.TextFault(link.Reason, required: false) is { } fault)
        {
            return fault;
        }

        return state.Links.Contains(link.Other) == link.Linked
            ? Decision.Nothing
            : Decision.Of(new CaseLinked(link.Other, link.Linked, string.IsNullOrWhiteSpace(link.Reason) ? null : link.Reason));
    }
}
