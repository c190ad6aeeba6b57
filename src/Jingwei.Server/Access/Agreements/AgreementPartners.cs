namespace Jingwei.Server.Access.Agreements;

/// <summary>Which parties agreements can be made with. A party is known to others only where something public names it.</summary>
public sealed class AgreementPartners(Parties parties, IEnumerable<IKnownParties> known)
{
    /// <summary>Whether a party exists for a caller who wants an agreement.</summary>
    /// <param name="about">The object that he wants it about; null for none.</param>
    public bool Knows(Caller caller, string party, string? about) =>
        party != Parties.Root && parties.Find(party) is not null && (PlaceEndpoints.Sees(caller, party, parties) || known.Any(each => each.Names(caller, party, about)));

    /// <summary>Whether a party stands above another, and so sees what it has.</summary>
    public bool SeesAnyhow(string party, string other) => parties.PathOf(other).Covers(party);
}

/// <summary>Something by which a party is known to others: that it holds a prefix, or has events of what they trace.</summary>
public interface IKnownParties
{
    /// <param name="about">The object that is traced; null for none.</param>
    public bool Names(Caller caller, string party, string? about);
}
