using System.Diagnostics;
using Jingwei.Server;
using Jingwei.Server.Directory;
using Jingwei.Server.Indicators;
using Jingwei.Server.Packs;
using Jingwei.Server.Telemetry;

namespace Jingwei.Bench.Indicators;

/// <summary>
/// Figures of a month that were kept up to date reading by reading, while readings came late and were corrected, beside the same figures
/// computed at the end from all readings at once. They are to be the same to the last bit.
/// </summary>
internal static class ExactMonth
{
    private const long Step = 2 * Instant.PerHour;

    private static readonly DateTimeOffset First = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>True when nothing differs.</summary>
    public static async Task<bool> RunAsync(int machines, int days, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("jingwei-bench-");
        var path = Path.Combine(folder.FullName, "jingwei.db");
        var (plant, kept, time) = (new Plant(machines, seed), new Kept(), new SteppedTime(First));
        var tree = ThingTree.Of(plant.Things);
        using (var database = new Database(path))
        {
            var history = new IndicatorHistory(database);
            var live = new LiveIndicators(new PackCatalog(plant.Packs), tree, () => plant.Things, _ => TimeZoneInfo.Utc, kept.ReadAsync, history, time);
            var watch = Stopwatch.StartNew();
            await FollowAsync(plant, kept, live, time, days);
            Console.WriteLine(FormattableString.Invariant(
                $"{machines} machines, {days} days, {kept.Count} readings, {kept.Corrections} of them corrections: kept up to date in {watch.Elapsed.TotalSeconds:f1} s ({kept.Count / watch.Elapsed.TotalSeconds:f0} readings/s)"));
            watch.Restart();
            var (compared, differ, revised) = Compare(plant, kept, history, tree, days);
            Console.WriteLine(FormattableString.Invariant(
                $"computed anew from all readings in {watch.Elapsed.TotalSeconds:f1} s: {compared} figures compared, {revised} of them corrected after they stood, {differ} differ"));
            Console.WriteLine(FormattableString.Invariant($"the database came to {new FileInfo(path).Length / 1048576} MiB"));
            folder.Delete(recursive: true);
            return compared > 0 && differ == 0;
        }
    }

    // Two hours at a time; what arrives later waits for its time.
    private static async Task FollowAsync(Plant plant, Kept kept, LiveIndicators live, SteppedTime time, int days)
    {
        var waiting = new PriorityQueue<Reading, long>();
        var (stamp, end) = (0L, Instant.Of(First.AddDays(days)));
        for (var start = Instant.Of(First); start < end + (6 * Instant.PerDay); start += Step)
        {
            for (var half = start; half < Math.Min(end, start + Step); half += 30 * Instant.PerMinute)
            {
                foreach (var (reading, arrives) in plant.HalfHour(half))
                {
                    waiting.Enqueue(reading, arrives);
                }
            }

            time.Advance(TimeSpan.FromMicroseconds(Step));
            var batch = new List<Reading>();
            while (waiting.TryPeek(out _, out var due) && due < start + Step)
            {
                batch.Add(waiting.Dequeue());
            }

            if (start % Instant.PerDay == 0)
            {
                await Console.Error.WriteLineAsync(FormattableString.Invariant($"{time.GetUtcNow():yyyy-MM-dd}: {kept.Count} readings so far"));
            }

            batch.ForEach(kept.Add);
            live.Accept(batch, ++stamp);
            await RoundsAsync(live);
        }

        for (var second = 0; second < 300; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await RoundsAsync(live);
        }
    }

    private static async Task RoundsAsync(LiveIndicators live)
    {
        while (await live.RoundAsync(CancellationToken.None))
        {
            // There was more than a round does.
        }
    }

    private static (int Compared, int Differ, int Revised) Compare(Plant plant, Kept kept, IndicatorHistory history, ThingTree tree, int days)
    {
        var (plan, compared, differ, revised) = (new IndicatorPlan(plant.Packs), 0, 0, 0);
        var runs = plant.Machines.ToDictionary(machine => machine.Id, machine => kept.Of(machine.Id), StringComparer.Ordinal);
        var values = plant.Packs.Indicators
            .SelectMany(indicator => plant.Things.SelectMany(thing => history.Of(indicator.Id, thing.Id, Instant.Of(First), Instant.Of(First.AddDays(days)))))
            .GroupBy(value => value.Window);
        foreach (var window in values)
        {
            var sheets = new Dictionary<string, TallySheet>(StringComparer.Ordinal);
            var evaluation = new IndicatorEvaluation(plan, tree, window.Key, (thing, kind) => SheetOf(thing)?.At(kind, window.Key.To) ?? default);
            foreach (var value in window)
            {
                var expected = evaluation.Of(value.Indicator, tree.Find(value.Thing)!)!;
                compared++;
                revised += value.CorrectedAt is null ? 0 : 1;
                differ += expected.Same(value.Outcome) ? 0 : 1;
            }

            TallySheet? SheetOf(Thing thing)
            {
                if (!runs.TryGetValue(thing.Id, out var own))
                {
                    return null;
                }

                var kinds = window.Key.IsLong ? plan.TalliesOfDays(thing.Type) : plan.TalliesFor(thing.Type, window.Key.Kind);
                return sheets.TryGetValue(thing.Id, out var known) ? known : sheets[thing.Id] = TallySheet.Of(window.Key, kinds, own);
            }
        }

        return (compared, differ, revised);
    }
}
