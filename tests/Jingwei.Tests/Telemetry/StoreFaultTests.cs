using Dapper;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Tests.Telemetry;

/// <summary>An engine or a database that refuses, or fails: what is acknowledged is there once, and intake says what it can do.</summary>
[Collection(EngineTests.Name)]
public sealed class StoreFaultTests(EngineFixture engine)
{
    private static readonly TelemetryOptions AtOnce = new() { EngineDelay = TimeSpan.Zero };

    private long second;

    [Fact]
    public async Task An_engine_that_refuses_is_waited_out_and_intake_is_busy_when_memory_is_full()
    {
        await using var bench = await Bench.StartAsync(engine, null, AtOnce with { ValuesInFlight = 5 });
        await bench.StoreAsync("m1", Next());
        await bench.RefusePartsAsync(bench.Store.Numbers.Name);

        for (var sent = 0; sent < 5; sent++)
        {
            Assert.Equal(IntakeStatus.Durable, (await bench.SendAsync("m1", Next())).Status);
        }

        await bench.UntilRefusedAsync();
        var waiting = bench.SendAsync("m1", Next()).AsTask();
        bench.Clock.Advance(AtOnce.Patience);
        Assert.Equal(IntakeStatus.Busy, (await waiting).Status);
        Assert.Equal(1, bench.Readings.TurnedAway);
        Assert.Null(bench.Readings.Fault);
        Assert.Equal((6, 1, 5), (bench.Account().Received, bench.Account().Stored, bench.Account().Pending));

        await bench.TakePartsAsync(bench.Store.Numbers.Name);
        await bench.EndAsync(bench.SettleAsync());
        Assert.Null(bench.Readings.Refusal);
        Assert.Equal(IntakeStatus.Durable, (await bench.StoreAsync("m1", Next())).Status);
        await AssertStoredOnceAsync(bench, 7);
    }

    [Fact]
    public async Task An_engine_whose_disk_is_full_is_waited_out()
    {
        await using var bench = await Bench.StartAsync(engine, null, AtOnce);
        await bench.StoreAsync("m1", Next());
        await bench.FillDiskAsync(bench.Store.Numbers.Name);
        for (var sent = 0; sent < 3; sent++)
        {
            Assert.Equal(IntakeStatus.Durable, (await bench.SendAsync("m1", Next())).Status);
        }

        await bench.UntilRefusedAsync();
        Assert.Contains("NOT_ENOUGH_SPACE", bench.Readings.Refusal!.Message, StringComparison.Ordinal);
        Assert.Null(bench.Readings.Fault);
        Assert.Equal((4, 1, 3), (bench.Account().Received, bench.Account().Stored, bench.Account().Pending));

        await bench.FreeDiskAsync(bench.Store.Numbers.Name);
        await bench.EndAsync(bench.SettleAsync());
        Assert.Null(bench.Readings.Refusal);
        await AssertStoredOnceAsync(bench, 4);
    }

    [Fact]
    public async Task A_server_that_ends_while_the_engine_refuses_ends_and_the_next_start_has_all()
    {
        var log = new PowerCutStorage();
        await using var bench = await Bench.StartAsync(engine, log, AtOnce);
        await bench.StoreAsync("m1", Next());
        await bench.RefusePartsAsync(bench.Store.Numbers.Name);
        await bench.SendAsync("m1", Next());
        await bench.UntilRefusedAsync();

        await bench.Readings.DisposeAsync();
        await bench.TakePartsAsync(bench.Store.Numbers.Name);
        await bench.StartAgainAsync();

        await AssertStoredOnceAsync(bench, 2);
    }

    [Fact]
    public async Task A_recovery_that_fails_half_way_is_gone_on_with_at_the_next_start()
    {
        var log = new PowerCutStorage();
        await using var bench = await Bench.StartAsync(engine, log, AtOnce with { EngineDelay = TimeSpan.FromHours(1) });
        for (var sent = 0; sent < 4; sent++)
        {
            await bench.SendAsync("m1", Next());
        }

        log.Cut();
        bench.Options = bench.Options with { EngineBatchValues = 1 };
        await bench.RefusePartsAsync(bench.Store.Numbers.Name);
        await Assert.ThrowsAsync<EngineException>(bench.StartAgainAsync);
        await Assert.ThrowsAsync<EngineException>(bench.StartAgainAsync);
        await bench.TakePartsAsync(bench.Store.Numbers.Name);
        await bench.StartAgainAsync();

        await AssertStoredOnceAsync(bench, 4);
    }

    [Fact]
    public async Task A_full_database_is_waited_out()
    {
        await using var bench = await Bench.StartAsync(engine, null, AtOnce);
        await bench.StoreAsync("m1", Next());
        bench.Database.Write((store, _) => store.Execute("PRAGMA max_page_count = 1"));

        await bench.SendAsync("m1", $$"""{"ts":{{Time()}},"values":{"temperature":1,"{{new string('x', 60_000)}}":1} }""");
        await bench.SendAsync("m1", Many(500));
        await bench.UntilRefusedAsync();
        Assert.Null(bench.Readings.Fault);

        bench.Database.Write((store, _) => store.Execute("PRAGMA max_page_count = 1000000"));
        await bench.EndAsync(bench.SettleAsync());
        Assert.Equal((503, 2, 0, 501), (bench.Account().Received, bench.Account().Stored, bench.Account().Pending, bench.Account().Rejected));
        Assert.Equal(501, bench.Rejects.List(new(null, null, null), long.MaxValue, 1000).Count);
    }

    [Fact]
    public async Task An_engine_that_fails_otherwise_stops_intake_and_the_next_start_has_all()
    {
        await using var bench = await Bench.StartAsync(engine, null, AtOnce);
        await bench.Store.Engine.Writer.ExecuteAsync($"DROP TABLE {bench.Store.Numbers.Name}");

        Assert.Equal(IntakeStatus.Durable, (await bench.SendAsync("m1", Next())).Status);
        await Assert.ThrowsAsync<EngineException>(bench.SettleAsync);
        await Assert.ThrowsAsync<EngineException>(bench.SettleAsync);
        Assert.Equal(IntakeStatus.Stopped, (await bench.SendAsync("m1", Next())).Status);
        Assert.NotNull(bench.Readings.Stopped);

        await bench.RestartAsync();
        await AssertStoredOnceAsync(bench, 1);
    }

    [Fact]
    public async Task No_room_for_another_segment_stops_intake_and_the_next_start_goes_on()
    {
        var log = new PowerCutStorage();
        await using var bench = await Bench.StartAsync(engine, log, AtOnce with { SegmentBytes = 1 });
        await bench.StoreAsync("m1", Next());
        log.AppendFault = new IOException("No space left on device");

        Assert.Equal(IntakeStatus.Stopped, (await bench.SendAsync("m1", Next())).Status);
        Assert.NotNull(bench.Readings.Stopped);

        log.AppendFault = null;
        await bench.RestartAsync();
        Assert.Equal(IntakeStatus.Durable, (await bench.StoreAsync("m1", Next())).Status);
        await AssertStoredOnceAsync(bench, 2);
    }

    [Fact]
    public async Task A_log_that_has_room_for_one_segment_takes_in_as_soon_as_the_engine_has_it()
    {
        await using var bench = await Bench.StartAsync(engine, null, AtOnce with { SegmentBytes = 1, LogBytes = 1 });
        await bench.StoreAsync("m1", Next());
        Assert.Equal(IntakeStatus.Durable, (await bench.StoreAsync("m1", Next())).Status);
        await bench.RestartAsync();
        Assert.Equal(IntakeStatus.Durable, (await bench.StoreAsync("m1", Next())).Status);
    }

    [Fact]
    public async Task A_segment_that_cannot_be_deleted_is_deleted_later_and_nothing_stops()
    {
        var log = new PowerCutStorage { DeleteFault = new IOException("Read-only file system") };
        await using var bench = await Bench.StartAsync(engine, log, AtOnce with { SegmentBytes = 1 });
        await bench.StoreAsync("m1", Next());
        await bench.StoreAsync("m1", Next());
        Assert.Equal(2, log.Names().Count);
        Assert.Null(bench.Readings.Fault);

        log.DeleteFault = null;
        await bench.StoreAsync("m1", Next());
        Assert.Single(log.Names());
    }

    private static async Task AssertStoredOnceAsync(Bench bench, int values)
    {
        var account = bench.Account();
        Assert.Equal((values, values, 0L, 0L), (account.Received, account.Stored, account.Pending, account.Duplicate));
        var points = await bench.Queries.NumbersAsync(bench.Series.Find("m1", "temperature")!.Number, 0, bench.Now, CancellationToken.None).ToListAsync();
        Assert.Equal(values, points.Count);
    }

    private string Next() => $$"""{"ts":{{Time()}},"values":{"temperature":{{second}} } }""";

    private static string Many(int rejects) =>
        $$"""{"values":{ {{string.Join(',', Enumerable.Range(0, rejects).Select(number => $"\"nonsense-{number}-of-a-longer-name-that-fills-pages\":1"))}} } }""";

    private long Time() => Bench.Start.AddSeconds(++second - 3600).ToUnixTimeMilliseconds();
}
