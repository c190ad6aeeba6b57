using Dapper;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Microsoft.Data.Sqlite;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

/// <summary>The tables that lists read follow the history a moment later, and nobody sees that they do.</summary>
public sealed class CaseCatchUpTests : IDisposable
{
    private readonly CaseWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_list_shows_what_was_answered_before()
    {
        var id = (await world.OpenAsync()).Id;
        await world.DoAsync(Operator, id, Take("take"));
        Assert.Equal("breakdown", Stored(id));
        Assert.Equal("assigned", Listed().State);
        Assert.Equal("assigned", Stored(id));
        Assert.Equal([id], world.Cases.HeldBy(Operator, Operator.Id, null, null));
    }

    [Fact]
    public async Task Nobody_has_to_ask()
    {
        var id = (await world.OpenAsync()).Id;
        await world.DoAsync(Operator, id, Take("take"));
        world.Time.Advance(CaseLimits.Lag - TimeSpan.FromMilliseconds(1));
        Assert.Equal("breakdown", Stored(id));
        world.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("assigned", Stored(id));
    }

    [Fact]
    public async Task More_than_the_limit_are_never_behind()
    {
        for (var number = 0; number < CaseLimits.Behind + 100; number++)
        {
            await world.DoAsync(Operator, (await world.OpenAsync()).Id, Take("take"));
        }

        var behind = world.Database.Read(store => store.ExecuteScalar<long>("SELECT count(*) FROM case_row WHERE state = 'breakdown'"));
        Assert.InRange(behind, CaseLimits.Behind - CaseLimits.CatchUp, CaseLimits.Behind - 1);
    }

    [Fact]
    public async Task After_a_kill_the_start_makes_up_for_it()
    {
        var known = (await world.OpenAsync()).Id;
        await world.DoAsync(Operator, known, Take("take"));
        world.Cases.CatchUp();
        var behind = await world.OpenAsync(Raised("a1"));
        await world.DoAsync(Operator, behind.Id, Take("take"));
        var handed = await world.DoAsync(Operator, behind.Id, Take("assign", assignee: "chen"));

        using var again = new CopiedWorld(world);
        Assert.Equal(handed, again.Cases.List(Administrator, Nothing, new PageRequest(null, 10)).Items[0]);
        Assert.Equal([behind.Id], again.Cases.HeldBy(Administrator, "chen", null, null));
        Assert.Equal([known], again.Cases.HeldBy(Administrator, Operator.Id, null, null));
        Assert.Empty(CaseVerification.Run(again.Database).Altered);
    }

    [Fact]
    public async Task A_history_that_was_tampered_with_meanwhile_does_not_keep_the_server_from_starting()
    {
        var damaged = (await world.OpenAsync()).Id;
        var sound = (await world.OpenAsync()).Id;
        await world.DoAsync(Operator, damaged, Take("take"));
        await world.DoAsync(Operator, sound, Take("take"));
        world.Tamper("UPDATE case_event SET content = 'x' WHERE case_id = @damaged AND seq = 3", new { damaged });

        using var again = new CopiedWorld(world);
        Assert.Equal([(sound, "assigned"), (damaged, "breakdown")], again.Cases.List(Administrator, Nothing, new PageRequest(null, 10)).Items.Select(row => (row.Id, row.State)));
        Assert.Contains(CaseVerification.Run(again.Database).Altered, row => row.Case == damaged);
    }

    [Fact]
    public async Task What_alarms_find_their_case_by_does_not_wait()
    {
        var raised = await world.OpenAsync(Raised("a1"));
        await world.DoAsync(Operator, raised.Id, Take("take"));
        await world.DoAsync(Operator, raised.Id, Take("repair", """{"cause":"wear","action":"换轴承"}"""));
        await world.DoAsync(Engineer, raised.Id, Take("verify"));
        // The closed case takes no further alarm; a new one is opened.
        Assert.NotEqual(raised.Id, (await world.OpenAsync(Raised("a2"))).Id);
        Assert.Equal("verified", Stored(raised.Id));
        Assert.Empty(world.Verify().Altered);
    }

    [Fact]
    public async Task Verifying_beside_a_running_server_does_not_take_a_list_that_is_behind_for_altered()
    {
        var id = (await world.OpenAsync()).Id;
        await world.DoAsync(Operator, id, Take("take"));
        Assert.Empty(CaseVerification.Run(world.Database).Altered);
        // But an event that is not as it was written is one at any time.
        world.Tamper("UPDATE case_event SET actor = 'x' WHERE seq = 1");
        Assert.NotEmpty(CaseVerification.Run(world.Database).Altered);
    }

    private static CaseFilter Nothing { get; } = new(null, null, null, null, null, null, null, null);

    private CaseRow Listed() => world.Cases.List(Operator, Nothing, new PageRequest(null, 1)).Items.Single();

    private string Stored(string id) => world.Database.Read(store => store.ExecuteScalar<string>("SELECT state FROM case_row WHERE id = @id", new { id }))!;

    /// <summary>What a start finds after a kill: the store's files as they are now.</summary>
    private sealed class CopiedWorld : IDisposable
    {
        private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-cases-").FullName;

        public CopiedWorld(CaseWorld world)
        {
            foreach (var file in System.IO.Directory.EnumerateFiles(world.Folder, "jingwei.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            Database = new Database(Path.Combine(folder, "jingwei.db"));
            var (parties, regions) = (new Parties(Database), new Regions(Database));
            Cases = new CaseStore(Database, world.Packs, parties, regions, CalendarsOf(Database, parties, regions, world.Time), world.Time);
        }

        public Database Database { get; }

        public CaseStore Cases { get; }

        public void Dispose()
        {
            Cases.Dispose();
            Database.Dispose();
            System.IO.Directory.Delete(folder, true);
        }
    }
}
