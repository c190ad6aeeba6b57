using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

/// <summary>Tasks in their order, checklist and evidence.</summary>
public sealed class CasePlanTests : IDisposable
{
    private static readonly Evidence Photo = new("photo", new string('a', 64), "前.png", "image/png", 900, null);

    private readonly CaseWorld world = new(Overhaul.Packs);

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Tasks_begin_when_those_that_they_wait_for_are_over()
    {
        var id = await OpenAsync();
        Assert.Equal("isolate Ready, mend Waiting, inspect Waiting, clean_up Waiting", Progress(id));
        await RefusedAsync(Operator, id, new EndTask("mend", false, null), "task-not-ready");
        await RefusedAsync(Operator, id, new EndTask("isolate", false, null), "checks-open");
        await world.DoAsync(Operator, id, new TickItem("power_off", true));
        await world.DoAsync(Operator, id, new EndTask("isolate", false, "已挂牌"));
        Assert.Equal("isolate Done, mend Ready, inspect Waiting, clean_up Ready", Progress(id));
        Assert.Equal(Start + TimeSpan.FromHours(2), State(id).Task("mend")!.Due);
        Assert.Equal(("wang", Start), (State(id).Task("isolate")!.EndedBy, State(id).Task("isolate")!.EndedAt));
        await RefusedAsync(Operator, id, new EndTask("isolate", false, null), "task-not-ready");
        await RefusedAsync(Operator, id, new EndTask("weld", false, null), "task-unknown");
    }

    [Fact]
    public async Task A_task_asks_for_its_evidence_and_its_role()
    {
        var id = await BegunAsync();
        await RefusedAsync(Operator, id, new EndTask("mend", false, null), "evidence-missing");
        await world.DoAsync(Operator, id, new AddEvidence(Photo with { Task = "mend" }));
        await world.DoAsync(Operator, id, new EndTask("mend", false, null));
        await RefusedAsync(Operator, id, new EndTask("inspect", false, null), "right-missing");
        await world.DoAsync(Engineer, id, new EndTask("inspect", false, null));
        Assert.Equal("isolate Done, mend Done, inspect Done, clean_up Ready", Progress(id));
    }

    [Fact]
    public async Task A_task_is_skipped_by_who_may_configure_and_says_why()
    {
        var id = await BegunAsync();
        await RefusedAsync(Operator, id, new EndTask("mend", true, "不用修"), "right-missing");
        await RefusedAsync(Engineer, id, new EndTask("mend", true, " "), "comment-required");
        await world.DoAsync(Engineer, id, new EndTask("mend", true, "不用修"));
        Assert.Equal("isolate Done, mend Skipped, inspect Ready, clean_up Ready", Progress(id));
    }

    [Fact]
    public async Task A_task_sent_back_makes_all_that_followed_wait_again()
    {
        var id = await BegunAsync();
        await world.DoAsync(Engineer, id, new EndTask("mend", true, "不用修"));
        await world.DoAsync(Engineer, id, new EndTask("inspect", false, null));
        await RefusedAsync(Operator, id, new ReturnTask("isolate", "牌掉了"), "not-assignee");
        await RefusedAsync(Engineer, id, new ReturnTask("isolate", ""), "comment-required");
        await world.DoAsync(Engineer, id, new ReturnTask("isolate", "牌掉了"));
        Assert.Equal("isolate Ready, mend Waiting, inspect Waiting, clean_up Waiting", Progress(id));
        await RefusedAsync(Engineer, id, new ReturnTask("isolate", "再次"), "task-not-done");
        await world.DoAsync(Operator, id, new EndTask("isolate", false, null));
        Assert.Equal("isolate Done, mend Ready, inspect Waiting, clean_up Ready", Progress(id));
    }

    [Fact]
    public async Task A_task_given_to_somebody_is_his_and_waits_for_him()
    {
        var id = await OpenAsync();
        await RefusedAsync(Operator, id, new AssignTask("isolate", new("zhou", false)), "not-assignee");
        await RefusedAsync(Engineer, id, new AssignTask("isolate", new("guest", false)), "assignee-not-allowed");
        await world.DoAsync(Engineer, id, new AssignTask("isolate", new("zhou", true)));
        await world.DoAsync(Operator, id, new TickItem("power_off", true));
        await RefusedAsync(Operator, id, new EndTask("isolate", false, null), "not-assignee");
        Assert.Equal([id], world.Cases.HeldBy(Engineer, "zhou", null, null));
        await world.DoAsync(User("zhou", Role.Operator), id, new EndTask("isolate", false, null));
        Assert.Empty(world.Cases.HeldBy(Engineer, "zhou", null, null));
    }

    [Fact]
    public async Task A_transition_waits_for_tasks_checklist_and_evidence()
    {
        var id = await BegunAsync();
        Assert.Equal(["mend"], (await RefusedAsync(Operator, id, Take("test"), "tasks-open")).Errors.Keys);
        await world.DoAsync(Engineer, id, new EndTask("mend", true, "不用修"));
        Assert.Equal(["clean"], (await RefusedAsync(Operator, id, Take("test"), "checks-open")).Errors.Keys);
        await world.DoAsync(Operator, id, new TickItem("clean", true));
        Assert.Equal(["photo"], (await RefusedAsync(Operator, id, Take("test"), "evidence-missing")).Errors.Keys);
        await world.DoAsync(Operator, id, new AddEvidence(Photo));
        Assert.Equal("testing", (await world.DoAsync(Operator, id, Take("test"))).State);
        Assert.Empty(world.Verify().Altered);
    }

    [Theory]
    [InlineData("film", "image/png", 900, null, "evidence-unknown")]
    [InlineData("photo", "text/plain", 900, null, "evidence-type")]
    [InlineData("photo", "image/png", 1001, null, "evidence-too-large")]
    [InlineData("photo", "image/png", 900, "weld", "task-unknown")]
    public async Task Evidence_that_is_not_as_declared_is_refused(string kind, string type, long bytes, string? task, string code)
    {
        var id = await OpenAsync();
        await RefusedAsync(Operator, id, new AddEvidence(Photo with { Kind = kind, MediaType = type, Bytes = bytes, Task = task }), code);
    }

    [Fact]
    public async Task A_mark_is_given_once_at_the_end_and_not_to_ones_own_work()
    {
        var id = await BegunAsync();
        await world.DoAsync(Operator, id, Take("take"));
        await RefusedAsync(Engineer, id, new RateCase(5, null), "not-rated");
        await world.DoAsync(Engineer, id, new EndTask("mend", true, "不用修"));
        await world.DoAsync(Operator, id, new TickItem("clean", true));
        await world.DoAsync(Operator, id, new AddEvidence(Photo));
        await world.DoAsync(Operator, id, Take("test"));
        await world.DoAsync(Operator, id, Take("close"));
        await RefusedAsync(Operator, id, new RateCase(5, null), "own-work");
        await RefusedAsync(Engineer, id, new RateCase(6, null), "mark-invalid");
        Assert.Equal(4, (await world.DoAsync(Engineer, id, new RateCase(4, "快"))).Mark);
        await RefusedAsync(Engineer, id, new RateCase(5, null), "not-rated");
        await RefusedAsync(Operator, id, new TickItem("clean", false), "case-closed");
    }

    private async Task<string> OpenAsync() => (await world.OpenAsync(Order() with { Type = "overhaul" })).Id;

    private async Task<string> BegunAsync()
    {
        var id = await OpenAsync();
        await world.DoAsync(Operator, id, new TickItem("power_off", true));
        await world.DoAsync(Operator, id, new EndTask("isolate", false, null));
        return id;
    }

    private Case State(string id) => world.Cases.Find(Operator, id)!.State;

    private string Progress(string id) => string.Join(", ", State(id).Tasks.Select(task => $"{task.Id} {task.Progress}"));

    private async Task<Refusal> RefusedAsync(Caller caller, string id, CaseSignal signal, string code)
    {
        var refusal = (await world.TryAsync(caller, id, signal)).Refusal;
        Assert.Equal(code, refusal?.Code);
        return refusal!;
    }
}
