using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.MasterData;
using Jingwei.Server.Facts.Sharing;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Facts;

/// <summary>Who may record and see whose facts. A fact is its party's, and in no region; others see what agreements show them.</summary>
internal sealed class FactRights(Parties parties, Users users, Tokens tokens, NameBook names, AgreementBook agreements, AgreementRights agreementRights, AgreementUses uses, EventAliases aliases, MasterDataBook masterData)
{
    /// <summary>Records facts of a party: whoever operates its things.</summary>
    public bool MayCapture(Caller caller, string party) => parties.Find(party) is not null && caller.May(Right.Operate, ScopeOf(party));

    /// <summary>Erases facts of a party: whoever configures it.</summary>
    public bool MayErase(Caller caller, string party) => caller.May(Right.Configure, ScopeOf(party));

    public bool MaySee(Caller caller, string party) => caller.May(Right.View, ScopeOf(party));

    /// <summary>The party that a caller speaks for where he names none: that of the user, or what a token was made for.</summary>
    public string HomeOf(Caller caller) => caller.Kind switch
    {
        CallerKind.User => users.Find(caller.Id)!.Party,
        CallerKind.Token => tokens.ById(caller.Id)?.Grant?.Party ?? Parties.Root,
        _ => Parties.Root,
    };

    /// <summary>What a caller sees; for one request, and one thread at a time.</summary>
    public FactView ViewOf(Caller caller)
    {
        var known = new Dictionary<uint, FactSight>();
        return new(
            Sight,
            new(() => [.. parties.All.Select(party => names.NumberOf(party.Id)).Where(number => Sight(number).SeesSome).Order()]),
            new(masterData, new(() => [.. parties.All.Where(party => masterData.Has(party.Id) && Sight(names.NumberOf(party.Id)).SeesAll).Select(party => party.Id)])));

        FactSight Sight(uint party) => known.TryGetValue(party, out var sight) ? sight
            : known[party] = names.TextOf(party) is { } id ? SightOf(caller, id) : FactSight.None;
    }

    /// <summary>The numbers of the parties of whose facts a caller sees all.</summary>
    public IEnumerable<uint> PartiesOf(Caller caller) => parties.All.Where(party => MaySee(caller, party.Id)).Select(party => names.NumberOf(party.Id));

    /// <summary>The agreements by which facts of a party count in a caller's statistics; null where they count without one.</summary>
    public IReadOnlyList<Agreement>? StatisticsOf(Caller caller, string party) =>
        MaySee(caller, party) ? null : [.. agreements.ShownBy(party).Where(each => each.Terms.Statistics && agreementRights.IsFor(caller, each))];

    /// <summary>Writes down what a caller saw by agreements, before he is told it.</summary>
    public void NoteUses(Caller caller, FactView view, AgreementUseKind kind) => NoteUses(caller, view.TakeUses(), kind);

    /// <param name="rows">How many facts each agreement showed, or had counted.</param>
    public void NoteUses(Caller caller, IReadOnlyCollection<KeyValuePair<string, int>> rows, AgreementUseKind kind) => uses.Note(caller.Actor, kind, rows);

    private FactSight SightOf(Caller caller, string party)
    {
        if (MaySee(caller, party))
        {
            return FactSight.All;
        }

        var shown = agreements.ShownBy(party).Where(each => each.Terms.ShowsEvents && agreementRights.IsFor(caller, each)).ToList();
        return shown.Count == 0 ? FactSight.None : new FactSight(shown, aliases);
    }

    private Scope ScopeOf(string party) => new(parties.PathOf(party), TreePath.Root(Regions.Root));
}

/// <summary>Which facts somebody sees, and how much of each; for one request.</summary>
/// <param name="sightOf">What he sees of a party's facts, by its number.</param>
/// <param name="parties">The numbers of the parties of whose facts he sees some, in their order.</param>
/// <param name="masterData">The master data that he sees: an agreement shows events, and none of them; names and positions of places alone are told by a trace.</param>
internal sealed class FactView(Func<uint, FactSight> sightOf, Lazy<IReadOnlyList<uint>> parties, SeenMasterData masterData)
{
    private readonly Dictionary<string, int> uses = new(StringComparer.Ordinal);

    public IReadOnlyList<uint> Parties => parties.Value;

    public SeenMasterData MasterData => masterData;

    public FactSight Of(uint party) => sightOf(party);

    /// <summary>The fact as he sees it; null, and disposed of, where he sees nothing of it. What takes its place has disposed of it.</summary>
    /// <param name="fact">Null for one that was erased since it was found.</param>
    public Fact? Show(Fact? fact) => fact is null ? null : Of(fact.Party).Show(fact);

    /// <summary>The fact where he sees all of it, noted as shown; null, and disposed of, where he sees a part or nothing.</summary>
    /// <param name="fact">Null for one that was erased since it was found.</param>
    public Fact? ShowWhole(Fact? fact)
    {
        if (Show(fact) is not { } shown)
        {
            return null;
        }

        if (shown.IsPart)
        {
            shown.Dispose();
            return null;
        }

        Used(shown);
        return shown;
    }

    /// <summary>Whether he sees all of a fact, which is noted as shown.</summary>
    /// <param name="fact">Disposed of; null for one that was erased since it was found.</param>
    public bool SeesWhole(Fact? fact)
    {
        using var shown = ShowWhole(fact);
        return shown is not null;
    }

    /// <summary>Notes that a fact was shown, by what agreements that was.</summary>
    public void Used(Fact fact)
    {
        foreach (var agreement in fact.ShownBy)
        {
            uses[agreement] = uses.GetValueOrDefault(agreement) + 1;
        }
    }

    /// <summary>How many facts each agreement showed since this was asked last.</summary>
    public IReadOnlyCollection<KeyValuePair<string, int>> TakeUses()
    {
        var taken = uses.ToArray();
        uses.Clear();
        return taken;
    }
}
