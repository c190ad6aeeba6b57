using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Server.Facts.Sharing;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Queries;

/// <summary>A query that is too large to be answered.</summary>
internal sealed class QueryLimitException(EpcisProblemType type, string message) : Exception(message)
{
    public EpcisProblemType Type => type;
}

/// <summary>Answers queries page by page, for what a caller sees.</summary>
internal sealed class FactSearch(FactStore store, EventAliases aliases)
{
    /// <summary>The events of a page.</summary>
    /// <param name="from">Where the page before ended; null for the first.</param>
    /// <param name="most">Most events of the page.</param>
    /// <exception cref="QueryLimitException">It is too large.</exception>
    public FactPage Find(EventQuery query, FactView view, FactCursor? from, int most)
    {
        var plan = QueryPlan.Of(query, view.MasterData);
        if (from is null && query.MaxEventCount is { } largest)
        {
            RefuseMoreThan(largest, plan, view);
        }

        var left = from?.Left ?? query.EventCountLimit ?? -1;
        most = left < 0 ? most : Math.Min(most, left);
        if (plan.Order == FactOrder.Extension)
        {
            return Sorted(plan, view, (int)(from?.Sequence ?? 0), most, left);
        }

        var run = new SearchRun(store, aliases, plan, view, most);
        var page = run.Run(from);
        var after = left < 0 ? -1 : left - page.Facts.Count;
        return after == 0 || page.Next is not { } next ? page with { Next = null } : page with { Next = next with { Left = after } };
    }

    private void RefuseMoreThan(int largest, QueryPlan plan, FactView view)
    {
        var count = 0;
        foreach (var page in Pages(plan, view))
        {
            using (page)
            {
                count += page.Facts.Count;
            }

            if (count > largest)
            {
                throw new QueryLimitException(EpcisProblemType.QueryTooLarge, $"More than {largest} events fit, which is what maxEventCount allows.");
            }
        }
    }

    // All pages, for what needs to know them all; so much of the store and no more.
    private IEnumerable<FactPage> Pages(QueryPlan plan, FactView view)
    {
        var (runs, at) = (0, (FactCursor?)null);
        do
        {
            var page = new SearchRun(store, aliases, plan, view, FactLimits.MostPerPage).Run(at);
            at = page.Next;
            yield return page;
            if (at is not null && page.Facts.Count < FactLimits.MostPerPage && ++runs == FactLimits.RunsOfRequest)
            {
                throw new QueryLimitException(EpcisProblemType.QueryTooComplex, "To answer this, too many events would have to be looked at; narrow it by eventTime or by what it names.");
            }
        }
        while (at is not null);
    }

    private FactPage Sorted(QueryPlan plan, FactView view, int told, int most, int left)
    {
        var all = new List<Fact>();
        foreach (var page in Pages(plan, view))
        {
            all.AddRange(page.Facts);
            if (all.Count > FactLimits.Sorted)
            {
                all.ForEach(fact => fact.Dispose());
                throw new QueryLimitException(EpcisProblemType.QueryTooLarge, $"More than {FactLimits.Sorted} events fit; only so many are put in order by an extension. Narrow the query, or order by eventTime or recordTime.");
            }
        }

        var ordered = all.Order(Comparer<Fact>.Create((left, right) => plan.Query.Compare(left.Event, right.Event))).ToList();
        var shown = ordered.Skip(told).Take(most).ToList();
        foreach (var fact in ordered.Except(shown))
        {
            fact.Dispose();
        }

        var after = left < 0 ? -1 : left - shown.Count;
        return new(shown, after == 0 || told + shown.Count >= ordered.Count ? null : new FactCursor(0, (ulong)(told + shown.Count), after));
    }
}
