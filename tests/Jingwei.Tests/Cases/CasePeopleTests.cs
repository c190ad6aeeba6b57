using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

/// <summary>Who has a case.</summary>
public sealed class CasePeopleTests : IDisposable
{
    private static readonly Caller Zhou = User("zhou", Role.Operator);
    private readonly CaseWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task What_is_nobodys_anybody_on_duty_gives_away_and_what_is_somebodys_he_or_who_may_configure()
    {
        var id = (await world.OpenAsync()).Id;
        await RefusedAsync(User("guest", Role.Viewer), id, Pass("wang"), "right-missing");
        Assert.Equal("wang", (await world.DoAsync(Zhou, id, Pass("wang"))).Assignee);
        await RefusedAsync(Zhou, id, Pass("zhou"), "not-assignee");
        Assert.Equal("zhou", (await world.DoAsync(Operator, id, Pass("zhou"))).Assignee);
        Assert.Equal("li", (await world.DoAsync(Engineer, id, Pass("li"))).Assignee);
        Assert.Null((await world.DoAsync(Engineer, id, Pass(null))).Assignee);
        Assert.False((await world.TryAsync(Engineer, id, Pass(null))).Changed);
    }

    [Fact]
    public async Task A_case_sent_back_goes_the_way_that_it_came()
    {
        var id = (await world.OpenAsync()).Id;
        await RefusedAsync(Operator, id, new ReturnCase("不归我"), "case-unassigned");
        await world.DoAsync(Operator, id, Take("take"));
        await world.DoAsync(Operator, id, Pass("zhou"));
        await RefusedAsync(Zhou, id, new ReturnCase(""), "comment-required");
        Assert.Equal("wang", (await world.DoAsync(Zhou, id, new ReturnCase("不归我"))).Assignee);
        Assert.Null((await world.DoAsync(Operator, id, new ReturnCase("也不归我"))).Assignee);
    }

    [Fact]
    public async Task Who_acts_for_the_assignee_may_do_what_the_assignee_alone_may()
    {
        var id = (await world.OpenAsync()).Id;
        await world.DoAsync(Operator, id, Take("take"));
        await RefusedAsync(Zhou, id, Take("repair", """{"cause":"wear","action":"换"}"""), "not-assignee");
        await RefusedAsync(Operator, id, new DelegateCase(new("wang", true), null), "assignee-not-allowed");
        var row = await world.DoAsync(Operator, id, new DelegateCase(new("zhou", true), "开会"));
        Assert.Equal(("wang", "zhou"), (row.Assignee, row.Delegate));
        Assert.Equal([id], world.Cases.HeldBy(Engineer, "zhou", null, null));
        Assert.Equal([id], world.Cases.HeldBy(Engineer, "wang", null, null));
        row = await world.DoAsync(Zhou, id, Take("repair", """{"cause":"wear","action":"换"}"""));
        Assert.Equal(("repaired", "wang", "zhou"), (row.State, row.Assignee, row.Delegate));
        // Whoever has it next decides anew who acts for him.
        Assert.Null((await world.DoAsync(Operator, id, Pass("li"))).Delegate);
    }

    [Fact]
    public async Task Every_moment_has_somebody_responsible()
    {
        var users = new Users(world.Database, world.Time);
        var names = new CaseNames(new Server.Directory.Things(world.Database, world.Parties, world.Regions, world.Time), users, world.Parties);
        var view = new CaseView(world.Packs, names, world.Cases);
        var id = (await world.OpenAsync()).Id;
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.DoAsync(Operator, id, Take("take"));
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.DoAsync(Operator, id, new AddComment("路上"));
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.DoAsync(Operator, id, Pass("zhou"));
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.DoAsync(Zhou, id, Take("repair", """{"cause":"wear","action":"换"}"""));
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.DoAsync(Engineer, id, Take("verify"));
        var spans = view.OverTime(world.Cases.Find(Operator, id)!.History.Select(row => row.Placed));
        Assert.Equal(
            [("breakdown", "duty", 0, 5), ("assigned", "wang", 5, 15), ("assigned", "zhou", 15, 20), ("repaired", "zhou", 20, 25)],
            spans.Select(span => (
                span.State, span.Responsible.Kind == "duty" ? "duty" : span.Responsible.Id, (int)(span.From - Start).TotalMinutes,
                (int)(span.To!.Value - Start).TotalMinutes)));
    }

    private static PassCase Pass(string? to) => new(Passing.Reassigned, to is null ? null : new CaseAssignee(to, true), null);

    private async Task RefusedAsync(Caller caller, string id, CaseSignal signal, string code) =>
        Assert.Equal(code, (await world.TryAsync(caller, id, signal)).Refusal?.Code);
}
