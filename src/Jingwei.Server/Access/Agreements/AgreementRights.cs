namespace Jingwei.Server.Access.Agreements;

/// <summary>Who sees, makes and ends agreements. They are their parties', and in no region.</summary>
public sealed class AgreementRights(Parties parties)
{
    /// <summary>Whether an agreement exists for a caller: he belongs to one of its sides.</summary>
    public bool MaySee(Caller caller, Agreement agreement) => May(caller, Right.View, agreement.From) || May(caller, Right.View, agreement.To);

    /// <summary>Whether he speaks for a party that may have agreements: it binds the party.</summary>
    public bool MayBind(Caller caller, string party) => May(caller, Right.Administer, party);

    /// <summary>Whether he may ask for a party: that binds nobody.</summary>
    public bool MayAsk(Caller caller, string party) => May(caller, Right.Operate, party);

    /// <summary>The side of an agreement for which a caller takes a step; null where he may not.</summary>
    public string? SideOf(Caller caller, Agreement agreement, AgreementStep step)
    {
        if (step == AgreementStep.Revoke)
        {
            return MayBind(caller, agreement.From) ? agreement.From : MayBind(caller, agreement.To) ? agreement.To : null;
        }

        if (step == AgreementStep.Withdraw)
        {
            var may = agreement.IsRequest ? MayAsk(caller, agreement.To) : MayBind(caller, agreement.From);
            return may ? agreement.ProposedBy : null;
        }

        return MayBind(caller, agreement.Other) ? agreement.Other : null;
    }

    /// <summary>Whether an agreement is for a caller: what is shown to a party is shown to whoever may see what it has.</summary>
    public bool IsFor(Caller caller, Agreement agreement) => May(caller, Right.View, agreement.To);

    private bool May(Caller caller, Right right, string party) => caller.May(right, new(parties.PathOf(party), TreePath.Root(Regions.Root)));
}
