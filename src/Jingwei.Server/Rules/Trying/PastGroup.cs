using Jingwei.Server.Telemetry.Queries;

namespace Jingwei.Server.Rules.Trying;

/// <summary>The pasts of a few things, read together: each query brings a piece of each of them, in the order of series.</summary>
/// <param name="counters">Of these things alone.</param>
internal sealed class PastGroup(IReadOnlyList<ThingPast> pasts, RuleCounters counters, ReadingQueries queries, TryLimits limits)
{
    /// <summary>Series of a query, and so things of a group.</summary>
    public const int MostSeries = 128;

    // Different stretches of time in a query: the engine compares each row with each of them.
    private const int MostStretches = 8;

    public IReadOnlyList<ThingPast> Pasts => pasts;

    public RuleCounters Counters => counters;

    /// <summary>Ends when all of it is done.</summary>
    public Task Done { get; private set; } = Task.CompletedTask;

    /// <summary>Begins.</summary>
    public PastGroup Start(long from, long to, CancellationToken cancellation)
    {
        Done = RunAsync(from, to, cancellation);
        return this;
    }

    private async Task RunAsync(long from, long to, CancellationToken cancellation)
    {
        await BeginAsync(from, to);
        var open = pasts.ToList();
        var columns = new ReadingColumns();
        List<Stretch> numbers = [];
        List<Stretch> texts = [];
        for (var width = open.Count; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            numbers.Clear();
            texts.Clear();
            var asking = Ask(open, width, numbers, texts);
            if (asking.Count == 0)
            {
                return;
            }

            var readTexts = await queries.RunsAsync(columns, numbers, texts, limits.Rows);
            var taken = 0;
            foreach (var past in asking)
            {
                taken += past.Take(columns, readTexts) ? 1 : 0;
                // Requests are answered in between.
                await Task.Yield();
            }

            // When nothing came whole, each asks for less, and fewer ask.
            width = taken == 0 ? Math.Max(1, asking.Count / 2) : open.Count;
        }
    }

    // Those that are at their end go from the list.
    private List<ThingPast> Ask(List<ThingPast> open, int width, List<Stretch> numbers, List<Stretch> texts)
    {
        List<ThingPast> asking = [];
        var left = (long)limits.Readings;
        while (asking.Count < Math.Min(width, open.Count) && left > limits.Readings / MostStretches
            && numbers.Concat(texts).Select(stretch => (stretch.From, stretch.To)).Distinct().Count() < MostStretches)
        {
            var past = open[asking.Count];
            if (past.Ask(numbers, texts, left) is > 0 and var count)
            {
                asking.Add(past);
                left -= count;
            }
            else
            {
                open.RemoveAt(asking.Count);
            }
        }

        return asking;
    }

    private async Task BeginAsync(long from, long to)
    {
        var runs = pasts.SelectMany(past => past.Runs).ToLookup(run => run.IsText, run => (long)run.Series.Number);
        var summed = pasts.Where(past => past.AllowsHours).SelectMany(past => past.Runs).Select(run => run.Series).ToList();
        var before = queries.BeforeAsync([.. runs[false]], [.. runs[true]], from);
        var sums = summed.Count == 0 ? null : await queries.HoursAsync(summed, from, to);
        var held = await before;
        foreach (var past in pasts)
        {
            past.Begin(held, past.AllowsHours ? sums : null, limits.Between);
        }
    }
}
