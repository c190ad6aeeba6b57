using Dapper;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Queries;

namespace Jingwei.Tests.Telemetry;

/// <summary>Sums are those of the readings, whatever comes while they are being written.</summary>
[Collection(EngineTests.Name)]
public sealed class RollupTests(EngineFixture engine)
{
    private static readonly TelemetryOptions AtOnce = new() { EngineDelay = TimeSpan.Zero };
    private static readonly long Hour = Instant.Of(Bench.Start) - (3 * Instant.PerHour);

    [Fact]
    public async Task What_comes_late_while_coarser_sums_are_written_is_in_them_after_the_next_round()
    {
        await using var bench = await Bench.StartAsync(engine, options: AtOnce);
        var hours = bench.Store.Rollups[1].Name;
        await bench.StoreAsync("m1", Message(Hour, 1));
        await bench.StoreAsync("m1", Message(Hour + Instant.PerHour, 1));
        await bench.RollAsync();
        await bench.StoreAsync("m1", Message(Hour + (2 * Instant.PerHour), 1));
        await bench.RollAsync();
        await bench.StoreAsync("m1", Message(Hour + Instant.PerMinute, 2));

        await bench.RefusePartsAsync(hours);
        var round = bench.RollAsync();
        await bench.UntilRefusedAsync();
        await bench.StoreAsync("m1", Message(Hour + (5 * Instant.PerMinute), 4));
        await bench.TakePartsAsync(hours);
        await bench.EndAsync(round);
        await bench.RollAsync();

        Assert.Equal(new Bucket(Hour, 3, 7, 1, 4, 1, 4), (await BucketsAsync(bench, Instant.PerHour))[0]);
        Assert.Equal(new Bucket(0, 5, 9, 1, 4, 1, 1), (await BucketsAsync(bench, Instant.PerDay))[0] with { Start = 0 });
    }

    [Fact]
    public async Task What_a_round_that_failed_did_not_write_is_found_again_at_the_next_start()
    {
        await using var bench = await Bench.StartAsync(engine, options: AtOnce);
        await bench.StoreAsync("m1", Message(Hour, 1));
        await bench.StoreAsync("m1", Message(Hour + Instant.PerHour, 1));
        await bench.Store.Engine.Writer.ExecuteAsync($"DROP TABLE {bench.Store.Rollups[0].Name}");
        await Assert.ThrowsAsync<EngineException>(bench.RollAsync);
        await bench.Store.CreateAsync();
        await bench.RollAsync();

        await bench.RestartAsync();
        await bench.RollAsync();

        Assert.Equal([1, 1], (await BucketsAsync(bench, Instant.PerMinute)).Select(bucket => bucket.Count));
    }

    [Fact]
    public async Task A_correction_that_came_with_rejects_is_found_again_at_the_next_start()
    {
        await using var bench = await Bench.StartAsync(engine, options: AtOnce);
        await bench.StoreAsync("m1", Message(Hour, 1));
        await bench.RollAsync();
        await bench.RollAsync();
        // A reject has a stamp of its own, after that of the reading.
        await bench.StoreAsync("m1", $$"""{"ts":{{Hour / 1000}},"values":{"temperature":2,"nonsense":1,"more":1} }""");
        await bench.RollAsync();

        await bench.RestartAsync();

        Assert.Equal(new Bucket(Hour, 1, 2, 2, 2, 2, 2), Assert.Single(await BucketsAsync(bench, Instant.PerHour)));
        await bench.RollAsync();
        Assert.Equal(new Bucket(Hour, 1, 2, 2, 2, 2, 2), Assert.Single(await BucketsAsync(bench, Instant.PerHour)));
    }

    [Fact]
    public async Task A_full_database_is_waited_out()
    {
        await using var bench = await Bench.StartAsync(engine, options: AtOnce);
        await bench.StoreAsync("m1", Message(Hour, 1));
        // A checkpoint alone takes no further page.
        bench.Database.Write((store, _) => store.Execute(
            """
            CREATE TABLE filler (bytes BLOB);
            CREATE TRIGGER fill AFTER INSERT ON telemetry_checkpoint WHEN new.name = 'rolled-up' BEGIN INSERT INTO filler VALUES (zeroblob(1000000)); END;
            PRAGMA max_page_count = 1;
            """));

        bench.Clock.Advance(AtOnce.RollupInterval);
        await bench.UntilRefusedAsync();
        bench.Database.Write((store, _) => store.Execute("PRAGMA max_page_count = 1000000"));
        await bench.EndAsync(bench.RollAsync());

        Assert.Null(bench.Readings.Fault);
        Assert.Null(bench.Readings.Refusal);
    }

    [Fact]
    public async Task Buckets_before_1970_are_as_wide_as_those_after()
    {
        await using var bench = await Bench.StartAsync(engine, options: AtOnce with { PastLimit = TimeSpan.FromDays(36_525) });
        long[] times = [-Instant.PerDay - 1_000, -Instant.PerDay, -Instant.PerMinute - 1_000, -Instant.PerMinute, -1_000, 0, Instant.PerMinute - 1_000, Instant.PerMinute];
        foreach (var time in times)
        {
            await bench.StoreAsync("m1", Message(time, 1));
        }

        // What comes late is summed up by the engine, the rest in memory.
        await bench.StoreAsync("m1", Message(-2_000, 1));
        await AssertAsync();
        await bench.RestartAsync();
        await bench.RollAsync();
        await bench.RollAsync();
        await AssertAsync();

        async Task AssertAsync()
        {
            foreach (var width in new[] { 7 * Instant.PerSecond, Instant.PerMinute, Instant.PerHour, Instant.PerDay })
            {
                var expected = times.Append(-2_000).CountBy(time => (long)Math.Floor((decimal)time / width) * width).Select(bucket => (bucket.Key, (long)bucket.Value)).Order();
                var buckets = await bench.BucketsAsync(bench.Series.Find("m1", "temperature")!, -3 * Instant.PerDay, Instant.PerDay, width);
                Assert.Equal(expected, buckets.Select(bucket => (bucket.Start, bucket.Count)));
            }
        }
    }

    [Fact]
    public async Task A_property_that_was_text_before_knows_its_numbers_after_a_restart()
    {
        await using var bench = await Bench.StartAsync(engine, options: AtOnce);
        await bench.StoreAsync("m1", """{"ts":1767599940000,"values":{"recipe":"a"}}""");
        bench.Change("recipe", recipe => recipe with { Kind = PropertyKind.Number });
        await bench.StoreAsync("m1", """{"ts":1767599950000,"values":{"recipe":1}}""");
        await bench.RestartAsync();
        await bench.StoreAsync("m1", """{"ts":1767599950000,"values":{"recipe":1}}""");

        Assert.Equal((2, 1), (bench.Account().Stored, bench.Account().Duplicate));
    }

    private static string Message(long time, double value) => $$"""{"ts":{{time / 1000}},"values":{"temperature":{{value}}} }""";

    private static Task<List<Bucket>> BucketsAsync(Bench bench, long width) =>
        bench.BucketsAsync(bench.Series.Find("m1", "temperature")!, Hour - Instant.PerDay, bench.Now, width);
}
