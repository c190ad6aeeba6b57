using Jingwei.Server.Access;

namespace Jingwei.Server.Cases;

/// <summary>Who has a case: passing it on, sending it back, letting another act for one.</summary>
internal static class CasePeople
{
    public static Decision Decide(Case state, CaseSignal signal, CaseActor actor)
    {
        if (!actor.May(Right.Operate))
        {
            return CaseRefusals.Lacks(Right.Operate);
        }

        if (state.Final)
        {
            return CaseRefusals.Closed;
        }

        // What is somebody's is taken from him by himself or by who may configure; what is nobody's by anybody on duty.
        if (state.Assignee is not null && !state.IsHeldBy(actor.Id) && !actor.May(Right.Configure))
        {
            return CaseRefusals.NotAssignee;
        }

        return signal switch
        {
            PassCase pass => Pass(state, pass),
            ReturnCase back => Return(state, back),
            _ => Delegate(state, (DelegateCase)signal),
        };
    }

    private static Decision Pass(Case state, PassCase pass)
    {
        if (pass.To is { MayOperate: false })
        {
            return CaseRefusals.AssigneeRefused;
        }

        if (CaseDecider.TextFault(pass.Reason, required: false) is { } fault)
        {
            return fault;
        }

        return pass.To?.Id == state.Assignee
            ? Decision.Nothing
            : Decision.Of(new CasePassed(pass.How, state.Assignee, pass.To?.Id, Said(pass.Reason)));
    }

    private static Decision Return(Case state, ReturnCase back)
    {
        if (state.Assignee is null)
        {
            return CaseRefusals.NobodysCase;
        }

        return CaseDecider.TextFault(back.Reason, required: true)
            ?? Decision.Of(new CasePassed(Passing.Returned, state.Assignee, state.Before.LastOrDefault(), back.Reason));
    }

    private static Decision Delegate(Case state, DelegateCase delegation)
    {
        if (state.Assignee is null)
        {
            return CaseRefusals.NobodysCase;
        }

        if (delegation.To is { MayOperate: false } || (delegation.To is { } to && to.Id == state.Assignee))
        {
            return CaseRefusals.AssigneeRefused;
        }

        if (CaseDecider.TextFault(delegation.Reason, required: false) is { } fault)
        {
            return fault;
        }

        return delegation.To?.Id == state.Delegate ? Decision.Nothing : Decision.Of(new CaseDelegated(delegation.To?.Id, Said(delegation.Reason)));
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
