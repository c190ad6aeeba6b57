using System.Collections.Immutable;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Tests.Cases;

/// <summary>A case type whose deadlines, escalation and plan differ by severity and fields.</summary>
internal static class Incident
{
    public static CaseType Type { get; } = new(
        "incident", "factory", "verifying",
        [
            new CaseState("verifying", false, null, Name("核实"))
            {
                WithinBy = Times((Band.Red, 30), (Band.Orange, 60), (Band.Yellow, 120)),
                RemindBy = ImmutableSortedDictionary<Band, ImmutableArray<TimeSpan>>.Empty.Add(Band.Red, [TimeSpan.FromMinutes(10)]).Add(Band.Orange, [TimeSpan.FromMinutes(20)]),
                Escalations =
                [
                    new(TimeSpan.FromMinutes(40), Recipient.Duty, Right.Configure, null, null) { Severities = [Band.Red, Band.Orange] },
                    new(TimeSpan.FromMinutes(90), Recipient.Duty, Right.Configure, null, Band.Red),
                ],
            },
            new CaseState("on_scene", false, TimeSpan.FromHours(3), Name("处置")),
            new CaseState("closed", true, null, Name("办结")),
        ],
        [
            Transition("dispatch", "verifying", "on_scene"),
            Transition("recall", "on_scene", "verifying"),
            Transition("close", "on_scene", "closed"),
        ],
        [
            Field("deaths", PropertyKind.Number),
            Field("chemical", PropertyKind.Boolean),
            Field("spot", PropertyKind.Position),
        ],
        Name("事件"))
    {
        Roles = [new("officer", Right.Operate, Name("值班员"))],
        Plan =
        [
            Task("verify") with { WithinBy = Times((Band.Red, 10), (Band.Orange, 20)) },
            Task("evacuate", "verify") with { When = "severity == 'red' || deaths > 2.0" },
            Task("decontaminate", "evacuate") with { When = "chemical", Within = TimeSpan.FromHours(1) },
            Task("report", "decontaminate"),
            Task("count", "verify") with { When = "has(fields.deaths) && spot.lat > 20.0" },
        ],
    };

    public static PackSet Packs { get; } = new(
        [new Pack("factory", "1.0.0", Name("工厂"), Name("工厂"), [], [], [], [], [], [], [WorkOrder.Type, Overhaul.Type, Type], [], [])]);

    private static ImmutableSortedDictionary<Band, TimeSpan> Times(params (Band Severity, int Minutes)[] times) =>
        times.ToImmutableSortedDictionary(each => each.Severity, each => TimeSpan.FromMinutes(each.Minutes));

    private static PlanTask Task(string id, params string[] after) => new(id, "officer", [.. after], null, Name(id));

    private static CaseTransition Transition(string id, string from, string to) => new(id, [from], to, Right.Operate, false, false, false, [], false, Name(id));

    private static Property Field(string id, PropertyKind kind) => new(id, kind, null, null, null, false, [], 200, Name(id));

    private static Label Name(string text) => Label.Of(text);
}
