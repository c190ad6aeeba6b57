using System.Collections.Immutable;
using System.Text.Json;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Tests.Cases;

/// <summary>A case type with every kind of transition and field.</summary>
internal static class WorkOrder
{
    public static CaseType Type { get; } = new(
        "work-order", "factory", "breakdown",
        [
            new CaseState("breakdown", false, TimeSpan.FromMinutes(10), Name("故障")),
            new CaseState("assigned", false, TimeSpan.FromHours(2), Name("已指派")),
            new CaseState("repaired", false, null, Name("已修复")),
            new CaseState("verified", true, null, Name("已验证")),
        ],
        [
            Transition("assign", ["breakdown", "assigned"], "assigned") with { Assigns = true },
            Transition("take", ["breakdown"], "assigned") with { AssignsSelf = true },
            Transition("repair", ["assigned"], "repaired") with { ByAssignee = true, Requires = ["cause", "action"] },
            Transition("reject", ["repaired"], "assigned") with { Right = Right.Configure, CommentRequired = true },
            Transition("verify", ["repaired"], "verified") with { Right = Right.Configure },
        ],
        [
            Field("symptom", PropertyKind.Text),
            Field("cause", PropertyKind.Enumeration) with { Values = [new("wear", Name("磨损")), new("bearing", Name("轴承"))] },
            Field("action", PropertyKind.Text) with { MaxLength = 20 },
            Field("downtime", PropertyKind.Number) with { Min = 0, Max = 1000 },
            Field("safe", PropertyKind.Boolean),
            Field("place", PropertyKind.Position),
        ],
        Name("工单"));

    public static PackSet Packs { get; } = new(
        [new Pack("factory", "1.0.0", Name("工厂"), Name("工厂"), [], [], [], [], [], [], [Type], [], [])]);

    public static Dictionary<string, JsonElement> Fields(string json = "{}") =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    private static CaseTransition Transition(string id, ImmutableArray<string> from, string to) =>
        new(id, from, to, Right.Operate, false, false, false, [], false, Name(id));

    private static Property Field(string id, PropertyKind kind) => new(id, kind, null, null, null, false, [], 200, Name(id));

    private static Label Name(string text) => Label.Of(text);
}
