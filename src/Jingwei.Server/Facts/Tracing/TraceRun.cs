using Jingwei.Identifiers.Epcis;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Tracing;

/// <summary>
/// One trace: objects are visited nearest first, each with the span of time in which what was asked for can have been in it, so that a crate which
/// is used again does not tie its contents together.
/// </summary>
internal sealed class TraceRun(FactStore store, FactView view, Func<uint, TraceParty> partyOf, TraceDirection direction, int most)
{
    // An object is visited again when it is reached for a longer time; so often on the average, and the trace is cut.
    private const int VisitsOfObject = 8;

    private readonly Dictionary<string, Visit> visits = new(StringComparer.Ordinal);
    private readonly Queue<string> waiting = new();
    private readonly Dictionary<ulong, Seen?> events = [];
    private readonly Dictionary<(string, string, string), TraceLink> links = [];
    private bool isCut;

    private bool IsForward => direction == TraceDirection.Forward;

    /// <summary>The trace of an object; null where the caller sees no event of it.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public Trace? Run(string id, CancellationToken cancellation)
    {
        var root = CanonicalIdentifier.Of(id);
        Reach(root, 0, long.MinValue, long.MaxValue);
        for (var turns = 0; waiting.TryDequeue(out var name); turns++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (turns == most * VisitsOfObject || events.Count > FactLimits.EventsOfTrace)
            {
                isCut = true;
                break;
            }

            Visit(name, visits[name]);
        }

        return visits[root].Events == 0 ? null : new(
            root, direction, [.. visits.Select(pair => pair.Value.ToNode(pair.Key))], [.. links.Values], [.. events.Values.OfType<Seen>().Select(each => each.Told).OrderBy(each => each.At)], isCut);
    }

    private void Reach(string name, int depth, long from, long until)
    {
        if (!visits.TryGetValue(name, out var visit))
        {
            if (visits.Count == most)
            {
                isCut = true;
                return;
            }

            visits[name] = new(depth, from, until);
            waiting.Enqueue(name);
        }
        else if (visit.Widen(from, until))
        {
            waiting.Enqueue(name);
        }
    }

    private void Visit(string name, Visit visit)
    {
        visit.Begin();
        var found = EventsOf(name, visit);
        foreach (var (seen, roles) in found)
        {
            visit.Saw(seen);
            Follow(name, visit, seen, roles, found);
        }
    }

    // In the order of time.
    private List<Entry> EventsOf(string name, Visit visit)
    {
        var (found, hidden) = (new List<(long Time, ulong Sequence, FactRoles Roles, uint Party)>(), new SortedSet<uint>());
        var front = FactKeys.NameFront(FactNameKind.Object, name);
        foreach (var party in store.PartiesOf(front))
        {
            if (!view.Of(party).SeesSome)
            {
                hidden.Add(party);
                continue;
            }

            store.WalkName(front, party, long.MinValue, (time, sequence, roles) =>
            {
                found.Add((time, sequence, roles, party));
                return found.Count < FactLimits.EventsOfTraced;
            });
        }

        isCut |= found.Count >= FactLimits.EventsOfTraced;
        var entries = new List<Entry>(found.Count);
        foreach (var (_, sequence, roles, party) in found.OrderBy(each => (each.Time, each.Sequence)))
        {
            var seen = Read(sequence, party) is { } read && read.Names(name) ? read : null;
            if (seen?.Withholds != false)
            {
                hidden.Add(party);
            }

            if (seen is not null)
            {
                entries.Add(new(seen, roles));
            }
        }

        visit.Hidden = [.. hidden.Select(partyOf)];
        return entries;
    }

    private void Follow(string name, Visit visit, Seen seen, FactRoles roles, List<Entry> ofName)
    {
        if (seen.At > visit.Until)
        {
            return;
        }

        if (seen.Type == EpcisEventType.TransformationEvent && roles.HasFlag(IsForward ? FactRoles.Input : FactRoles.Output) && (!IsForward || seen.At >= visit.From))
        {
            foreach (var part in PartsOf(seen))
            {
                foreach (var other in IsForward ? part.Outputs : part.Inputs)
                {
                    Link(name, other, TraceLinkKind.Transformation, part, null, visit);
                }
            }
        }
        else if (seen.Type is EpcisEventType.AggregationEvent or EpcisEventType.AssociationEvent && seen.Action != EpcisAction.Delete)
        {
            FollowContents(name, visit, seen, roles, ofName);
        }

        if (roles.HasFlag(FactRoles.Lot) && IsForward)
        {
            foreach (var member in seen.Members(name))
            {
                Link(name, new(member, null, null), TraceLinkKind.Lot, seen, null, visit);
            }
        }
        else if (!IsForward && seen.LotOf(name) is { } lot)
        {
            Link(name, new(lot, null, null), TraceLinkKind.Lot, seen, null, visit);
        }
    }

    private void FollowContents(string name, Visit visit, Seen seen, FactRoles roles, List<Entry> ofName)
    {
        if (seen.Parent is not { } parent)
        {
            return;
        }

        var kind = seen.Type == EpcisEventType.AssociationEvent ? TraceLinkKind.Association : TraceLinkKind.Aggregation;
        if (IsForward && roles.HasFlag(FactRoles.Child))
        {
            var outAgain = OutAgain(ofName, seen, each => each.Parent == parent);
            if ((outAgain ?? long.MaxValue) >= visit.From)
            {
                Link(name, new(parent, null, null), kind, seen, outAgain, visit);
            }
        }
        else if (!IsForward && roles.HasFlag(FactRoles.Parent))
        {
            foreach (var child in seen.Children)
            {
                var outAgain = OutAgain(ofName, seen, each => each.Children.Count == 0 || each.Children.Any(other => other.Id == child.Id));
                if ((outAgain ?? long.MaxValue) >= visit.From)
                {
                    Link(name, child, kind, seen, outAgain, visit);
                }
            }
        }
    }

    // When what was put in came out: the first event behind it that says so.
    private static long? OutAgain(List<Entry> ofName, Seen seen, Func<Seen, bool> fits)
    {
        foreach (var (each, _) in ofName)
        {
            if (each.At > seen.At && each.Action == EpcisAction.Delete && each.Type == seen.Type && fits(each))
            {
                return each.At;
            }
        }

        return null;
    }

    private void Link(string name, TracedObject other, TraceLinkKind kind, Seen by, long? until, Visit visit)
    {
        if (other.Id == name)
        {
            return;
        }

        var (from, to) = IsForward ? (name, other.Id) : (other.Id, name);
        links.TryAdd((from, to, by.Told.Id), new(from, to, kind, by.Told.Id, by.Told.At, until is { } end ? FactTime.ToTime(end) : null, other.Quantity, other.Uom));
        if (IsForward)
        {
            // What is in a box is on its pallet for as long as it is in the box.
            var isInside = kind is TraceLinkKind.Aggregation or TraceLinkKind.Association;
            Reach(other.Id, visit.Depth + 1, Math.Max(by.At, kind == TraceLinkKind.Lot ? long.MinValue : visit.From), isInside ? Math.Min(until ?? long.MaxValue, visit.Until) : long.MaxValue);
        }
        else
        {
            // What went in before it was made; of contents, what was in them while they were inside.
            Reach(other.Id, visit.Depth + 1, kind is TraceLinkKind.Transformation or TraceLinkKind.Lot ? long.MinValue : Math.Max(by.At, visit.From), kind == TraceLinkKind.Transformation ? by.At : Math.Min(until ?? long.MaxValue, visit.Until));
        }
    }

    // The events that tell one transformation together (EPCIS 2.0, 7.4.6).
    private IEnumerable<Seen> PartsOf(Seen seen)
    {
        if (seen.Transformation is not { } transformation)
        {
            return [seen];
        }

        var parts = new List<(ulong Sequence, uint Party)>();
        var front = FactKeys.NameFront(FactNameKind.Transformation, transformation);
        foreach (var party in store.PartiesOf(front).Where(party => view.Of(party).SeesSome))
        {
            store.WalkName(front, party, long.MinValue, (_, sequence, _) =>
            {
                parts.Add((sequence, party));
                return parts.Count < FactLimits.EventsOfTraced;
            });
        }

        return parts.Select(part => Read(part.Sequence, part.Party)).OfType<Seen>().Where(part => part.Transformation == transformation);
    }

    // Null where it is not shown.
    private Seen? Read(ulong sequence, uint party)
    {
        if (!events.TryGetValue(sequence, out var seen))
        {
            using var fact = view.Show(store.Find(sequence));
            seen = events[sequence] = fact is null ? null : new(fact, partyOf(party));
            if (fact is not null)
            {
                view.Used(fact);
            }
        }

        return seen;
    }

    // That an event names an object.
    private readonly record struct Entry(Seen Event, FactRoles Roles);
}
