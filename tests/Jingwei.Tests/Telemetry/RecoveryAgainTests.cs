using Dapper;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Store;
using Microsoft.Data.Sqlite;

namespace Jingwei.Tests.Telemetry;

/// <summary>Recoveries that end between the engine's insert and the counts, in pieces of another size each time: every value is counted once.</summary>
[Collection(EngineTests.Name)]
public sealed class RecoveryAgainTests(EngineFixture engine)
{
    // New, repeated, corrected, corrected back, refused, numbers and text.
    private static readonly string[] Messages =
    [
        """{"ts":1767599940000,"values":{"temperature":20,"state":"idle"}}""",
        """{"ts":1767599940000,"values":{"temperature":20,"state":"idle"}}""",
        """{"ts":1767599940000,"values":{"temperature":21,"nonsense":1}}""",
        """{"ts":1767599940000,"values":{"temperature":20}}""",
        """{"ts":1767599941000,"values":{"temperature":20,"state":"producing"}}""",
        """{"ts":1767599941000,"values":{"temperature":20}}""",
    ];

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 100, 1)]
    [InlineData(100, 1, 100)]
    [InlineData(3, 5, 2)]
    [InlineData(5, 2, 3)]
    [InlineData(7, 7, 4)]
    public async Task A_recovery_that_ends_before_the_counts_is_gone_on_with(int first, int second, int last)
    {
        var log = new PowerCutStorage();
        await using var bench = await Bench.StartAsync(engine, log, new TelemetryOptions { EngineDelay = TimeSpan.FromHours(1) });
        foreach (var message in Messages)
        {
            await bench.SendAsync("m1", message);
        }

        log.Cut();
        bench.Database.Write((store, _) => store.Execute(
            "CREATE TRIGGER cut BEFORE INSERT ON telemetry_checkpoint WHEN NEW.name = 'stored' BEGIN SELECT RAISE(ABORT, 'cut'); END"));
        foreach (var values in new[] { first, second })
        {
            bench.Options = bench.Options with { EngineBatchValues = values };
            await Assert.ThrowsAsync<SqliteException>(bench.StartAgainAsync);
        }

        bench.Database.Write((store, _) => store.Execute("DROP TRIGGER cut"));
        bench.Options = bench.Options with { EngineBatchValues = last };
        await bench.StartAgainAsync();
        await AssertOnceAsync(bench);
        await bench.StartAgainAsync();
        await AssertOnceAsync(bench);
    }

    private static async Task AssertOnceAsync(Bench bench)
    {
        var account = bench.Account();
        Assert.Equal(
            (10, 6, 0, 1, 3, 2),
            (account.Received, account.Stored, account.Pending, account.Rejected, account.Duplicate, account.Corrections));
        Assert.Single(bench.Rejects.List(new RejectFilter(), long.MaxValue, 10));
        Assert.Equal((4, 2), (await RowsAsync(bench.Store.Numbers), await RowsAsync(bench.Store.Texts)));

        Task<long> RowsAsync(ReadingTable table) =>
            bench.Store.Engine.Writer.QueryAsync($"SELECT toInt64(count()) FROM {table.Name}", static rows => rows.Int64());
    }
}
