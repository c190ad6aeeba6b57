using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Packs.Model;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

public sealed class CasePropertyTests : IDisposable
{
    private static readonly CaseFilter Any = new(null, null, null, null, null, null, null, null);

    private static readonly (Caller Caller, CaseSignal Signal)[] Signals =
    [
        (Operator, Take("take")),
        (Operator, Take("assign", assignee: "wang")),
        (Engineer, Take("assign", assignee: "li", comment: "请处理")),
        (Operator, Take("repair", """{"cause":"wear","action":"换轴承"}""")),
        (Engineer, Take("repair", """{"downtime":3}""")),
        (Operator, Take("repair", """{"action":null}""")),
        (Engineer, Take("reject", comment: "仍有异响")),
        (Engineer, Take("reject")),
        (Engineer, Take("verify")),
        (Operator, Take("verify")),
        (Operator, new AddComment("等备件")),
        (User("guest", Role.Viewer), new AddComment("x")),
        (Caller.System, new LinkAlarm("a1")),
        (Caller.System, new LinkAlarm("a2")),
        (Caller.System, new PassTime()),
        (Engineer, new PassCase(Passing.Reassigned, new("zhou", true), "换人")),
        (Operator, new PassCase(Passing.HandedOver, null, null)),
        (Operator, new DelegateCase(new("zhou", true), null)),
        (Operator, new ReturnCase("不归我")),
        (Operator, new ReviseCase(null, Band.Red, null, new Dictionary<string, JsonElement?> { ["downtime"] = null, ["symptom"] = JsonSerializer.SerializeToElement("烟") }, "核实")),
        (Engineer, new ReviseCase(Label.Of("另一个标题"), Band.Blue, null, new Dictionary<string, JsonElement?>(), "核实")),
        (Engineer, new SuperviseCase(SupervisionKind.Urge, "抓紧", TimeSpan.FromMinutes(30)) { From = "root" }),
        (Engineer, new SuperviseCase(SupervisionKind.Ask, "几点能好", null) { From = "root" }),
        (Operator, new AnswerSupervision(3, "在修")),
        (Engineer, new AnswerSupervision(4, "在修")),
        (Engineer, new RateCase(5, null)),
        (Operator, new LinkCase("2026-009999", true, null)),
        (Administrator, new EraseEvent(2, CaseEventText.Fields, "清")),
    ];

    private readonly CaseWorld world = new();

    public void Dispose() => world.Dispose();

    /// <summary>Whatever is asked for in whatever order: what was taken folds to what lists show, and every event reads back.</summary>
    [Fact]
    public void Any_signals_fold_to_the_state_that_they_were_decided_on()
    {
        var steps = Gen.Choose(0, Signals.Length - 1).Zip(Gen.Choose(0, 200)).ListOf().Select(list => list.ToArray()).ToArbitrary();
        Prop.ForAll(steps, walk =>
        {
            Case? state = null;
            var now = Start;
            var history = new List<PlacedEvent>();
            Decide(Operator, Order(fields: """{"symptom":"异响"}"""));
            foreach (var (signal, minutes) in walk)
            {
                now += TimeSpan.FromMinutes(minutes);
                Decide(Signals[signal].Caller, Signals[signal].Signal);
            }

            var read = history.Select(placed => placed with { Event = Reread(placed.Event) });
            return CaseRow.Of(CaseFold.Of(read)!, 1) == CaseRow.Of(state!, 1) && state!.Version == history.Count && LateOncePerState(history);

            void Decide(Caller caller, CaseSignal signal)
            {
                var actor = CaseActor.Of(caller, world.Cases.ScopeOf("plant", "root"));
                foreach (var it in CaseDecider.Decide(WorkOrder.Type, state, signal, actor, now).Events)
                {
                    var placed = new PlacedEvent("2026-000001", history.Count + 1, now, caller.Id, it);
                    history.Add(placed);
                    state = CaseFold.Apply(state, placed);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public async Task Any_signals_leave_a_store_that_verifies()
    {
        // A seed of its own: the same walk each time.
        var chance = new System.Random(20260302);
        for (var walk = 0; walk < 12; walk++)
        {
            var id = (await world.OpenAsync()).Id;
            for (var step = 0; step < 12; step++)
            {
                world.Time.Advance(TimeSpan.FromMinutes(chance.Next(30)));
                var (caller, signal) = Signals[chance.Next(Signals.Length)];
                // Alarms belong to one case each.
                var own = signal is LinkAlarm alarm ? new LinkAlarm($"{id}/{alarm.Alarm}") : signal;
                await (own is EraseEvent erase ? world.TryEraseAsync(caller, id, erase.Seq, erase.Reason) : world.TryAsync(caller, id, own));
            }
        }

        Assert.Empty(world.Verify().Altered);
        var before = world.Cases.List(Administrator, Any, new PageRequest(null, 100)).Items;
        Assert.Equal(12, before.Count);
        world.Tamper("DELETE FROM case_row");
        world.Restart();
        Assert.Equal(before, world.Cases.List(Administrator, Any, new PageRequest(null, 100)).Items);
    }

    private static bool LateOncePerState(List<PlacedEvent> history)
    {
        var late = false;
        foreach (var placed in history)
        {
            switch (placed.Event)
            {
                case CaseOverdue when late:
                    return false;
                case CaseOverdue:
                    late = true;
                    break;
                case CaseTransitioned moved when moved.From != moved.To:
                    late = false;
                    break;
            }
        }

        return true;
    }

    private static CaseEvent Reread(CaseEvent it)
    {
        var text = CaseEventText.Write(it);
        var read = CaseEventText.Read(CaseEventText.KindOf(it), text);
        return CaseEventText.Write(read) == text ? read : throw new JsonException(text);
    }
}
