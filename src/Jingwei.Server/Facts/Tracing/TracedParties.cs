using Jingwei.Identifiers.Epcis;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.Sharing;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Facts.Tracing;

/// <summary>Parties that a trace names: they have events of an object that the caller sees, and are the ones to ask.</summary>
internal sealed class TracedParties(FactStore store, FactRights rights, NameBook names) : IKnownParties
{
    public bool Names(Caller caller, string party, string? about)
    {
        if (about is not { Length: > 0 and <= FactLimits.NameBytes })
        {
            return false;
        }

        var name = CanonicalIdentifier.Of(about);
        var having = store.PartiesOf(FactKeys.NameFront(FactNameKind.Object, name));
        return having.Contains(names.NumberOf(party)) && Sees(rights.ViewOf(caller), name, having);
    }

    // An event that is shown and withholds the object says nothing of it: what is asked here must not find out what stands in it.
    private bool Sees(FactView view, string name, List<uint> having)
    {
        var (seen, front) = (false, FactKeys.NameFront(FactNameKind.Object, name));
        foreach (var party in having.Where(party => view.Of(party).SeesSome))
        {
            store.WalkName(front, party, long.MinValue, (_, sequence, _) =>
            {
                using var fact = view.Show(store.Find(sequence));
                seen = fact is not null && ShownEvent.NamesOf(fact.Event).Contains(name);
                return !seen;
            });
            if (seen)
            {
                break;
            }
        }

        return seen;
    }
}
