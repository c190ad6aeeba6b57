using Dapper;
using Jingwei.Server.Cases;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

/// <summary>Alters the store as one would who has the file; verification has to name that very row, and no other.</summary>
public sealed class CaseVerificationTests : IAsyncLifetime
{
    private const string First = "2026-000001";
    private const string Second = "2026-000002";
    private readonly CaseWorld world = new();

    // Positions 1 to 8 are the first case's, 9 to 11 the second's opening, 12 and 13 the third's, 14 the second's again.
    public async ValueTask InitializeAsync()
    {
        await world.ClosedAsync();
        await world.OpenAsync(Raised("a1"));
        await world.OpenAsync();
        await world.OpenAsync(Raised("a2"));
        // What a moment later is so by itself.
        world.Cases.CatchUp();
    }

    public ValueTask DisposeAsync()
    {
        world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void An_untouched_store_is_intact()
    {
        var verdict = Verify();
        Assert.Empty(verdict.Altered);
        Assert.Equal((14L, 3L, 0L), (verdict.Events, verdict.Cases, verdict.Erased));
    }

    [Fact]
    public void Any_single_altered_column_of_any_event_names_that_row_alone()
    {
        string[] alterations =
        [
            "at = at + 1", "actor = actor || 'x'", "kind = upper(kind)", "content = content || ' '", "content = replace(content, '}', ' }')",
            "content = NULL", "salt = NULL", "salt = zeroblob(32)", "salt = x'00'", "commitment = zeroblob(32)", "commitment = x''",
            "link = zeroblob(32)", "link = x'01'", "case_id = '2026-000099'", "seq = seq + 50", "content = NULL, salt = zeroblob(32)",
        ];
        foreach (var position in Enumerable.Range(1, 14))
        {
            foreach (var alteration in alterations)
            {
                AssertNames(position, alteration);
            }
        }
    }

    [Fact]
    public void Any_altered_byte_of_a_link_commitment_or_salt_names_that_row_alone()
    {
        foreach (var column in new[] { "salt", "commitment", "link" })
        {
            for (var index = 1; index <= 32; index++)
            {
                var position = index % 14 + 1;
                AssertNames(position, $"{column} = (SELECT CAST(substr({column}, 1, {index - 1}) || CASE substr({column}, {index}, 1) WHEN x'00' THEN x'01' ELSE x'00' END || substr({column}, {index + 1}) AS BLOB))");
            }
        }
    }

    [Fact]
    public void Erasing_what_is_never_erased_names_that_row()
    {
        world.Tamper("UPDATE case_event SET content = NULL, salt = NULL WHERE position = 6");
        Assert.Equal([("case_event", First, 6L, 6L)], Rows());
        Assert.Equal("erased, which its kind never is", Verify().Altered[0].What);
    }

    [Theory]
    [InlineData("position = 4", First, 4)]
    [InlineData("position = 1", First, 1)]
    [InlineData("position = 8", First, 8)]
    [InlineData("position = 14", Second, 4)]
    public void A_deleted_event_is_named_as_missing(string where, string id, long seq)
    {
        world.Tamper($"DELETE FROM case_event WHERE {where}");
        var row = Assert.Single(Verify().Altered);
        Assert.Equal(("case_event", id, seq, "missing"), (row.Table, row.Case, row.Seq, row.What));
    }

    [Theory]
    [InlineData(5, 105)]
    [InlineData(1, 15)]
    [InlineData(13, 16)]
    [InlineData(5, 0)]
    [InlineData(2, -7)]
    public void A_row_moved_to_another_position_is_named_alone(long from, long to)
    {
        var row = world.Database.Read(store => store.QuerySingle<CaseEventRow>(
            $"SELECT {CaseHistory.Columns} FROM case_event WHERE position = @from", new { from }));
        world.Tamper("UPDATE case_event SET position = @to WHERE position = @from", new { from, to });
        Assert.Equal([("case_event", row.Case, row.Seq, to)], Rows());
    }

    [Fact]
    public void A_case_deleted_with_all_its_traces_leaves_a_gap()
    {
        world.Tamper("DELETE FROM case_event WHERE case_id = '2026-000003'; DELETE FROM case_row WHERE id = '2026-000003'; DELETE FROM case_deadline WHERE case_id = '2026-000003'; DELETE FROM case_words_docsize WHERE id IN (12, 13)");
        Assert.Equal(
            [new AlteredRow("case_event", null, null, 12, "missing, with all up to 13")], Verify().Altered);
    }

    [Fact]
    public void A_forged_event_at_the_end_is_named()
    {
        world.Tamper(
            """
            INSERT INTO case_event SELECT 15, case_id, 5, at, actor, kind, content, salt, commitment, link FROM case_event WHERE position = 14
            """);
        Assert.Equal([("case_event", Second, 5L, 15L)], Rows());
    }

    [Theory]
    [InlineData("title_zh = 'x'", "TitleZh")]
    [InlineData("title_en = 'x'", "TitleEn")]
    [InlineData("state = 'assigned'", "State")]
    [InlineData("severity = 'blue'", "Severity")]
    [InlineData("thing = 'm-09'", "Thing")]
    [InlineData("party = 'other'", "Party")]
    [InlineData("region = 'x'", "Region")]
    [InlineData("assignee = 'x'", "Assignee")]
    [InlineData("opened_at = opened_at - 1", "OpenedAt")]
    [InlineData("opened_by = 'x'", "OpenedBy")]
    [InlineData("due = due + 1", "Due")]
    [InlineData("late = 1", "Late")]
    [InlineData("closed_at = 1", "ClosedAt")]
    [InlineData("alarm = 'a9'", "Alarm")]
    [InlineData("rule = NULL", "Rule")]
    [InlineData("type = 'x'", "Type")]
    [InlineData("final = 1", "Final")]
    [InlineData("ordinal = 99", "Ordinal")]
    [InlineData("delegate = 'x'", "Delegate")]
    [InlineData("entered_at = 1", "EnteredAt")]
    [InlineData("level = 1", "Level")]
    [InlineData("tasks = 1", "Tasks")]
    [InlineData("tasks_over = 1", "TasksOver")]
    [InlineData("evidence = 1", "Evidence")]
    [InlineData("merged_into = 'x'", "MergedInto")]
    [InlineData("mark = 5", "Mark")]
    [InlineData("definition = NULL", "Definition")]
    [InlineData("version = 2", "Version")]
    public void Any_altered_column_of_a_case_row_names_that_row_alone(string alteration, string column)
    {
        world.Tamper($"UPDATE case_row SET {alteration} WHERE id = '{Second}'");
        Assert.Equal(
            [new AlteredRow("case_row", Second, null, null, $"differs from its history: {column}")], Verify().Altered);
    }

    [Fact]
    public void A_deleted_case_row_is_named()
    {
        world.Tamper($"DELETE FROM case_row WHERE id = '{Second}'");
        Assert.Equal([new AlteredRow("case_row", Second, null, null, "missing")], Verify().Altered);
    }

    [Fact]
    public void An_altered_index_is_named()
    {
        world.Tamper($"UPDATE case_alarm SET alarm = 'a9' WHERE alarm = 'a1'");
        world.Tamper($"UPDATE case_deadline SET at = at + 1 WHERE case_id = '{Second}'");
        world.Tamper($"INSERT INTO case_holder (user, case_id) VALUES ('li', '{First}')");
        world.Tamper("UPDATE case_words_docsize SET sz = x'01' WHERE id = 2");
        Assert.Equal(
            [
                ("case_words", First, 2L, 2L), ("case_alarm", Second, null, null), ("case_deadline", Second, null, null), ("case_holder", First, null, (long?)null),
            ],
            Rows());
    }

    [Fact]
    public async Task A_history_written_anew_is_found_out_by_a_head_that_was_kept()
    {
        var kept = Verify().Head;
        Assert.True(world.Database.Read(store => CaseVerification.Holds(store, kept)));
        await world.OpenAsync();
        Assert.True(world.Database.Read(store => CaseVerification.Holds(store, kept)));
        using var another = new CaseWorld();
        await another.ClosedAsync();
        Assert.Empty(another.Verify().Altered);
        Assert.False(another.Database.Read(store => CaseVerification.Holds(store, kept)));
    }

    [Fact]
    public void The_command_says_intact_altered_or_unusable_by_its_exit_code()
    {
        // The server beside it keeps running.
        Assert.Equal((VerifyCommand.Intact, true), Command("--data", world.Folder));
        world.Tamper("UPDATE case_event SET actor = 'x' WHERE position = 3");
        Assert.Equal((VerifyCommand.Altered, false), Command("--data", world.Folder));
        world.Cases.Dispose();
        world.Database.Dispose();
        Assert.Equal((VerifyCommand.Altered, false), Command("--data", world.Folder, "--json"));
        Assert.Equal(VerifyCommand.Unusable, Command("--data", Path.Combine(world.Folder, "nowhere")).Code);
        File.WriteAllText(Path.Combine(world.Folder, "jingwei.db"), new string('x', 4096));
        Assert.Equal(VerifyCommand.Unusable, Command("--data", world.Folder).Code);
    }

    [Fact]
    public void The_command_finds_a_head_missing()
    {
        Assert.Equal((VerifyCommand.Intact, true), Command("--data", world.Folder, "--head", Verify().Head));
        Assert.Equal((VerifyCommand.Altered, false), Command("--data", world.Folder, "--head", new string('0', 64)));
    }

    private static (int Code, bool SaysIntact) Command(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = VerifyCommand.Create((_, _) => new([], 0)).Parse(args).Invoke(new() { Output = output, Error = errors });
        return (code, output.ToString().Contains("intact: ", StringComparison.Ordinal));
    }

    private void AssertNames(long position, string alteration)
    {
        var before = world.Database.Read(store => store.QuerySingle<CaseEventRow>($"SELECT {CaseHistory.Columns} FROM case_event WHERE position = @position", new { position }));
        world.Tamper($"UPDATE case_event SET {alteration} WHERE position = {position}");
        var now = world.Database.Read(store => store.QuerySingle<CaseEventRow>($"SELECT {CaseHistory.Columns} FROM case_event WHERE position = @position", new { position }));
        Assert.Equal([("case_event", now.Case, now.Seq, position)], Rows().Select(row => (row.Table, row.Case!, row.Seq!.Value, row.Position!.Value)));
        world.Tamper(
            "UPDATE case_event SET case_id = @Case, seq = @Seq, at = @At, actor = @Actor, kind = @Kind, content = @Content, salt = @Salt, commitment = @Commitment, link = @Link WHERE position = @Position",
            before);
    }

    private CaseVerdict Verify() => world.Verify();

    private IEnumerable<(string Table, string? Case, long? Seq, long? Position)> Rows() =>
        Verify().Altered.Select(row => (row.Table, row.Case, row.Seq, row.Position));
}
