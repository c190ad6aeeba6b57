using FsCheck;
using FsCheck.Fluent;
using Jingwei.Server.Telemetry;

namespace Jingwei.Tests.Telemetry;

/// <summary>Random batches with repeats, corrections, late and bad values, restarts and crashes, against a model of a few lines.</summary>
[Collection(EngineTests.Name)]
public sealed class AccountingModelTests(EngineFixture engine)
{
    private static readonly Gen<Value> Values =
        from thing in Gen.Elements("m1", "m2")
        from second in Gen.Choose(0, 5)
        from number in Gen.Choose(0, 2)
        from valid in Gen.Frequency((6, Gen.Constant(true)), (1, Gen.Constant(false)))
        select new Value(thing, second, number, valid);

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, from values in Values.NonEmptyListOf() select new Step(StepKind.Send, [.. values.Take(8)])),
        (1, Gen.Constant(new Step(StepKind.Restart, []))),
        (1, Gen.Constant(new Step(StepKind.Crash, []))),
        (1, Gen.Constant(new Step(StepKind.Roll, []))));

    private enum StepKind
    {
        Send,
        Restart,
        Crash,
        Roll,
    }

    [Fact]
    public async Task Every_value_is_counted_once_and_the_last_one_wins()
    {
        foreach (var steps in Steps.ListOf(10).Sample(8, 20))
        {
            await CheckAsync([.. steps]);
        }
    }

    private async Task CheckAsync(IReadOnlyList<Step> steps)
    {
        await using var bench = await Bench.StartAsync(engine);
        var model = new Model();
        var crash = new Crash(bench.Database);
        foreach (var step in steps)
        {
            switch (step.Kind)
            {
                case StepKind.Send:
                    crash = new Crash(bench.Database);
                    await SendAsync(bench, model, step.Values);
                    break;
                case StepKind.Restart:
                    await bench.RestartAsync();
                    crash = new Crash(bench.Database);
                    break;
                case StepKind.Crash:
                    await bench.Readings.DisposeAsync();
                    crash.Rewind(bench.Database);
                    await bench.StartAgainAsync();
                    break;
                default:
                    await bench.RollAsync();
                    crash = new Crash(bench.Database);
                    break;
            }
        }

        await CompareAsync(bench, model, string.Join('\n', steps));
    }

    private static async Task SendAsync(Bench bench, Model model, IReadOnlyList<Value> values)
    {
        foreach (var value in values)
        {
            var name = value.Valid ? "temperature" : "nonsense";
            await bench.SendAsync(value.Thing, $$"""{"ts":{{Time(value.Second) / 1000}},"values":{"{{name}}":{{value.Number}} } }""");
            model.Take(value);
        }

        await bench.SettleAsync();
    }

    private static async Task CompareAsync(Bench bench, Model model, string steps)
    {
        var account = bench.Accounting.Channels.SingleOrDefault();
        Assert.True(
            model.Counts == (account?.Received ?? 0, account?.Stored ?? 0, account?.Duplicate ?? 0, account?.Corrections ?? 0, account?.Rejected ?? 0),
            $"wanted {model.Counts}, got {account}, after\n{steps}");
        Assert.Equal(0, account?.Pending ?? 0);
        foreach (var thing in model.Held.GroupBy(pair => pair.Key.Thing))
        {
            var series = bench.Series.Find(thing.Key, "temperature")!;
            var points = await bench.Queries.NumbersAsync(series.Number, 0, bench.Now, CancellationToken.None).ToListAsync();
            var wanted = thing.OrderBy(pair => pair.Key.Second).Select(pair => (Time(pair.Key.Second), (double)pair.Value)).ToList();
            Assert.Equal(wanted, points.Select(point => (point.Time, point.Value)));
            Assert.Equal(wanted[^1].Item2, bench.Readings.Latest(thing.Key, "temperature")!.Value.Value.Number);
            var hour = Assert.Single(await bench.BucketsAsync(series, 0, bench.Now, Instant.PerHour));
            Assert.Equal((wanted.Count, wanted.Sum(point => point.Item2), wanted[^1].Item2), ((int)hour.Count, hour.Sum, hour.Last));
        }
    }

    // All within one closed hour.
    private static long Time(int second) => Instant.Of(Bench.Start) - Instant.PerHour + (second * 20 * Instant.PerSecond);

    private sealed record Value(string Thing, int Second, int Number, bool Valid);

    private sealed record Step(StepKind Kind, IReadOnlyList<Value> Values)
    {
        public override string ToString() => $"{Kind} {string.Join(", ", Values)}";
    }

    private sealed class Model
    {
        private long received;
        private long stored;
        private long duplicate;
        private long corrections;

        public Dictionary<(string Thing, int Second), int> Held { get; } = [];

        public (long, long, long, long, long) Counts => (received, stored, duplicate, corrections, received - stored - duplicate);

        public void Take(Value value)
        {
            received++;
            if (!value.Valid)
            {
                return;
            }

            var known = Held.TryGetValue((value.Thing, value.Second), out var before);
            if (known && before == value.Number)
            {
                duplicate++;
                return;
            }

            corrections += known ? 1 : 0;
            stored++;
            Held[(value.Thing, value.Second)] = value.Number;
        }
    }
}
