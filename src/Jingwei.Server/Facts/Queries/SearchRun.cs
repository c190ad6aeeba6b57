using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Server.Facts.Sharing;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Queries;

/// <summary>The looking for one page.</summary>
internal sealed class SearchRun(FactStore store, EventAliases aliases, QueryPlan plan, FactView view, int most)
{
    private readonly List<Fact> found = [];
    private int heads;
    private int events;
    private long bytes;
    private FactCursor? stopped;

    /// <exception cref="QueryLimitException">The names of the query are those of too many events.</exception>
    public FactPage Run(FactCursor? from)
    {
        try
        {
            Walk(from);
        }
        catch
        {
            new FactPage(found, null).Dispose();
            throw;
        }

        return new(found, stopped);
    }

    private void Walk(FactCursor? from)
    {
        if (plan.Ids is not null || plan.Names is not null)
        {
            WalkCandidates(from);
        }
        else if (plan.Order == FactOrder.RecordTime)
        {
            WalkRecorded(from);
        }
        else
        {
            WalkTimes(from);
        }
    }

    private void WalkTimes(FactCursor? from)
    {
        var start = from is { } cursor ? (cursor.Time, cursor.Sequence) : plan.Ascending ? (plan.From, 0UL) : (plan.Until, ulong.MaxValue);
        store.WalkTimes(view.Parties, start, plan.Ascending, (time, sequence, head) =>
        {
            if (from is { } told && told.Time == time && told.Sequence == sequence)
            {
                return true;
            }

            if (plan.Ascending ? time > plan.Until : time < plan.From)
            {
                return false;
            }

            return plan.Heads.Fits(head) ? Look(time, sequence) : Went(time, sequence);
        });
    }

    private void WalkRecorded(FactCursor? from)
    {
        if (store.Newest == 0)
        {
            return;
        }

        var start = from?.Sequence ?? (plan.Ascending ? store.FirstSince(plan.RecordedFrom) : LastBefore(plan.RecordedUntil));
        store.WalkRecorded(view.Parties, start, plan.Ascending, sequence =>
        {
            if (sequence == from?.Sequence)
            {
                return true;
            }

            if (store.Find(sequence) is not { } fact)
            {
                return true;
            }

            var recorded = FactTime.Of(fact.Event.RecordTime!.Value);
            if (plan.Ascending ? recorded > plan.RecordedUntil : recorded < plan.RecordedFrom)
            {
                fact.Dispose();
                return false;
            }

            return Take(0, sequence, fact);
        });
    }

    // What is less than a microsecond later is looked at.
    private ulong LastBefore(long recordTime) => recordTime == long.MaxValue ? store.Newest : store.FirstSince(recordTime + 1) - 1;

    private void WalkCandidates(FactCursor? from)
    {
        var isByTime = plan.Order != FactOrder.RecordTime;
        var candidates = Candidates().Select(each => (Time: isByTime ? each.Time : 0, each.Sequence)).Distinct();
        var ordered = plan.Ascending ? candidates.Order().ToList() : [.. candidates.OrderDescending()];
        foreach (var (time, sequence) in ordered)
        {
            var order = from is { } told ? (time, sequence).CompareTo((told.Time, told.Sequence)) : 0;
            if (from is not null && (plan.Ascending ? order <= 0 : order >= 0))
            {
                continue;
            }

            if (!Look(time, sequence))
            {
                return;
            }
        }
    }

    private List<(long Time, ulong Sequence)> Candidates()
    {
        var candidates = new List<(long, ulong)>();
        if (plan.Ids is not null)
        {
            foreach (var each in plan.Ids.SelectMany(id => aliases.Find(store, id)).Where(each => view.Of(each.Party).SeesSome))
            {
                using var fact = store.Find(each.Sequence);
                if (fact is not null)
                {
                    candidates.Add((FactTime.Of(fact.Event.EventTime), each.Sequence));
                }
            }

            return candidates;
        }

        foreach (var front in plan.Names!)
        {
            foreach (var party in store.PartiesOf(front).Where(party => view.Of(party).SeesSome))
            {
                store.WalkName(front, party, plan.From, (time, sequence, _) =>
                {
                    candidates.Add((time, sequence));
                    return time <= plan.Until && candidates.Count <= FactLimits.Candidates;
                });
            }

            if (candidates.Count > FactLimits.Candidates)
            {
                throw new QueryLimitException(EpcisProblemType.QueryTooComplex, $"What the query names is in more than {FactLimits.Candidates} events; narrow it by eventTime.");
            }
        }

        return candidates;
    }

    // Reads the event; false where the page ends here.
    private bool Look(long time, ulong sequence) => Take(time, sequence, store.Find(sequence));

    private bool Take(long time, ulong sequence, Fact? read)
    {
        events++;
        if (view.Show(read) is not { } fact)
        {
            return Went(time, sequence);
        }

        // What is not shown is not asked either.
        if (plan.Query.Matches(fact.Event, view.MasterData.Lookup))
        {
            if (found.Count == most)
            {
                // One more than the page holds: there is a next page, and it begins behind the last one told.
                fact.Dispose();
                var last = found.Count == 0 ? default : found[^1];
                stopped = last is null ? null : new FactCursor(plan.Order == FactOrder.RecordTime ? 0 : FactTime.Of(last.Event.EventTime), last.Sequence, -1);
                return false;
            }

            found.Add(fact);
            bytes += fact.Bytes;
            if (bytes >= FactLimits.PageBytes)
            {
                stopped = new FactCursor(time, sequence, -1);
                return false;
            }
        }
        else
        {
            fact.Dispose();
        }

        return Went(time, sequence);
    }

    // Notes that one was looked at; false where a request has looked at enough.
    private bool Went(long time, ulong sequence)
    {
        if (++heads < FactLimits.HeadsOfRequest && events < FactLimits.EventsOfRequest)
        {
            return true;
        }

        stopped = new FactCursor(time, sequence, -1);
        return false;
    }
}
