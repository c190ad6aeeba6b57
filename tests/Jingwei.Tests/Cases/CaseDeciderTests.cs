using System.Collections.Immutable;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Packs.Model;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

public sealed class CaseDeciderTests
{
    private static readonly DateTimeOffset Now = Start;
    private static readonly CaseActor Wang = new("wang", true, Right.Operate);
    private static readonly CaseActor Li = new("li", true, Right.Configure);

    [Fact]
    public void Opening_says_state_deadline_title_and_fields()
    {
        var events = Events(CaseDecider.Decide(WorkOrder.Type, null, Order(fields: """{"symptom":"异响","downtime":3.50,"safe":null}"""), Wang, Now));
        Assert.Equal(2, events.Length);
        Assert.Equal(
            new CaseOpened("work-order", "breakdown", Now.AddMinutes(10), Band.Orange, null, "plant", "root", null), events[0]);
        var fields = Assert.IsType<CaseFieldsChanged>(events[1]);
        Assert.Equal(Label.Of("M-01 主轴过热"), fields.Title);
        Assert.Equal([("downtime", "3.5"), ("symptom", "\"异响\"")], fields.Fields!.Select(field => (field.Key, field.Value!.Value.Json)));
    }

    [Fact]
    public void Opening_by_a_rule_links_its_alarm()
    {
        var events = Events(CaseDecider.Decide(WorkOrder.Type, null, Raised("a1"), Wang, Now));
        Assert.Equal("spindle-hot", Assert.IsType<CaseOpened>(events[0]).Rule);
        Assert.Equal(new CaseAlarmLinked("a1"), events[2]);
    }

    // Transition, state it is taken in, assignee of the case, actor's right, fields held; then what comes of it.
    [Theory]
    [InlineData("assign", "breakdown", null, Right.Operate, "li", null, "transition assigned", "assigned li")]
    [InlineData("assign", "assigned", "wang", Right.Operate, "li", null, "transition assigned", "assigned li")]
    [InlineData("take", "breakdown", null, Right.Operate, null, null, "transition assigned", "assigned wang")]
    [InlineData("take", "breakdown", null, Right.Administer, null, "我去", "transition assigned", "assigned wang", "commented 我去")]
    [InlineData("reject", "repaired", "li", Right.Configure, null, "仍有异响", "transition assigned", "commented 仍有异响")]
    [InlineData("verify", "repaired", "li", Right.Configure, null, null, "transition verified")]
    public void A_transition_that_is_allowed_happens(
        string transition, string state, string? held, Right right, string? assignee, string? comment, params string[] expected)
    {
        var events = Events(CaseDecider.Decide(
            WorkOrder.Type, In(state, held), Take(transition, assignee: assignee, comment: comment), new("wang", true, right), Now));
        Assert.Equal(expected, events.Select(Words));
    }

    [Theory]
    [InlineData("assign", "breakdown", null, Right.View, "li", null, 403, "right-missing")]
    [InlineData("assign", "repaired", null, Right.Operate, "li", null, 409, "transition-not-from-state")]
    [InlineData("assign", "verified", null, Right.Operate, "li", null, 409, "transition-not-from-state")]
    [InlineData("assign", "breakdown", null, Right.Operate, null, null, 422, "assignee-required")]
    [InlineData("take", "breakdown", null, Right.View, null, null, 403, "right-missing")]
    [InlineData("take", "assigned", null, Right.Operate, null, null, 409, "transition-not-from-state")]
    [InlineData("take", "breakdown", null, Right.Operate, "li", null, 422, "assignee-unexpected")]
    [InlineData("repair", "assigned", "li", Right.Administer, null, null, 403, "not-assignee")]
    [InlineData("repair", "assigned", null, Right.Operate, null, null, 403, "not-assignee")]
    [InlineData("repair", "assigned", "wang", Right.Operate, null, null, 422, "fields-missing")]
    [InlineData("repair", "breakdown", "wang", Right.Operate, null, null, 409, "transition-not-from-state")]
    [InlineData("reject", "repaired", null, Right.Operate, null, "不行", 403, "right-missing")]
    [InlineData("reject", "repaired", null, Right.Configure, null, null, 422, "comment-required")]
    [InlineData("reject", "repaired", null, Right.Configure, null, "  ", 422, "comment-required")]
    [InlineData("verify", "repaired", null, Right.Operate, null, null, 403, "right-missing")]
    [InlineData("verify", "assigned", null, Right.Configure, null, null, 409, "transition-not-from-state")]
    [InlineData("dance", "assigned", null, Right.Administer, null, null, 404, "transition-unknown")]
    public void A_transition_that_is_not_allowed_is_refused(
        string transition, string state, string? held, Right right, string? assignee, string? comment, int status, string code)
    {
        var refusal = Refusal(CaseDecider.Decide(
            WorkOrder.Type, In(state, held), Take(transition, assignee: assignee, comment: comment), new("wang", true, right), Now));
        Assert.Equal((status, code), (refusal.Status, refusal.Code));
    }

    [Fact]
    public void Nobody_without_any_right_moves_a_case() =>
        Assert.Equal("right-missing", Refusal(CaseDecider.Decide(
            WorkOrder.Type, In("breakdown"), Take("take"), new("wang", true, null), Now)).Code);

    [Fact]
    public void A_token_cannot_take_a_case_for_itself() =>
        Assert.Equal("not-a-user", Refusal(CaseDecider.Decide(
            WorkOrder.Type, In("breakdown"), Take("take"), new("robot", false, Right.Operate), Now)).Code);

    [Fact]
    public void An_assignee_who_may_not_operate_is_refused()
    {
        var take = Take("assign") with { Assignee = new CaseAssignee("guest", false) };
        Assert.Equal("assignee-not-allowed", Refusal(CaseDecider.Decide(WorkOrder.Type, In("breakdown"), take, Wang, Now)).Code);
    }

    [Fact]
    public void Required_fields_may_come_with_the_transition_or_be_held()
    {
        var state = In("assigned", "wang") with { Fields = In("assigned").Fields.Add("cause", new FieldValue("\"wear\"")) };
        var refusal = Refusal(CaseDecider.Decide(WorkOrder.Type, state, Take("repair"), Wang, Now));
        Assert.Equal(["action"], refusal.Errors.Keys);
        var events = Events(CaseDecider.Decide(WorkOrder.Type, state, Take("repair", """{"action":"换轴承"}"""), Wang, Now));
        Assert.Equal(["field action", "transition repaired"], events.Select(Words));
    }

    [Fact]
    public void A_required_field_cannot_be_cleared_on_the_way()
    {
        var state = In("assigned", "wang") with
        {
            Fields = In("assigned").Fields.Add("cause", new FieldValue("\"wear\"")).Add("action", new FieldValue("\"x\"")),
        };
        Assert.Equal(["cause"], Refusal(CaseDecider.Decide(WorkOrder.Type, state, Take("repair", """{"cause":null}"""), Wang, Now)).Errors.Keys);
    }

    [Theory]
    [InlineData("""{"cause":"rust"}""", "cause", "expected one of wear, bearing")]
    [InlineData("""{"cause":7}""", "cause", "expected one of wear, bearing")]
    [InlineData("""{"action":"123456789012345678901"}""", "action", "expected at most 20 characters")]
    [InlineData("""{"action":true}""", "action", "expected text")]
    [InlineData("""{"downtime":"3"}""", "downtime", "expected a number")]
    [InlineData("""{"downtime":-1}""", "downtime", "expected 0 to 1000")]
    [InlineData("""{"downtime":1001}""", "downtime", "expected 0 to 1000")]
    [InlineData("""{"downtime":1e999}""", "downtime", "expected a number")]
    [InlineData("""{"safe":"yes"}""", "safe", "expected true or false")]
    [InlineData("""{"place":"200 10"}""", "place", "expected \"longitude latitude\" in degrees")]
    [InlineData("""{"place":[1,2]}""", "place", "expected \"longitude latitude\" in degrees")]
    [InlineData("""{"colour":"red"}""", "colour", "unknown field")]
    public void A_field_that_is_not_as_declared_is_refused_by_name(string fields, string field, string fault)
    {
        var refusal = Refusal(CaseDecider.Decide(WorkOrder.Type, null, Order(fields: fields), Wang, Now));
        Assert.Equal((422, "fields-invalid"), (refusal.Status, refusal.Code));
        Assert.Equal([fault], refusal.Errors[field]);
    }

    [Theory]
    [InlineData("""{"safe":false}""", "false")]
    [InlineData("""{"place":"117.12 36.65"}""", "\"117.12 36.65\"")]
    [InlineData("""{"downtime":1000}""", "1000")]
    [InlineData("""{"cause":"wear"}""", "\"wear\"")]
    public void A_field_as_declared_is_taken(string fields, string json)
    {
        var changed = Events(CaseDecider.Decide(WorkOrder.Type, null, Order(fields: fields), Wang, Now)).OfType<CaseFieldsChanged>().Single();
        Assert.Equal(json, Assert.Single(changed.Fields!).Value!.Value.Json);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_title_or_comment_is_refused(string text)
    {
        Assert.Equal("title-invalid", Refusal(CaseDecider.Decide(WorkOrder.Type, null, Order(text), Wang, Now)).Code);
        Assert.Equal("comment-required", Refusal(CaseDecider.Decide(WorkOrder.Type, In("assigned"), new AddComment(text), Wang, Now)).Code);
    }

    [Fact]
    public void Too_long_a_title_or_comment_is_refused()
    {
        Assert.Equal("title-invalid", Refusal(CaseDecider.Decide(WorkOrder.Type, null, Order(new string('x', 201)), Wang, Now)).Code);
        var comment = new AddComment(new string('x', 4001));
        Assert.Equal("comment-too-long", Refusal(CaseDecider.Decide(WorkOrder.Type, In("assigned"), comment, Wang, Now)).Code);
    }

    [Fact]
    public void A_viewer_neither_opens_nor_comments()
    {
        var viewer = Wang with { Highest = Right.View };
        Assert.Equal("right-missing", Refusal(CaseDecider.Decide(WorkOrder.Type, null, Order(), viewer, Now)).Code);
        Assert.Equal("right-missing", Refusal(CaseDecider.Decide(WorkOrder.Type, In("assigned"), new AddComment("x"), viewer, Now)).Code);
    }

    [Fact]
    public void A_closed_case_still_takes_comments() =>
        Assert.Equal(["commented 谢谢"], Events(CaseDecider.Decide(WorkOrder.Type, In("verified"), new AddComment("谢谢"), Wang, Now)).Select(Words));

    [Fact]
    public void An_uninstalled_type_opens_and_moves_nothing()
    {
        Assert.Equal("case-type-unknown", Refusal(CaseDecider.Decide(null, null, Order(), Wang, Now)).Code);
        Assert.Equal("case-type-unknown", Refusal(CaseDecider.Decide(null, In("breakdown"), Take("take"), Wang, Now)).Code);
    }

    [Fact]
    public void A_deadline_is_marked_at_its_instant_and_once()
    {
        var state = Waits();
        Assert.Empty(Events(CaseDecider.Decide(WorkOrder.Type, state, new PassTime(), Wang, Now.AddMicroseconds(-1))));
        Assert.Equal(new CaseOverdue("breakdown", Now), Assert.Single(Events(CaseDecider.Decide(WorkOrder.Type, state, new PassTime(), Wang, Now))));
        Assert.Empty(Events(CaseDecider.Decide(WorkOrder.Type, state with { Late = true, Timers = [new(CaseTiming.Due, Now, Fired: true)] }, new PassTime(), Wang, Now)));
        Assert.Empty(Events(CaseDecider.Decide(WorkOrder.Type, state with { Final = true }, new PassTime(), Wang, Now)));
    }

    [Fact]
    public void Leaving_a_state_after_its_deadline_marks_it_first()
    {
        var events = Events(CaseDecider.Decide(WorkOrder.Type, Waits(), Take("take"), Wang, Now));
        Assert.Equal(["overdue breakdown", "transition assigned", "assigned wang"], events.Select(Words));
    }

    [Fact]
    public void Assigning_anew_within_a_state_does_not_move_its_deadline()
    {
        var state = In("assigned", "wang") with { Due = Now.AddHours(1) };
        var moved = Events(CaseDecider.Decide(WorkOrder.Type, state, Take("assign", assignee: "li"), Li, Now)).OfType<CaseTransitioned>().Single();
        Assert.Equal(Now.AddHours(1), moved.Due);
    }

    [Fact]
    public void Only_an_administrator_erases_and_only_comments_and_fields()
    {
        var administrator = Li with { Highest = Right.Administer };
        Assert.Equal("right-missing", Refusal(CaseDecider.Decide(null, In("assigned"), new EraseEvent(3, "commented", "法"), Li, Now)).Code);
        Assert.Equal("nothing-to-erase", Refusal(CaseDecider.Decide(null, In("assigned"), new EraseEvent(1, "opened", "法"), administrator, Now)).Code);
        Assert.Equal("nothing-to-erase", Refusal(CaseDecider.Decide(null, In("assigned"), new EraseEvent(9, null, "法"), administrator, Now)).Code);
        Assert.Equal("comment-required", Refusal(CaseDecider.Decide(null, In("assigned"), new EraseEvent(3, "commented", ""), administrator, Now)).Code);
        Assert.Equal(
            new CaseErased(3, "法"), Assert.Single(Events(CaseDecider.Decide(null, In("assigned"), new EraseEvent(3, "commented", "法"), administrator, Now))));
    }

    [Fact]
    public void A_full_history_takes_nothing_but_the_passing_of_time()
    {
        var full = Waits() with { Version = CaseLimits.Events };
        Assert.Equal("case-history-full", Refusal(CaseDecider.Decide(WorkOrder.Type, full, new AddComment("x"), Wang, Now)).Code);
        Assert.Single(Events(CaseDecider.Decide(WorkOrder.Type, full, new PassTime(), Wang, Now)));
    }

    private static Case In(string state, string? assignee = null) => new(
        "2026-000001", "work-order", Label.Of("x"), state, state == "verified", Band.Orange, null, "plant", "root", assignee, Now, "wang",
        null, false, null, null, [], ImmutableSortedDictionary<string, FieldValue>.Empty, 2);

    private static Case Waits() => In("breakdown") with { Due = Now, Timers = [new(CaseTiming.Due, Now)] };

    private static ImmutableArray<CaseEvent> Events(Decision decision)
    {
        Assert.Null(decision.Refusal);
        return decision.Events;
    }

    private static Refusal Refusal(Decision decision)
    {
        Assert.Empty(decision.Events);
        return decision.Refusal!;
    }

    private static string Words(CaseEvent it) => it switch
    {
        CaseTransitioned moved => $"transition {moved.To}",
        CaseAssigned assigned => $"assigned {assigned.Assignee}",
        CaseCommented commented => $"commented {commented.Text}",
        CaseFieldsChanged changed => $"field {string.Join(' ', changed.Fields!.Keys)}",
        CaseOverdue overdue => $"overdue {overdue.State}",
        _ => it.ToString(),
    };
}
