using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>What those above want of who has a case: a question, an urging, an instruction; open until it is answered.</summary>
internal static class CaseSupervision
{
    public static Decision Decide(Case state, CaseSignal signal, CaseActor actor, DateTimeOffset now) => signal switch
    {
        SuperviseCase supervise => Supervise(state, supervise, actor, now),
        _ => Answer(state, (AnswerSupervision)signal, actor),
    };

    /// <summary>Why a case may not be closed yet; null when nobody waits for an answer.</summary>
    public static Refusal? Forbids(CaseType type, CaseTransition transition, Case state) =>
        state.Supervisions.IsEmpty || !type.State(transition.To).Final ? null : CaseRefusals.AnswersOwed;

    /// <summary>Why the actor may not answer; null when he may: who has the case, or, while nobody has it, whoever may work on it.</summary>
    public static Refusal? Forbids(Case state, CaseActor actor) => !actor.May(Right.Operate) ? CaseRefusals.Lacks(Right.Operate)
        : state.Assignee is not null && !state.IsHeldBy(actor.Id) ? CaseRefusals.NotAssignee
        : null;

    private static Decision Supervise(Case state, SuperviseCase supervise, CaseActor actor, DateTimeOffset now)
    {
        if (!actor.May(Right.Configure) || supervise.From is not { } from)
        {
            return CaseRefusals.Lacks(Right.Configure);
        }

        if (!actor.Person)
        {
            return CaseRefusals.NotSupervisor;
        }

        if (state.Final)
        {
            return CaseRefusals.Closed;
        }

        if (supervise.AnswerWithin is { } within && (within <= TimeSpan.Zero || within > CaseLimits.AnswerWithin))
        {
            return CaseRefusals.AnswerWithinInvalid;
        }

        if (state.Supervisions.Length >= CaseLimits.Supervisions)
        {
            return CaseRefusals.SupervisionsFull;
        }

        return CaseDecider.TextFault(supervise.Text, required: true)
            ?? Decision.Of(new CaseSupervised(supervise.Kind, supervise.Text, from, from != state.Region, now + supervise.AnswerWithin));
    }

    private static Decision Answer(Case state, AnswerSupervision answer, CaseActor actor)
    {
        if (Forbids(state, actor) is { } refusal)
        {
            return refusal;
        }

        if (!state.Supervisions.Any(each => each.Seq == answer.Seq))
        {
            return CaseRefusals.SupervisionUnknown;
        }

        return CaseDecider.TextFault(answer.Text, required: true) ?? Decision.Of(new CaseSupervisionAnswered(answer.Seq, answer.Text));
    }
}
