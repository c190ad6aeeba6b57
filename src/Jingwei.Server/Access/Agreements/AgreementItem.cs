using System.Collections.Immutable;

namespace Jingwei.Server.Access.Agreements;

/// <summary>A party by name.</summary>
public sealed record PartyName(string Id, string Name);

/// <summary>An agreement as the API shows it.</summary>
/// <param name="History">Only where one agreement was asked for.</param>
#pragma warning disable CA1720 // An object of a trace, as EPCIS has it.
public sealed record AgreementItem(
    string Id, PartyName From, PartyName To, ImmutableArray<string> Products, ImmutableArray<string> EventTypes, ImmutableArray<string> Fields,
    ImmutableArray<string> Values, bool Statistics, string Purpose, DateTimeOffset Until, string? Object, AgreementState State, string ProposedBy, string? Reason,
    DateTimeOffset Created, DateTimeOffset Changed, long Version, string? Case, bool MayAnswer, bool MayWithdraw, bool MayRevoke,
    IReadOnlyList<AgreementChangeItem>? History);

/// <summary>A step of an agreement's history as the API shows it.</summary>
/// <param name="Actor">The name of who took it.</param>
/// <param name="Step">`propose`, or as the route of the step has it.</param>
public sealed record AgreementChangeItem(DateTimeOffset At, string Actor, PartyName? Party, string Step, string? Reason);

/// <summary>Makes what the API shows.</summary>
public sealed class AgreementItems(AgreementBook book, AgreementRights rights, AgreementCaseLinks cases, Parties parties, Actors actors, TimeProvider clock)
{
    public AgreementItem Of(Caller caller, Agreement agreement, bool withHistory = false)
    {
        var (state, terms) = (agreement.StateAt(clock.GetUtcNow()), agreement.Terms);
        return new(
            agreement.Id, NameOf(agreement.From), NameOf(agreement.To), terms.Products, terms.EventTypes, terms.Fields, terms.Values, terms.Statistics, terms.Purpose, terms.Until,
            agreement.Object, state, agreement.ProposedBy, agreement.Reason, agreement.Created, agreement.Changed, agreement.Version,
            rights.MayAsk(caller, agreement.From) ? cases.CaseOf(agreement.Id) : null,
            May(AgreementStep.Accept), May(AgreementStep.Withdraw), May(AgreementStep.Revoke),
            withHistory ? [.. book.History(agreement.Id).Select(Of)] : null);

        bool May(AgreementStep step) => step.From == state && rights.SideOf(caller, agreement, step) is not null;
    }

    public PartyName NameOf(string party) => new(party, parties.Find(party)?.Name ?? party);

    private AgreementChangeItem Of(AgreementChange change) => new(
        change.At, actors.NameOf(change.By), change.Party is { } party ? NameOf(party) : null, StepOf(change.State), change.Reason);

    private static string StepOf(AgreementState state) => state switch
    {
        AgreementState.Accepted => AgreementStep.Accept.Name,
        AgreementState.Declined => AgreementStep.Decline.Name,
        AgreementState.Withdrawn => AgreementStep.Withdraw.Name,
        AgreementState.Revoked => AgreementStep.Revoke.Name,
        _ => "propose",
    };
}
