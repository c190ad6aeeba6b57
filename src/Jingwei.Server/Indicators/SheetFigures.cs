using System.Collections.Immutable;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Indicators;

/// <summary>Makes figures of what the sheets hold, as far as nothing that they need is still to be counted.</summary>
/// <param name="book">Its owner's lock is held.</param>
internal sealed class SheetFigures(SheetBook book, OwnDefinitions definitions)
{
    public OwnDefinitions Definitions => definitions;

    /// <summary>
    /// Evaluates the changed things and all that they are part of, where these have indicators over that very window. What stands
    /// above sheets that are still stale stays asked for.
    /// </summary>
    public IEnumerable<IndicatorValue> Evaluate(WindowSpan window, Dictionary<string, RevisionCause?> changed, long now, bool over, DateTimeOffset at)
    {
        var evaluation = new IndicatorEvaluation(book.Plan, book.Tree, window, (thing, kind) => Counted(window, thing, kind, now));
        return Concerned(window, changed)
            .Where(each => IsReady(each.Thing, window, each.Cause, now))
            .SelectMany(each => book.Plan.For(each.Thing.Type)
                .Where(planned => planned.Indicator.Window == window.Kind)
                .Select(planned => (Planned: planned, each.Thing, each.Cause, Outcome: evaluation.Of(planned.Indicator.Id, each.Thing))))
            .Where(each => each.Outcome is not null)
            .Select(each => new IndicatorValue(each.Planned.Indicator.Id, each.Thing.Id, window, each.Outcome!, at, over, CorrectedAt: null, Version: 1)
            {
                Cause = each.Cause,
                Definition = definitions.Of(each.Planned, each.Thing, window).Digest,
            });
    }

    /// <summary>Keeps what was counted of a window that is over, so that it need not be counted from readings again.</summary>
    public void Keep(WindowSpan window, IEnumerable<string> changed)
    {
        foreach (var thing in changed.Select(book.Tree.Find).OfType<Thing>().SelectMany(book.Tree.Subtree).DistinctBy(thing => thing.Id))
        {
            var kinds = book.Plan.TalliesFor(thing.Type, window.Kind);
            if (!kinds.IsEmpty && book.Find(window, thing.Id)?.Tallies is { } tallies)
            {
                book.Kept.Keep(new WindowCount(
                    thing.Id, window.Kind, window.From, kinds.ToDictionary(kind => kind.Key, kind => tallies.At(kind, window.To), StringComparer.Ordinal)));
            }
        }
    }

    /// <summary>Hands a day on to the weeks and months that it is part of.</summary>
    public void HandOn(WindowSpan day, Dictionary<string, RevisionCause?> changed, long now)
    {
        foreach (var (id, cause) in changed)
        {
            foreach (var window in book.Cutter.LongWindowsOf(id, day))
            {
                foreach (var thing in day.To <= now && book.Tree.Find(id) is { } found ? book.Tree.Subtree(found) : [])
                {
                    book.Kept.ForgetSums(window, thing.Id);
                }

                book.Ask(window, id, cause);
            }
        }
    }

    private List<(Thing Thing, RevisionCause? Cause)> Concerned(WindowSpan window, Dictionary<string, RevisionCause?> changed) => changed
        .Select(each => (Thing: book.Tree.Find(each.Key), Cause: each.Value))
        .Where(each => each.Thing is not null)
        .SelectMany(each => book.Tree.Upwards(each.Thing!).Select(above => (Thing: above, each.Cause)))
        .GroupBy(each => each.Thing.Id, StringComparer.Ordinal)
        .Select(each => (each.First().Thing, each.Select(one => one.Cause).Aggregate(RevisionCause.Join)))
        .Where(each => book.Cutter.Has(each.Thing, window))
        .ToList();

    private Contribution Counted(WindowSpan window, Thing thing, TallyKind kind, long now)
    {
        if (!window.IsLong)
        {
            return CountOf(window, thing, kind, now);
        }

        var kinds = book.Plan.TalliesOfDays(thing.Type);
        var at = kinds.IndexOf(kind);
        if (at < 0)
        {
            return default;
        }

        var (all, over) = book.Cutter.DaysOf(window, thing, now);
        var sum = SumsOver(window, thing, kinds, all.AsSpan()[..over])[at];
        return over < all.Length && all[over].From < now ? sum.Plus(CountOf(all[over], thing, kind, now)) : sum;
    }

    private Contribution CountOf(WindowSpan window, Thing thing, TallyKind kind, long now) =>
        book.Find(window, thing.Id) is { } sheet ? sheet.Tallies?.At(kind, window.EndAt(now)) ?? default
        : window.To <= now && book.Kept.Find(thing.Id, window.Kind, window.From) is { } kept ? kept.Counts.GetValueOrDefault(kind.Key)
        : default;

    private Contribution[] SumsOver(WindowSpan window, Thing thing, ImmutableArray<TallyKind> kinds, ReadOnlySpan<WindowSpan> over)
    {
        var upto = over.IsEmpty ? window.From : over[^1].To;
        if (book.Kept.SumsOf(window, thing.Id, upto) is { } known)
        {
            return known;
        }

        var sums = new Contribution[kinds.Length];
        foreach (var day in over)
        {
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] = sums[i].Plus(CountOf(day, thing, kinds[i], day.To));
            }
        }

        book.Kept.KeepSums(window, thing.Id, upto, sums);
        return sums;
    }

    private bool IsReady(Thing thing, WindowSpan window, RevisionCause? cause, long now)
    {
        var ready = true;
        foreach (var below in book.Tree.Subtree(thing).Where(each => book.Counts(each, window)))
        {
            ready &= window.IsLong ? HasDays(window, below, now) : IsCounted(window, below, now);
        }

        if (!ready)
        {
            book.Ask(window, thing.Id, cause);
        }

        return ready;
    }

    private bool HasDays(WindowSpan window, Thing thing, long now)
    {
        var (all, over) = book.Cutter.DaysOf(window, thing, now);
        var ready = over == all.Length || all[over].From >= now || IsCounted(all[over], thing, now);
        if (over > 0 && book.Kept.SumsOf(window, thing.Id, all[over - 1].To) is null)
        {
            foreach (var day in all[..over])
            {
                ready &= IsCounted(day, thing, now);
            }
        }

        return ready;
    }

    // A window that nobody counted is counted now: it was before the pack, or before a change of it.
    private bool IsCounted(WindowSpan window, Thing thing, long now)
    {
        if (book.Find(window, thing.Id) is { } sheet)
        {
            return sheet.Tallies is not null;
        }

        var isKept = window.To <= now && book.Kept.Find(thing.Id, window.Kind, window.From) is { } kept
            && book.Plan.TalliesFor(thing.Type, window.Kind).All(kind => kept.Counts.ContainsKey(kind.Key));
        return isKept || book.Open(window, thing, now).Tallies is not null;
    }
}
