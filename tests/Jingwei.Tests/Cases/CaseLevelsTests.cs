using System.Text.Json;
using Dapper;
using FsCheck;
using FsCheck.Fluent;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Packs.Model;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

/// <summary>Deadlines, escalation and plan by severity and fields, counted by hand from <see cref="Incident"/>.</summary>
public sealed class CaseLevelsTests : IDisposable
{
    private static readonly string[] Orange = ["due 60", "remind/1200 40", "escalate/0 40", "escalate/1 90"];
    private static readonly string[] Red = ["due 30", "remind/600 20", "escalate/0 40", "escalate/1 90"];
    private static readonly string[] Yellow = ["due 120", "escalate/1 90"];

    private readonly CaseWorld world = new(Incident.Packs);

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_case_opens_with_the_times_of_its_severity()
    {
        Assert.Equal(Orange, TimersOf(await OpenAsync(Band.Orange)));
        Assert.Equal(Red, TimersOf(await OpenAsync(Band.Red)));
        Assert.Equal(Yellow, TimersOf(await OpenAsync(Band.Yellow)));
        // Blue is not named: no limit.
        Assert.Equal(["escalate/1 90"], TimersOf(await OpenAsync(Band.Blue)));
    }

    [Fact]
    public async Task Another_severity_counts_the_deadlines_again_from_the_beginning_of_the_stay()
    {
        var id = await OpenAsync(Band.Orange);
        world.Time.Advance(TimeSpan.FromMinutes(15));
        await ReviseAsync(id, Band.Red);
        Assert.Equal(Red, TimersOf(id));
        Assert.Equal((Start.AddMinutes(30), Start.AddMinutes(10)), (State(id).Due, State(id).Task("verify")!.Due));
        var said = Assert.Single(Events(id).OfType<CaseDueChanged>());
        Assert.Equal(("verifying", Start.AddMinutes(60), Start.AddMinutes(30)), (said.State, said.From, said.To));
        Assert.Equal((Start.AddMinutes(20), Start.AddMinutes(10)), Events(id).OfType<CaseTaskDueChanged>().Select(it => (it.From!.Value, it.To!.Value)).Single());
        // The task has ten minutes and is late already.
        await PassAsync(id);
        Assert.Equal(["task-overdue"], world.Kinds(id).TakeLast(1));
        Assert.Empty(world.Verify().Altered);
    }

    [Fact]
    public async Task What_was_late_has_time_again_when_the_severity_falls_and_is_late_again_when_that_has_passed()
    {
        var id = await OpenAsync(Band.Red);
        world.Time.Advance(TimeSpan.FromMinutes(35));
        await PassAsync(id);
        Assert.True(State(id).Late);
        await ReviseAsync(id, Band.Yellow);
        Assert.False(State(id).Late);
        world.Time.Advance(TimeSpan.FromMinutes(90));
        await PassAsync(id);
        // After ninety minutes it was raised to red of itself: its thirty minutes had passed long ago.
        await PassAsync(id);
        Assert.Equal(2, Events(id).OfType<CaseOverdue>().Count());
        Assert.Equal((Band.Red, true), (State(id).Severity, State(id).Late));
        Assert.False((await world.TryAsync(Caller.System, id, new PassTime())).Changed);
        Assert.Empty(world.Verify().Altered);
    }

    [Fact]
    public async Task A_deadline_that_nobody_had_marked_yet_is_missed_all_the_same()
    {
        var id = await OpenAsync(Band.Red);
        world.Time.Advance(TimeSpan.FromMinutes(31));
        await ReviseAsync(id, Band.Yellow);
        Assert.Equal(["task-overdue", "reminded", "overdue", "severity", "due-changed", "task-due-changed", "tasks-dropped"], world.Kinds(id).Skip(3));
        Assert.False(State(id).Late);
    }

    [Fact]
    public async Task Nobody_is_told_twice_of_the_same_stay_nor_reminded_of_what_has_passed()
    {
        var id = await OpenAsync(Band.Orange);
        world.Time.Advance(TimeSpan.FromMinutes(45));
        await PassAsync(id);
        Assert.Equal(["reminded", "escalated"], world.Kinds(id).Where(kind => kind is "reminded" or "escalated"));
        await ReviseAsync(id, Band.Yellow);
        Assert.Equal(["due 120", "escalate/0 40 fired", "escalate/1 90"], TimersOf(id).Order(StringComparer.Ordinal));
        await ReviseAsync(id, Band.Red);
        await PassAsync(id);
        Assert.Equal(["due 30 fired", "escalate/0 40 fired", "escalate/1 90"], TimersOf(id).Order(StringComparer.Ordinal));
        Assert.Equal(["reminded", "escalated"], world.Kinds(id).Where(kind => kind is "reminded" or "escalated"));
    }

    [Fact]
    public async Task A_plan_has_the_tasks_whose_conditions_hold_and_what_is_absent_passes_on_what_it_waits_for()
    {
        // Without evacuation and decontamination the report waits for what these wait for: verification.
        var plain = await OpenAsync(Band.Orange);
        Assert.Equal("verify Ready, report Waiting", Progress(plain));
        await world.DoAsync(Operator, plain, new EndTask("verify", false, null));
        Assert.Equal("verify Done, report Ready", Progress(plain));
        Assert.Equal("verify Ready, evacuate Waiting, report Waiting", Progress(await OpenAsync(Band.Red)));
        Assert.Equal("verify Ready, evacuate Waiting, report Waiting", Progress(await OpenAsync(Band.Blue, """{"deaths":3}""")));
        Assert.Equal("verify Ready, decontaminate Waiting, report Waiting", Progress(await OpenAsync(Band.Blue, """{"chemical":true}""")));
        Assert.Equal("verify Ready, report Waiting, count Waiting", Progress(await OpenAsync(Band.Blue, """{"deaths":0,"spot":"113.2 23.1"}""")));
    }

    [Fact]
    public async Task Tasks_come_and_go_with_severity_and_fields()
    {
        var id = await OpenAsync(Band.Orange);
        await world.DoAsync(Operator, id, new EndTask("verify", false, null));
        await ReviseAsync(id, Band.Red, """{"chemical":true}""");
        Assert.Equal("verify Done, report Ready, evacuate Ready, decontaminate Waiting", Progress(id));
        await world.DoAsync(Operator, id, new EndTask("evacuate", false, null));
        Assert.Equal(Start.AddHours(1), State(id).Task("decontaminate")!.Due);
        await ReviseAsync(id, null, """{"chemical":false}""");
        Assert.Equal("verify Done, report Ready, evacuate Done", Progress(id));
        Assert.Equal(["decontaminate"], Events(id).OfType<CaseTasksDropped>().Single().Tasks.AsEnumerable());
        Assert.DoesNotContain(State(id).Timers, timer => CaseTiming.IsOf(timer, "decontaminate"));
        Assert.Empty(world.Verify().Altered);
    }

    [Fact]
    public async Task What_waited_for_a_task_that_goes_begins()
    {
        var id = await OpenAsync(Band.Red, """{"chemical":true}""");
        await world.DoAsync(Operator, id, new EndTask("verify", false, null));
        Assert.Equal("verify Done, evacuate Ready, decontaminate Waiting, report Waiting", Progress(id));
        await ReviseAsync(id, Band.Orange);
        Assert.Equal("verify Done, decontaminate Ready, report Waiting", Progress(id));
        Assert.Equal(Start.AddHours(1), State(id).Task("decontaminate")!.Due);
    }

    [Fact]
    public async Task What_somebody_has_begun_stays()
    {
        var id = await OpenAsync(Band.Red);
        await world.DoAsync(Operator, id, new EndTask("verify", false, null));
        await world.DoAsync(Operator, id, new AssignTask("evacuate", new("wang", true)));
        await ReviseAsync(id, Band.Blue);
        Assert.Equal("verify Done, evacuate Ready, report Waiting", Progress(id));
    }

    [Fact]
    public async Task A_transition_that_fills_in_fields_changes_the_plan_too()
    {
        var id = await OpenAsync(Band.Blue);
        await world.DoAsync(Operator, id, Take("dispatch", """{"deaths":5}"""));
        Assert.Equal("verify Ready, report Waiting, evacuate Waiting", Progress(id));
        Assert.Equal(["field", "transition", "tasks-added"], world.Kinds(id).TakeLast(3));
    }

    [Fact]
    public async Task A_case_is_migrated_to_a_plan_with_conditions()
    {
        var first = Incident.Type with { Plan = [.. Incident.Type.Plan.Select(task => task with { When = null, WithinBy = null })] };
        world.Packs.Swap(new([Incident.Packs.Packs[0] with { Cases = [first] }]));
        var id = await OpenAsync(Band.Orange);
        Assert.Equal(5, State(id).Tasks.Length);
        world.Packs.Swap(Incident.Packs);
        Accepted(await world.Cases.MigrateAsync(Engineer, id, null, null, "新版", null, TestContext.Current.CancellationToken));
        Assert.Equal("verify Ready, report Waiting", Progress(id));
    }

    [Fact]
    public async Task A_case_goes_by_the_levels_that_it_began_with_when_packs_are_gone()
    {
        var id = await OpenAsync(Band.Orange);
        world.Packs.Swap(PackSet.Empty);
        world.Restart();
        await ReviseAsync(id, Band.Red);
        Assert.Equal(Red, TimersOf(id));
        Assert.Equal("verify Ready, report Waiting, evacuate Waiting", Progress(id));
    }

    [Fact]
    public async Task A_type_that_knows_no_levels_keeps_its_version()
    {
        await world.OpenAsync();
        var kept = world.Database.Read(store => store.ExecuteScalar<string>("SELECT content FROM case_definition"))!;
        Assert.All(["withinBy", "remindBy", "when", "severities"], word => Assert.DoesNotContain($"\"{word}\"", kept, StringComparison.Ordinal));
    }

    /// <summary>Whatever happens: deadlines are those of the severity, and the plan has what holds and what somebody began.</summary>
    [Fact]
    public void Any_course_keeps_deadlines_and_plan_as_severity_and_fields_have_them()
    {
        var steps = Gen.Choose(0, 11).Zip(Gen.Choose(0, 50)).ListOf().Select(list => list.ToArray()).ToArbitrary();
        Prop.ForAll(steps, walk =>
        {
            Case? state = null;
            var now = Start;
            var history = new List<PlacedEvent>();
            Decide(Operator, Order() with { Type = "incident" });
            foreach (var (what, minutes) in walk)
            {
                now += TimeSpan.FromMinutes(minutes);
                Decide(Engineer, Signal(what));
                while (CaseTiming.Pass(Incident.Type, state!, now).Length > 0)
                {
                    Decide(Caller.System, new PassTime());
                }

                if (!state!.Final && !Fits(state, history.Exists(placed => placed.Event is CaseTaskReturned)))
                {
                    return false;
                }
            }

            return CaseRow.Of(CaseFold.Of(history.Select(Reread))!, 1) == CaseRow.Of(state!, 1) && MissesEachOnce(history);

            void Decide(Caller caller, CaseSignal signal)
            {
                foreach (var it in CaseDecider.Decide(Incident.Type, state, signal, CaseActor.Of(caller, world.Cases.ScopeOf("plant", "root")), now).Events)
                {
                    history.Add(new("2026-000001", history.Count + 1, now, caller.Id, it));
                    state = CaseFold.Apply(state, history[^1]);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    // A deadline is missed once, unless it was taken away and set again.
    private static bool MissesEachOnce(List<PlacedEvent> history)
    {
        DateTimeOffset? missed = null;
        foreach (var it in history.Select(placed => placed.Event))
        {
            if (it is CaseOverdue overdue && overdue.Due == missed)
            {
                return false;
            }

            missed = it switch { CaseOverdue late => late.Due, CaseDueChanged or CaseTransitioned => null, _ => missed };
        }

        return true;
    }

    // What was sent back stays until the next change.
    private static bool Fits(Case state, bool returned)
    {
        var holding = CaseConditions.Holding(Incident.Type, state).Select(task => task.Id).ToList();
        var due = CaseTiming.DueIn(Incident.Type.State(state.State), state.Severity, state.EnteredAt, WorkClock.Of(TimeZoneInfo.Utc));
        return due == state.Due
            && holding.TrueForAll(id => state.Task(id) is not null)
            && state.Tasks.All(task => holding.Contains(task.Id) || returned || !CaseLevels.IsUntouched(state, task))
            && state.Tasks.Select(task => task.Id).Distinct().Count() == state.Tasks.Length
            && state.Timers.Select(timer => timer.Key).Distinct().Count() == state.Timers.Length
            && state.Timers.All(timer => !CaseTiming.IsOfTask(timer) || state.Tasks.Any(task => CaseTiming.IsOf(timer, task.Id)));
    }

    private static CaseSignal Signal(int what) => what switch
    {
        0 => Revision(Band.Red),
        1 => Revision(Band.Orange),
        2 => Revision(Band.Yellow),
        3 => Revision(Band.Blue),
        4 => Revision(null, """{"deaths":3,"chemical":null}"""),
        5 => Revision(Band.Orange, """{"deaths":null,"chemical":true,"spot":"113.2 23.1"}"""),
        6 => new EndTask("verify", false, null),
        7 => new EndTask("evacuate", false, null),
        8 => new AssignTask("evacuate", new("wang", true)),
        9 => new ReturnTask("verify", "再核"),
        10 => Take("dispatch"),
        _ => Take("recall", """{"deaths":1}"""),
    };

    private static ReviseCase Revision(Band? severity, string fields = "{}") =>
        new(null, severity, null, JsonSerializer.Deserialize<Dictionary<string, JsonElement?>>(fields)!, "续报");

    private static PlacedEvent Reread(PlacedEvent placed) =>
        placed with { Event = CaseEventText.Read(CaseEventText.KindOf(placed.Event), CaseEventText.Write(placed.Event)) };

    private async Task<string> OpenAsync(Band severity, string fields = "{}") => (await world.OpenAsync(Order(fields: fields) with { Type = "incident", Severity = severity })).Id;

    private Task<CaseRow> ReviseAsync(string id, Band? severity, string fields = "{}") => world.DoAsync(Operator, id, Revision(severity, fields));

    private Task<CaseRow> PassAsync(string id) => world.DoAsync(Caller.System, id, new PassTime());

    private Case State(string id) => world.Cases.Find(Operator, id)!.State;

    private IEnumerable<CaseEvent> Events(string id) => world.Cases.Find(Operator, id)!.History.Select(row => row.Placed.Event);

    private string Progress(string id) => string.Join(", ", State(id).Tasks.Select(task => $"{task.Id} {task.Progress}"));

    // Of the state, in minutes from its beginning.
    private IEnumerable<string> TimersOf(string id) => State(id).Timers
        .Where(timer => !CaseTiming.IsOfTask(timer))
        .Select(timer => $"{timer.Key} {(timer.At - State(id).EnteredAt).TotalMinutes}{(timer.Fired ? " fired" : "")}");
}
