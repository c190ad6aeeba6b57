using System.Collections.Immutable;
using Jingwei.Server;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using static Jingwei.Tests.Indicators.FactoryFloor;

namespace Jingwei.Tests.Rules;

/// <summary>Rules over the machines of the factory floor.</summary>
internal static class RuleFloor
{
    public static readonly Rule Hot = Rule("hot", "temperature > 65.0", "temperature < 58.0", forSeconds: 10, clearSeconds: 10);
    public static readonly Rule Breakdown = Rule("breakdown", "state == 'breakdown'");
    public static readonly Rule Silent = Rule("silent", null) with { Absent = new Absence("temperature", TimeSpan.FromMinutes(2)) };

    public static Rule Rule(string id, string? when, string? clear = null, int forSeconds = 0, int clearSeconds = 0, string type = "machine") => new(
        id, "floor", type, Band.Orange, when, clear, TimeSpan.FromSeconds(forSeconds), TimeSpan.FromSeconds(clearSeconds), null,
        new OpensCase("work-order", ImmutableDictionary<string, string>.Empty), new Label($"{id}报警", id), new Label("检查", "check"));

    /// <summary>Events as "+rule time" and "-rule time", times of day of 2026-01-05.</summary>
    public static IEnumerable<string> Shown(IEnumerable<RuleEvent> events) => events.Select(each =>
        $"{(each.Transition == RuleTransition.Raise ? '+' : '-')}{each.Rule.Id} {each.At.UtcDateTime:HH:mm:ss}");

    public static PackSet With(params Rule[] rules) => Floor(indicators: [], rules);
}
