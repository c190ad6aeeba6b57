using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Tests.Packs;

/// <summary>Calendars, roles, plan, checklist, evidence and escalation of a pack.</summary>
public sealed class CasePlanTests : IDisposable
{
    private const string Right =
        """
        case: overhaul
        roles: {fitter: {right: operate}, inspector: {right: configure}}
        plan:
          isolate: {role: fitter, within: 4h, calendar: office, remind: [1h], checks: [power_off]}
          mend: {role: fitter, after: [isolate], evidence: [photo]}
        checklist: [power_off]
        evidence:
          photo: {types: [image/jpeg], maxSize: 2MB}
        states:
          open: {within: 8h, calendar: office, remind: [30m], role: fitter, escalate: [{after: 10h, notify: duty, right: configure, of: county, severity: red}]}
          done: {final: true}
        initial: open
        rated: true
        transitions:
          close: {from: [open], to: done, right: operate, tasks: [mend], checks: [power_off], evidence: [photo]}

        """;

    private const string Texts =
        """
          overhaul:
            name: 大修
            states: {open: 开, done: 完}
            transitions: {close: 关}
            roles: {fitter: 钳工, inspector: 检验员}
            tasks: {isolate: 隔离, mend: 修理}
            checklist: {power_off: 已断电}
            evidence: {photo: 照片}

        """;

    private readonly TemporaryPacks packs = new();

    public void Dispose() => packs.Dispose();

    [Fact]
    public void All_of_it_is_read()
    {
        Add(Right);
        var loaded = PackLoader.Load(packs.Root);
        Assert.Empty(loaded.Problems);
        var type = loaded.Packs!.CaseType("overhaul")!;
        Assert.Equal([("fitter", Server.Access.Right.Operate), ("inspector", Server.Access.Right.Configure)], type.Roles.Select(role => (role.Id, role.Right)));
        var (isolate, mend) = (type.Plan[0], type.Plan[1]);
        Assert.Equal((TimeSpan.FromHours(4), "office", "power_off"), (isolate.Within, isolate.Calendar!.Id, isolate.Checks.Single()));
        Assert.Equal(("isolate", "photo"), (mend.After.Single(), mend.Evidence.Single()));
        Assert.Equal((2_000_000L, "image/jpeg"), (type.Evidence[0].MaxBytes, type.Evidence[0].Types.Single()));
        var open = type.State("open");
        Assert.Equal(new Escalation(TimeSpan.FromHours(10), Recipient.Duty, Server.Access.Right.Configure, "county", Band.Red), open.Escalations.Single());
        Assert.Equal([new WorkHours(new(6, 0), new(18, 0))], open.Calendar!.Hours.AsEnumerable());
        Assert.Equal([new DateOnly(2026, 10, 1)], open.Calendar.Holidays.AsEnumerable());
        Assert.True(type.Rated);
    }

    [Fact]
    public void Times_and_tasks_by_severity_are_read()
    {
        Add(Right
            .Replace("open: {within: 8h, calendar: office, remind: [30m]", "open: {within: {red: 30m, orange: 1h}, remind: {red: [10m]}", StringComparison.Ordinal)
            .Replace("severity: red}", "severity: red, severities: [red, orange]}", StringComparison.Ordinal)
            .Replace("after: [isolate], evidence", "after: [isolate], within: {blue: 2h}, when: \"severity in ['red', 'blue'] && deaths > 2.0 && has(fields.gas)\", evidence", StringComparison.Ordinal)
            .Replace("roles:", "fields: {deaths: {type: number}, gas: {type: boolean}}\nroles:", StringComparison.Ordinal), "fields: {deaths: 死亡, gas: 毒气}");
        var loaded = PackLoader.Load(packs.Root);
        Assert.Empty(loaded.Problems);
        var type = loaded.Packs!.CaseType("overhaul")!;
        var (open, mend) = (type.State("open"), type.Plan[1]);
        Assert.Equal(
            [TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), null, null],
            new[] { Band.Red, Band.Orange, Band.Yellow, Band.Blue }.Select(open.WithinFor));
        Assert.Equal((TimeSpan.FromMinutes(10), true), (open.RemindFor(Band.Red).Single(), open.RemindFor(Band.Orange).IsEmpty));
        Assert.Equal([Band.Red, Band.Orange], open.Escalations.Single().Severities!.Value.AsEnumerable());
        Assert.Equal((TimeSpan.FromHours(2), "severity in ['red', 'blue'] && deaths > 2.0 && has(fields.gas)"), (mend.WithinFor(Band.Blue), mend.When));
    }

    [Theory]
    [InlineData("within: 8h, calendar: office, remind: [30m]", "within: {red: 30m, green: 1h}", "unknown key green")]
    [InlineData("within: 8h, calendar: office, remind: [30m]", "within: {red: half an hour}", "found the text `half an hour`")]
    [InlineData("within: 8h, calendar: office, remind: [30m]", "within: {red: 30m, blue: 1h}, remind: {red: [30m]}", "30m before the deadline is before the beginning")]
    [InlineData("within: 8h, calendar: office, remind: [30m]", "within: {red: 30m}, remind: {blue: [10m]}", "a reminder without a deadline")]
    [InlineData("within: 8h, calendar: office, remind: [30m]", "within: {red: 30m, blue: 1h}, remind: [1h]", "1h before the deadline is before the beginning")]
    [InlineData("severity: red}", "severities: [crimson]}", "found the text `crimson`")]
    [InlineData("after: [isolate], evidence", "after: [isolate], when: severity, evidence", "bool")]
    [InlineData("after: [isolate], evidence", "after: [isolate], when: \"deaths > 2.0\", evidence", "unknown name 'deaths'")]
    [InlineData("after: [isolate], evidence", "after: [isolate], when: \"has(fields.deaths)\", evidence", "deaths")]
    [InlineData("after: [isolate]", "after: [mend]", "mend waits for itself")]
    [InlineData("{role: fitter, within", "{role: welder, within", "no role welder")]
    [InlineData("calendar: office, remind: [1h]", "calendar: shop, remind: [1h]", "no calendar shop")]
    [InlineData("remind: [30m]", "remind: [8h]", "8h before the deadline is before the beginning")]
    [InlineData("remind: [1h], checks: [power_off]", "checks: [poweroff]", "no item of the checklist poweroff, did you mean power_off?")]
    [InlineData("tasks: [mend]", "tasks: [weld]", "no task weld")]
    [InlineData("after: [isolate], evidence: [photo]", "after: [isolate], evidence: [film]", "no kind of evidence film")]
    [InlineData("notify: duty", "notify: assignee", "right beside notify: assignee")]
    [InlineData("done: {final: true}", "done: {final: true, escalate: [{after: 1h, notify: opener}]}", "the final state done escalates")]
    [InlineData("maxSize: 2MB", "maxSize: 2000MB", "2000MB is larger than any file that is taken")]
    [InlineData("maxSize: 2MB", "maxSize: 2GB", "found the text `2GB`")]
    public void A_mistake_is_named(string right, string wrong, string message)
    {
        Add(Right.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(PackLoader.Load(packs.Root).Problems, problem => problem.ToString().Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("shifts: [day]", "shifts: [swing]", "no shift swing")]
    [InlineData("\"2026-10-01\"", "\"2026-02-30\"", "2026-02-30 is in no calendar")]
    [InlineData("zone: Asia/Shanghai", "zone: Asia/Shanghi", "no time zone Asia/Shanghi")]
    public void A_mistake_of_a_calendar_is_named(string right, string wrong, string message)
    {
        Add(Right);
        packs.Change("pack.yaml", right, wrong);
        Assert.Contains(PackLoader.Load(packs.Root).Problems, problem => problem.ToString().Contains(message, StringComparison.Ordinal));
    }

    private void Add(string type, string? more = null)
    {
        packs.Write("mill/cases/overhaul.yaml", type);
        packs.Change("pack.yaml", "shifts:\n", """
            calendars:
              - {calendar: office, days: [mon, tue, wed, thu, fri], shifts: [day], holidays: ["2026-10-01"], zone: Asia/Shanghai}
            shifts:

            """);
        foreach (var file in new[] { "text/zh.yaml", "text/en.yaml" })
        {
            packs.Change(file, "cases:\n", $"calendars: {{office: 办公时间}}\ncases:\n{Texts}{(more is null ? "" : $"    {more}\n")}");
        }
    }
}
