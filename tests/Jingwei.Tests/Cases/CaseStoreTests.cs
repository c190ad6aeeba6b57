using System.Collections.Immutable;
using Dapper;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Microsoft.Data.Sqlite;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

public sealed class CaseStoreTests : IDisposable
{
    private readonly CaseWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_case_goes_from_opening_to_its_end()
    {
        var row = await world.ClosedAsync();
        Assert.Equal(("2026-000001", "verified", true, "wang", 8L), (row.Id, row.State, row.Final, row.Assignee, row.Version));
        Assert.Equal(CaseTime.Of(Start), row.ClosedAt);
        Assert.Null(row.Due);
        Assert.Equal(
            ["opened", "field", "transition", "assigned", "field", "transition", "commented", "transition"], world.Kinds(row.Id));
        Assert.Equal(["\"换轴承\"", "\"bearing\""], world.Cases.Find(Operator, row.Id)!.State.Fields.Values.Select(value => value.Json));
    }

    [Fact]
    public async Task Everything_survives_a_restart()
    {
        var row = await world.ClosedAsync();
        var before = world.Cases.Find(Operator, row.Id)!.History.Select(line => (line.Seq, line.Content, Convert.ToHexString(line.Link))).ToList();
        world.Restart();
        Assert.Equal([row], world.Cases.List(Operator, Any, All).Items);
        Assert.Equal(before, world.Cases.Find(Operator, row.Id)!.History.Select(line => (line.Seq, line.Content, Convert.ToHexString(line.Link))));
        Assert.Equal("2026-000002", (await world.OpenAsync()).Id);
    }

    [Fact]
    public async Task A_lost_projection_is_made_again_from_the_history()
    {
        var row = await world.ClosedAsync();
        world.Tamper("DELETE FROM case_row");
        world.Restart();
        Assert.Equal([row], world.Cases.List(Operator, Any with { Query = "过热" }, All).Items);
    }

    [Fact]
    public async Task Numbers_begin_anew_with_the_partys_own_year()
    {
        // Shanghai is 8 hours ahead: its new year begins at 16:00 UTC.
        world.Time.Advance(new DateTimeOffset(2026, 12, 31, 15, 59, 59, TimeSpan.Zero) - Start);
        Assert.Equal("2026-000001", (await world.OpenAsync()).Id);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("2027-000001", (await world.OpenAsync()).Id);
        Assert.Equal("2027-000002", (await world.OpenAsync()).Id);
    }

    [Fact]
    public async Task A_refused_opening_leaves_no_trace()
    {
        Assert.Equal("title-invalid", (await world.TryOpenAsync(Operator, Order(""))).Refusal!.Code);
        Assert.Equal("2026-000001", (await world.OpenAsync()).Id);
        Assert.Single(world.Cases.List(Operator, Any, All).Items);
    }

    [Fact]
    public async Task The_same_alarm_opens_one_case()
    {
        var first = await world.OpenAsync(Raised("a1"));
        var again = await world.TryOpenAsync(Caller.System, Raised("a1"));
        Assert.False(again.Changed);
        Assert.Equal(first, again.Row);
        Assert.Equal(first.Id, world.Cases.OfAlarm("a1"));
    }

    [Fact]
    public async Task An_alarm_raised_again_is_linked_to_the_open_case_of_its_rule_and_thing()
    {
        var first = await world.OpenAsync(Raised("a1"));
        var again = await world.OpenAsync(Raised("a2"));
        Assert.Equal((first.Id, "a2", first.Version + 1), (again.Id, again.Alarm, again.Version));
        Assert.Equal(["a1", "a2"], world.Cases.Find(Operator, first.Id)!.State.Alarms);
        Assert.NotEqual(first.Id, (await world.OpenAsync(Raised("a3", thing: "m-02"))).Id);
        Assert.NotEqual(first.Id, (await world.OpenAsync(Raised("a4", rule: "silent"))).Id);
    }

    [Fact]
    public async Task A_rule_opens_what_it_declares_under_the_name_of_thing_and_rule()
    {
        var thing = new Thing("m-01", "machine", "M-01", "plant", "root", null, null, Start, 1);
        var opens = new OpensCase("work-order", ImmutableDictionary<string, string>.Empty.Add("symptom", "过热").Add("downtime", "2.5").Add("safe", "true"));
        var rule = new Rule(
            "spindle-hot", "factory", "machine", Band.Red, "true", null, TimeSpan.Zero, TimeSpan.Zero, null, opens,
            new Label("主轴过热", "Spindle hot"), Label.Of(""));
        var row = Accepted((await world.Cases.OpenForAsync(rule, thing, "a1", TestContext.Current.CancellationToken))!);
        Assert.Equal(("M-01 主轴过热", "M-01 Spindle hot", Band.Red, "m-01", "a1"), (row.TitleZh, row.TitleEn, row.Severity, row.Thing, row.Alarm));
        var fields = world.Cases.Find(Operator, row.Id)!.State.Fields;
        Assert.Equal([("downtime", "2.5"), ("safe", "true"), ("symptom", "\"过热\"")], fields.Select(field => (field.Key, field.Value.Json)));
        Assert.Null(await world.Cases.OpenForAsync(rule with { Opens = null }, thing, "a2", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_alarm_after_the_case_was_closed_opens_another()
    {
        var first = (await world.OpenAsync(Raised("a1"))).Id;
        await world.DoAsync(Operator, first, Take("take"));
        await world.DoAsync(Operator, first, Take("repair", """{"cause":"wear","action":"换"}"""));
        await world.DoAsync(Engineer, first, Take("verify"));
        Assert.NotEqual(first, (await world.OpenAsync(Raised("a2"))).Id);
        Assert.Equal(first, (await world.OpenAsync(Raised("a1"))).Id);
    }

    [Fact]
    public async Task What_a_caller_may_not_see_does_not_exist_for_him()
    {
        var id = (await world.OpenAsync()).Id;
        var stranger = User("stranger", Role.Administrator, "other");
        Assert.Null(world.Cases.Find(stranger, id));
        Assert.Empty(world.Cases.List(stranger, Any, All).Items);
        var hidden = (await world.TryAsync(stranger, id, new AddComment("x"))).Refusal;
        var missing = (await world.TryAsync(stranger, "2026-999999", new AddComment("x"))).Refusal;
        Assert.Equal(CaseRefusals.NotFound, hidden);
        Assert.Equal(hidden, missing);
    }

    [Fact]
    public async Task A_list_holds_the_callers_part_of_all_cases()
    {
        var mine = await world.OpenAsync();
        var root = User("chief", Role.Operator, "root");
        var others = Accepted(await world.TryOpenAsync(root, Order() with { Party = "other" }));
        Assert.Equal([mine], world.Cases.List(Operator, Any, All).Items);
        Assert.Equal([others, mine], world.Cases.List(root, Any, All).Items);
    }

    [Fact]
    public async Task Of_two_who_saw_the_same_version_one_wins()
    {
        var seen = await world.OpenAsync();
        var first = await world.TryAsync(Operator, seen.Id, Take("take"), seen.Version);
        var second = await world.TryAsync(Engineer, seen.Id, Take("assign", assignee: "li"), seen.Version);
        Assert.True(first.Changed);
        Assert.Equal((412, "version-conflict"), (second.Refusal!.Status, second.Refusal.Code));
        Assert.Equal("wang", world.Cases.Find(Operator, seen.Id)!.State.Assignee);
    }

    [Fact]
    public async Task Of_many_at_once_exactly_one_takes_the_case()
    {
        var seen = await world.OpenAsync();
        using var start = new Barrier(8);
        var asked = new Task<CaseOutcome>[8];
        var threads = Enumerable.Range(0, 8).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            asked[index] = world.TryAsync(User($"u{index}", Role.Operator), seen.Id, Take("take"), seen.Version);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var outcomes = await Task.WhenAll(asked);
        Assert.Single(outcomes, outcome => outcome.Changed);
        Assert.Equal(7, outcomes.Count(outcome => outcome.Refusal?.Code == "version-conflict"));
        Assert.Empty(world.Verify().Altered);
    }

    [Fact]
    public async Task The_same_key_and_request_give_the_same_answer_and_act_once()
    {
        var once = new Once("User:wang", "k1", [1]);
        var first = await world.TryOpenAsync(Operator, Order(), once);
        await world.DoAsync(Operator, first.Row!.Id, new AddComment("x"));
        world.Restart();
        var again = await world.TryOpenAsync(Operator, Order(), once);
        Assert.Equal(first.Row, again.Row);
        Assert.False(again.Changed);
        Assert.Single(world.Cases.List(Operator, Any, All).Items);
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_refused()
    {
        await world.TryOpenAsync(Operator, Order(), new Once("User:wang", "k1", [1]));
        var other = await world.TryOpenAsync(Operator, Order("别的"), new Once("User:wang", "k1", [2]));
        Assert.Equal((422, "idempotency-key-reused"), (other.Refusal!.Status, other.Refusal.Code));
        Assert.True((await world.TryOpenAsync(Operator, Order(), new Once("User:li", "k1", [2]))).Changed);
    }

    [Fact]
    public async Task A_key_is_free_again_after_a_day_and_after_a_refusal()
    {
        var once = new Once("User:wang", "k1", [1]);
        Assert.NotNull((await world.TryOpenAsync(Operator, Order(""), once)).Refusal);
        Assert.True((await world.TryOpenAsync(Operator, Order(), once)).Changed);
        world.Time.Advance(CaseLimits.AnswerAge - TimeSpan.FromMicroseconds(1));
        Assert.False((await world.TryOpenAsync(Operator, Order(), once)).Changed);
        world.Time.Advance(TimeSpan.FromMicroseconds(1));
        Assert.True((await world.TryOpenAsync(Operator, Order(), once)).Changed);
        Assert.Equal(1, world.Database.Read(store => store.ExecuteScalar<long>("SELECT count(*) FROM case_answer")));
    }

    [Fact]
    public async Task Changes_are_told_after_they_are_stored()
    {
        var changes = world.Cases.Changes.Subscribe(8);
        var opened = await world.OpenAsync();
        var taken = await world.DoAsync(Operator, opened.Id, Take("take"));
        Assert.Equal([opened, taken], await changes.ReadAllAsync(TestContext.Current.CancellationToken).Take(2).ToListAsync(TestContext.Current.CancellationToken));
        Assert.NotNull((await world.TryAsync(Operator, opened.Id, Take("take"))).Refusal);
        Assert.False(changes.TryRead(out _));
    }

    [Theory]
    [InlineData("DELETE FROM case_event WHERE position = 2")]
    [InlineData("DELETE FROM case_event")]
    [InlineData("UPDATE case_event SET content = '{}' WHERE kind = 'commented'")]
    [InlineData("UPDATE case_event SET content = NULL WHERE kind = 'commented'")]
    [InlineData("UPDATE case_event SET salt = NULL WHERE kind = 'commented'")]
    [InlineData("UPDATE case_event SET content = NULL, salt = NULL WHERE kind = 'transition'")]
    [InlineData("UPDATE case_event SET content = NULL, salt = NULL, actor = 'x' WHERE kind = 'commented'")]
    [InlineData("UPDATE case_event SET at = at + 1")]
    [InlineData("UPDATE case_event SET position = position + 100")]
    [InlineData("UPDATE OR REPLACE case_event SET position = 1 WHERE position = 2")]
    [InlineData("INSERT OR REPLACE INTO case_event SELECT * FROM case_event WHERE position = 3")]
    [InlineData("INSERT OR REPLACE INTO case_event SELECT position + 8, case_id, seq, at, actor, kind, content, salt, commitment, link FROM case_event WHERE position = 1")]
    [InlineData("INSERT INTO case_event SELECT position + 9, case_id, seq + 9, at, actor, kind, content, salt, commitment, link FROM case_event WHERE position = 1")]
    public async Task History_refuses_what_is_not_appending(string sql)
    {
        await world.ClosedAsync();
        var refused = Assert.Throws<SqliteException>(() => world.Database.Write((store, transaction) => store.Execute(sql, transaction: transaction)));
        Assert.Contains("case_event", refused.Message, StringComparison.Ordinal);
        Assert.Empty(world.Verify().Altered);
        Assert.Equal(8, world.Verify().Events);
    }

    [Fact]
    public async Task Erased_words_are_gone_and_the_history_still_verifies()
    {
        var id = (await world.ClosedAsync()).Id;
        var row = Accepted(await world.TryEraseAsync(Administrator, id, 7, "应本人要求"));
        Accepted(await world.TryEraseAsync(Administrator, id, 2, "标题有姓名"));
        Assert.Equal(9, row.Version);
        var file = world.Cases.Find(Operator, id)!;
        Assert.Null(file.History[6].Content);
        Assert.Equal("commented", file.History[6].Kind);
        Assert.Null(file.State.Title);
        Assert.Empty(world.Cases.List(Operator, Any with { Query = "主轴" }, All).Items);
        Assert.Single(world.Cases.List(Operator, Any with { Query = "轴承" }, All).Items);
        var verdict = world.Verify();
        Assert.Empty(verdict.Altered);
        Assert.Equal(2, verdict.Erased);
        Assert.Equal("nothing-to-erase", (await world.TryEraseAsync(Administrator, id, 7, "再次")).Refusal!.Code);
    }

    [Fact]
    public async Task Erased_words_are_in_no_file_any_more()
    {
        var id = (await world.TryOpenAsync(Operator, Order("张三 13800000000"), new Once("User:wang", "k1", [1]))).Row!.Id;
        Assert.True(FilesHold("13800000000"));
        Accepted(await world.TryEraseAsync(Administrator, id, 2, "应本人要求"));
        Assert.False(FilesHold("13800000000"));
        Assert.False(FilesHold("张三"));
    }

    private bool FilesHold(string words) => System.IO.Directory.EnumerateFiles(world.Folder).Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(words)) >= 0;
    });

    private static CaseFilter Any { get; } = new(null, null, null, null, null, null, null, null);

    private static PageRequest All { get; } = new(null, 100);
}
