using Jingwei.Server.Directory;

namespace Jingwei.Server.Indicators;

/// <summary>
/// What the passing of time does to windows: opens those that it has reached, asks for the last evaluation of those that it has
/// left, and lets open durations grow.
/// </summary>
/// <param name="resumeFrom">Microseconds UTC up to which windows were computed before the server was away; null: nothing to resume.</param>
internal sealed class PassingWindows(SheetBook book, Func<IEnumerable<Thing>> things, long? resumeFrom)
{
    /// <summary>Most windows of a thing that are made up for after an absence: a month of shifts.</summary>
    public const int MostResumed = 93;

    private const long GrowEvery = 10_000_000;

    private readonly Dictionary<(string Thing, Cutting Cutting), WindowSpan> open = [];
    private readonly PriorityQueue<(WindowSpan Window, string Thing), long> closing = new();
    private long? resume = resumeFrom;
    private long? lastGrown;

    /// <summary>True when everything that is open was asked to be evaluated, which happens every ten seconds.</summary>
    public bool Pass(long now)
    {
        var grow = lastGrown is null || now - lastGrown >= GrowEvery;
        lastGrown = grow ? now : lastGrown;
        foreach (var thing in things())
        {
            foreach (var cutting in book.Plan.CuttingsFor(thing.Type))
            {
                Pass(thing, cutting, now, grow);
            }
        }

        while (closing.TryPeek(out var closed, out var due) && due <= now)
        {
            closing.Dequeue();
            book.Ask(closed.Window, closed.Thing);
        }

        resume = null;
        return grow;
    }

    private void Pass(Thing thing, Cutting cutting, long now, bool grow)
    {
        var window = book.Cutter.WindowAt(cutting, thing, now);
        var known = open.TryGetValue((thing.Id, cutting), out var before);
        if (known && before != window)
        {
            Close(before, thing);
            open.Remove((thing.Id, cutting));
        }

        if (!known && resume is { } since)
        {
            Resume(thing, cutting, since, now);
        }

        if (window is { } here && (before != here || grow))
        {
            open[(thing.Id, cutting)] = here;
            foreach (var below in here.IsLong ? [] : book.Tree.Subtree(thing).Where(each => book.Counts(each, here)))
            {
                book.Begin(here, before, below, now);
            }

            book.Ask(here, thing.Id);
        }
    }

    private void Resume(Thing thing, Cutting cutting, long since, long now)
    {
        var missed = book.Cutter.Windows(cutting, thing, since, now).TakeWhile(each => each.To <= now);
        foreach (var window in missed.TakeLast(MostResumed))
        {
            Close(window, thing);
        }
    }

    private void Close(WindowSpan window, Thing thing) => closing.Enqueue((window, thing.Id), window.To + LiveIndicators.Grace);
}
