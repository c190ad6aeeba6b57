using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Journal;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Tests.Telemetry;

[Collection(EngineTests.Name)]
public sealed class RecoveryTests(EngineFixture engine)
{
    // Readings stay in the log until this clock moves, which it does not.
    private static readonly TelemetryOptions Held = new() { EngineDelay = TimeSpan.FromHours(1) };

    [Fact]
    public async Task Acknowledged_values_survive_a_power_cut_before_the_engine_had_them()
    {
        var log = new PowerCutStorage();
        await using var bench = await Bench.StartAsync(engine, log, Held);
        await bench.SendAsync("m1", """{"ts":1767599940000,"values":{"temperature":20,"nonsense":1}}""");

        log.Cut();
        await bench.StartAgainAsync();

        var account = bench.Account();
        Assert.Equal((2, 1, 0, 1), (account.Received, account.Stored, account.Pending, account.Rejected));
        Assert.Equal(20, bench.Readings.Latest("m1", "temperature")!.Value.Value.Number);
        Assert.Equal("nonsense", Assert.Single(bench.Rejects.List(new RejectFilter(), long.MaxValue, 10)).What.Property);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_the_sync()
    {
        var log = new PowerCutStorage();
        await using var bench = await Bench.StartAsync(engine, log);
        var early = false;
        Task<IntakeResult>? sending = null;
        log.Syncing = () => early |= sending is { IsCompleted: true } || bench.Accounting.Channels.Count > 0;

        sending = bench.SendAsync("m1", """{"values":{"temperature":20}}""").AsTask();
        await sending;

        Assert.False(early);
        Assert.Equal(1, log.Syncs);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_failed_sync_stops_intake_and_the_next_start_decides_what_is_there(bool persisted, int stored)
    {
        var log = new PowerCutStorage();
        await using var bench = await Bench.StartAsync(engine, log);
        (log.Fault, log.FaultPersists) = (new IOException("no space left on device"), persisted);

        var first = await bench.SendAsync("m1", """{"ts":1767599940000,"values":{"temperature":20}}""");
        log.Fault = null;
        var second = await bench.SendAsync("m1", """{"ts":1767599941000,"values":{"temperature":21}}""");
        Assert.Equal((IntakeStatus.Stopped, IntakeStatus.Stopped), (first.Status, second.Status));
        Assert.NotNull(bench.Readings.Fault);

        log.Cut();
        await bench.RestartAsync();
        Assert.Null(bench.Readings.Fault);
        Assert.Equal(stored, bench.Accounting.Channels.Sum(channel => channel.Stored));
        Assert.Equal(IntakeStatus.Durable, (await bench.StoreAsync("m1", """{"ts":1767599942000,"values":{"temperature":22}}""")).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(40)]
    public async Task A_torn_tail_is_cut_off_and_what_was_acknowledged_stays(int torn)
    {
        var log = new PowerCutStorage();
        await using var bench = await Bench.StartAsync(engine, log, Held);
        await bench.SendAsync("m1", """{"ts":1767599940000,"values":{"temperature":20}}""");
        log.Fault = new IOException("power");
        await bench.SendAsync("m1", """{"ts":1767599941000,"values":{"temperature":21}}""");

        log.Cut(torn);
        await bench.StartAgainAsync();
        await bench.StartAgainAsync();

        Assert.Equal((1, 1), (bench.Account().Received, bench.Account().Stored));
    }

    [Fact]
    public async Task A_bit_that_turned_over_in_the_middle_of_the_log_stops_the_start_with_file_and_offset()
    {
        var log = new PowerCutStorage();
        await using var bench = await Bench.StartAsync(engine, log, Held);
        await bench.SendAsync("m1", """{"ts":1767599940000,"values":{"temperature":20}}""");
        await bench.SendAsync("m1", """{"ts":1767599941000,"values":{"temperature":21}}""");
        var segment = Assert.Single(log.Names());

        log.Flip(segment, LogFrame.HeaderBytes + 5);

        var error = await Assert.ThrowsAsync<LogDamagedException>(bench.StartAgainAsync);
        Assert.Contains($"{segment} is damaged at byte 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_engine_has_above_the_checkpoint_is_counted_once()
    {
        await using var bench = await Bench.StartAsync(engine);
        await bench.StoreAsync("m1", """{"ts":1767599940000,"values":{"temperature":20,"state":"idle"}}""");
        var crash = new Crash(bench.Database);
        await bench.StoreAsync("m1", """
            [{"ts":1767599940000,"values":{"temperature":20,"state":"idle"}},
             {"ts":1767599940000,"values":{"temperature":99,"state":"breakdown"}},
             {"ts":1767599941000,"values":{"temperature":21,"state":"producing","nonsense":0}}]
            """);
        var before = bench.Account();

        await bench.Readings.DisposeAsync();
        crash.Rewind(bench.Database);
        await bench.StartAgainAsync();

        var after = bench.Account();
        Assert.Equal(
            (before.Received, before.Stored, before.Duplicate, before.Corrections, before.Rejected, 0L),
            (after.Received, after.Stored, after.Duplicate, after.Corrections, after.Rejected, after.Pending));
        Assert.Equal((9L, 6L, 2L, 2L, 1L), (after.Received, after.Stored, after.Duplicate, after.Corrections, after.Rejected));
    }

    [Fact]
    public async Task Newest_readings_are_known_again_also_of_what_has_long_been_silent()
    {
        var log = new PowerCutStorage();
        await using var bench = await Bench.StartAsync(engine, log);
        await bench.StoreAsync("m1", """{"ts":1767000000000,"values":{"temperature":19,"state":"idle"}}""");
        await bench.StoreAsync("m1", """{"ts":1767000001000,"values":{"temperature":20}}""");
        await bench.StoreAsync("m2", """{"ts":1767599940000,"values":{"temperature":21}}""");
        await bench.StoreAsync("m2", """{"ts":1767599940000,"values":{"temperature":22}}""");

        await bench.Readings.DisposeAsync();
        await bench.StartAgainAsync();

        Assert.Equal((20.0, 1767000001000_000), (bench.Readings.Latest("m1", "temperature")!.Value.Value.Number, bench.Readings.Latest("m1", "temperature")!.Value.Time));
        Assert.Equal("idle", bench.Readings.Latest("m1", "state")!.Value.Value.Text);
        Assert.Equal(22, bench.Readings.Latest("m2", "temperature")!.Value.Value.Number);
    }

    [Fact]
    public async Task Numbers_are_not_given_again_after_the_log_is_lost()
    {
        var log = new PowerCutStorage();
        await using var bench = await Bench.StartAsync(engine, log);
        await bench.StoreAsync("m1", """{"ts":1767599940000,"values":{"temperature":20}}""");

        await bench.Readings.DisposeAsync();
        foreach (var name in log.Names())
        {
            log.Delete(name);
        }

        await bench.StartAgainAsync();
        await bench.StoreAsync("m1", """{"ts":1767599940000,"values":{"temperature":21}}""");

        Assert.Equal(21, Assert.Single(await bench.Store.Numbers.LatestAsync(since: 0)).Value.Value.Number);
    }

    [Fact]
    public async Task Segments_that_the_engine_has_are_deleted()
    {
        var log = new PowerCutStorage();
        await using var bench = await Bench.StartAsync(engine, log, new TelemetryOptions { EngineDelay = TimeSpan.Zero, SegmentBytes = 1 });

        for (var second = 0; second < 5; second++)
        {
            await bench.StoreAsync("m1", $$"""{"ts":{{1767599940000 + second}},"values":{"temperature":20} }""");
        }

        Assert.Equal($"{Instant.Of(Bench.Start) + 4:D20}.log", Assert.Single(log.Names()));
    }

    [Fact]
    public async Task When_intake_is_full_it_waits_and_then_says_busy()
    {
        await using var bench = await Bench.StartAsync(engine, null, Held with { ValuesInFlight = 1 });
        await bench.SendAsync("m1", """{"values":{"temperature":20}}""");

        var waiting = bench.SendAsync("m1", """{"values":{"temperature":21}}""").AsTask();
        Assert.False(waiting.IsCompleted);
        bench.Clock.Advance(Held.Patience);

        Assert.Equal(IntakeStatus.Busy, (await waiting).Status);
        bench.Clock.Advance(Held.EngineDelay);
    }
}
