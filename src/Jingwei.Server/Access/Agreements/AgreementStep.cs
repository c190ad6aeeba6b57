namespace Jingwei.Server.Access.Agreements;

/// <summary>A step that one of the two sides takes.</summary>
/// <param name="Name">As the route has it.</param>
/// <param name="NeedsReason">Whether it disappoints somebody, and so says why.</param>
public sealed record AgreementStep(string Name, AgreementState From, AgreementState To, bool NeedsReason)
{
    public static readonly AgreementStep Accept = new("accept", AgreementState.Proposed, AgreementState.Accepted, NeedsReason: false);
    public static readonly AgreementStep Decline = new("decline", AgreementState.Proposed, AgreementState.Declined, NeedsReason: true);
    public static readonly AgreementStep Withdraw = new("withdraw", AgreementState.Proposed, AgreementState.Withdrawn, NeedsReason: false);
    public static readonly AgreementStep Revoke = new("revoke", AgreementState.Accepted, AgreementState.Revoked, NeedsReason: true);

    private static readonly AgreementStep[] All = [Accept, Decline, Withdraw, Revoke];

    /// <summary>The step of that name, or null.</summary>
    public static AgreementStep? Named(string name) => Array.Find(All, step => step.Name == name);
}
