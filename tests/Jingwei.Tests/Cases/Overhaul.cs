using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Tests.Cases;

/// <summary>A case type with a plan, roles, a checklist, evidence, reminders and escalation.</summary>
internal static class Overhaul
{
    public static CaseType Type { get; } = new(
        "overhaul", "factory", "open",
        [
            new CaseState("open", false, TimeSpan.FromHours(1), Name("开"))
            {
                Remind = [TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10)],
                Escalations =
                [
                    new(TimeSpan.FromMinutes(90), Recipient.Duty, Right.Configure, "county", Band.Red),
                    new(TimeSpan.FromHours(3), Recipient.Opener, Right.Operate, null, null),
                ],
                Role = "fitter",
            },
            new CaseState("testing", false, null, Name("试")),
            new CaseState("done", true, null, Name("完")),
        ],
        [
            new CaseTransition("test", ["open"], "testing", Right.Operate, false, false, false, [], false, Name("试"))
            {
                Tasks = ["mend"],
                Checks = ["clean"],
                Evidence = ["photo"],
            },
            new CaseTransition("take", ["open"], "open", Right.Operate, false, false, true, [], false, Name("接")),
            new CaseTransition("close", ["testing"], "done", Right.Operate, true, false, false, [], false, Name("关")),
        ],
        [],
        Name("大修"))
    {
        Roles = [new("fitter", Right.Operate, Name("钳工")), new("inspector", Right.Configure, Name("检验员"))],
        Plan =
        [
            new("isolate", "fitter", [], TimeSpan.FromMinutes(20), Name("隔离")) { Remind = [TimeSpan.FromMinutes(5)], Checks = ["power_off"] },
            new("mend", "fitter", ["isolate"], TimeSpan.FromHours(2), Name("修理")) { Evidence = ["photo"] },
            new("inspect", "inspector", ["mend"], null, Name("检验")),
            new("clean_up", "fitter", ["isolate"], null, Name("清理")),
        ],
        Checklist = [new("power_off", Name("已断电")), new("clean", Name("已清洁"))],
        Evidence = [new("photo", ["image/png", "image/jpeg"], 1000, Name("照片"))],
        Rated = true,
    };

    public static PackSet Packs { get; } = new(
        [new Pack("factory", "1.0.0", Name("工厂"), Name("工厂"), [], [], [], [], [], [], [WorkOrder.Type, Type], [], [])]);

    private static Label Name(string text) => Label.Of(text);
}
