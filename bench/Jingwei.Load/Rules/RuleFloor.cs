using System.Globalization;
using Jingwei.Server;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Load.Rules;

/// <summary>Machines with rules over what they read, made in memory.</summary>
/// <param name="types">Types that the rules are spread over.</param>
/// <param name="rules">In all; every fifth one looks at a window.</param>
/// <param name="things">In all.</param>
internal sealed class RuleFloor(int types, int rules, int things)
{
    public const int Properties = 10;

    // Simulated time between two messages of a machine: windows move on more often for each reading than they would with more messages a second.
    private const long Step = 2 * Instant.PerSecond;

    private readonly Property[] properties = [.. Enumerable.Range(0, Properties).Select(index => new Property(
        $"p{index}", PropertyKind.Number, "1", null, null, Counter: false, [], 0, Label.Of($"p{index}")))];

    private readonly Random random = new(7);
    private readonly double[] level = new double[things * Properties];

    public Thing[] Things { get; } = [.. Enumerable.Range(0, things).Select(index => new Thing(
        $"m{index}", $"type{index % types}", $"m{index}", "root", "root", null, null, DateTimeOffset.UnixEpoch, 1))];

    public PackSet Packs => new([new Pack(
        "floor", "1.0.0", Label.Of("floor"), Label.Of(""), [], [],
        [.. Enumerable.Range(0, types).Select(index => new ThingType($"type{index}", "floor", null, false, null, Label.Of(""), [$"type{index}"], [.. properties], []))],
        [], [.. Enumerable.Range(0, rules).Select(Rule)], [], [], [], [])]);

    /// <summary>The next messages: ten values each, of the machines from <paramref name="first"/> on, in the round <paramref name="round"/>.</summary>
    public void Fill(Reading[] batch, int first, long round, long start)
    {
        for (var i = 0; i < batch.Length; i++)
        {
            var machine = first + (i / Properties);
            var property = i % Properties;
            // A slow walk around 50 with a pull back: conditions at the edges come true now and then.
            ref var value = ref level[(machine * Properties) + property];
            value += (random.NextDouble() - 0.5) + ((0 - value) * 0.01);
            var time = start + (round * Step);
            batch[i] = new Reading(
                Things[machine], properties[property], (machine * Properties) + property + 1, time, time, new ReadingValue(PropertyKind.Number, 50 + value, null), Quality.Good, null);
        }
    }

    private Rule Rule(int index)
    {
        var (one, other) = (index / types % Properties, ((index / types) + 3) % Properties);
        var when = (index / types % 5, index / types / 5 % 5) switch
        {
            (4, 0) => $"avg(p{one}, '10m') > 56.0 && p{other} > 50.0",
            (4, 1) => $"count(p{one} > 55.0, '1m') >= 20",
            (4, 2) => $"rate(p{one}, '5m') > 0.2 || rate(p{one}, '5m') < -0.2",
            (4, 3) => $"max(p{one}, '1h') - min(p{one}, '1h') > 25.0",
            (4, _) => $"zscore(p{one}, '1d') > 6.0",
            (0, _) => $"p{one} > 58.0",
            (1, _) => $"p{one} > 57.0 && p{other} < 48.0",
            (2, _) => $"p{one} - p{other} > 13.0",
            _ => $"p{one} < 43.0 || p{other} > 59.0",
        };
        return new Rule(
            string.Create(CultureInfo.InvariantCulture, $"r{index}"), "floor", $"type{index % types}", Band.Orange, when, null,
            TimeSpan.FromSeconds(index % 3 * 5), TimeSpan.FromSeconds(5), null, null, Label.Of("r"), Label.Of(""));
    }
}
