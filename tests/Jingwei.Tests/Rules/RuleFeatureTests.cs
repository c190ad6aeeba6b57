using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using Jingwei.Server.Telemetry;
using static Jingwei.Tests.Indicators.FactoryFloor;
using static Jingwei.Tests.Rules.RuleFloor;

namespace Jingwei.Tests.Rules;

/// <summary>What else rules can say: parameters, severity, times, the place of a thing and its neighbours.</summary>
public sealed class RuleFeatureTests
{
    private static readonly Server.Directory.Thing Line = Thing("line", "line");
    private static readonly Server.Directory.Thing Oven = Thing("oven") with { Region = "330106" };
    private static readonly Server.Directory.Thing Machine = Thing("m1", parent: "oven") with { Region = "330106", Party = "acme" };
    private static readonly Server.Directory.Thing Second = Thing("m2", parent: "oven");
    private static readonly Server.Directory.Thing Third = Thing("m3", parent: "oven");

    [Fact]
    public void A_parameter_is_its_default_unless_the_thing_has_another_value()
    {
        var rule = Rule("r", "temperature > limit") with { Parameters = [new RuleParameter("limit", 65, "Cel", null, null)] };
        var engine = new RuleEngine(With(rule), new RuleCounters(), 0, long.MaxValue);
        engine.SetParameters(Second, "r", new Dictionary<string, double> { ["limit"] = 70 });
        Assert.Equal(
            ["+r 08:00:00", "+r 08:00:10"],
            Shown(engine.Take([T(Machine, "08:00:00", 66), T(Second, "08:00:00", 66), T(Second, "08:00:10", 71)])));
        engine.SetParameters(Second, "r", new Dictionary<string, double>());
        Assert.Equal(["-r 08:00:20"], Shown(engine.Take([T(Second, "08:00:20", 65)])));
    }

    [Fact]
    public void A_window_over_a_parameter_is_the_rules_own()
    {
        RuleParameter[] Limit(double value) => [new RuleParameter("limit", value, null, null, null)];
        var low = Rule("low", "count(temperature > limit, '1m') >= 2") with { Parameters = [.. Limit(50)] };
        var high = Rule("high", "count(temperature > limit, '1m') >= 2") with { Parameters = [.. Limit(65)] };
        Assert.Equal(["+low 08:00:01", "+high 08:00:02"], Run([low, high], T(Machine, "08:00:00", 60), T(Machine, "08:00:01", 66), T(Machine, "08:00:02", 67)).Take(2));
    }

    [Fact]
    public void Severity_may_be_told_by_the_values()
    {
        var rule = Rule("r", "temperature > 65.0") with { SeverityBy = "temperature > 80.0 ? 'red' : 'yellow'" };
        var engine = new RuleEngine(With(rule), new RuleCounters(), 0, long.MaxValue);
        Assert.Equal([Band.Yellow, Band.Red], engine.Take([T(Machine, "08:00:00", 66), T(Second, "08:00:00", 81)]).Select(each => each.Severity!.Value));
    }

    [Fact]
    public void Outside_its_time_a_rule_neither_raises_nor_clears()
    {
        var counters = new RuleCounters();
        var rule = Rule("r", "temperature > 65.0") with { During = "now().getHours('Asia/Shanghai') >= 16" };
        // 08:00 UTC is 16:00 there.
        Assert.Equal(
            ["+r 08:00:00", "-r 08:20:00"],
            Shown(RuleTrial.Run(
                With(rule),
                [Machine],
                [T(Machine, "07:59:59", 66), T(Machine, "08:00:00", 67), T(Machine, "08:20:00", 60), T(Machine, "16:30:00", 90)],
                Us("2026-01-05T17:00:00Z"),
                counters)));
        Assert.Equal((2, 2), (counters.Of("r").Outside, counters.Of("r").Evaluated));
    }

    [Fact]
    public void A_rule_may_read_the_thing_above_and_is_judged_when_that_changes()
    {
        var rule = Rule("r", "temperature - parent('temperature') > 10.0");
        Assert.Equal(
            ["+r 08:00:02", "-r 08:00:03"],
            Run([rule], T(Machine, "08:00:00", 70), T(Oven, "08:00:01", 65), T(Oven, "08:00:02", 55), T(Oven, "08:00:03", 66)));
    }

    [Fact]
    public void A_rule_may_compare_a_thing_with_its_siblings()
    {
        var rule = Rule("r", "size(siblings('temperature')) >= 2 && temperature - median(siblings('temperature')) > 10.0");
        Assert.Equal(
            ["+r 08:00:03"],
            Run([rule], T(Machine, "08:00:00", 70), T(Second, "08:00:01", 50), T(Third, "08:00:02", 60), T(Machine, "08:00:03", 66)));
    }

    [Fact]
    public void A_rule_may_be_about_a_region_and_a_party()
    {
        var rule = Rule("r", "temperature > 65.0 && inRegion('330106') && region() == '330106' && party() == 'acme'");
        Assert.Equal(["+r 08:00:00"], Run([rule], T(Machine, "08:00:00", 66), T(Second, "08:00:00", 66)));
    }

    private static IEnumerable<string> Run(Rule[] rules, params Reading[] readings) =>
        Shown(RuleTrial.Run(With(rules), [Line, Oven, Machine, Second, Third], readings, Us("2026-01-05T08:10:00Z")));

    private static Reading T(Server.Directory.Thing thing, string time, double value) => Reading(thing, Temperature, time, value);
}
