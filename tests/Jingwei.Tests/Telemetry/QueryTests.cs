using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Queries;

namespace Jingwei.Tests.Telemetry;

[Collection(EngineTests.Name)]
public sealed class QueryTests(EngineFixture engine)
{
    private static readonly long Now = Instant.Of(Bench.Start);

    [Fact]
    public async Task Buckets_are_the_same_before_and_after_they_are_summed_up_and_after_a_late_correction()
    {
        await using var bench = await Bench.StartAsync(engine);
        var from = Now - (3 * Instant.PerHour) - (17 * Instant.PerSecond);
        for (var index = 0; index < 290; index++)
        {
            await bench.SendAsync("m1", Message(from + (index * 37 * Instant.PerSecond), index % 50));
        }

        await bench.SettleAsync();
        var series = bench.Series.Find("m1", "temperature")!;
        var fresh = await AllAsync(bench, series, from);

        await bench.RollAsync();
        Assert.Equal(fresh, await AllAsync(bench, series, from));

        await bench.StoreAsync("m1", Message(from + (37 * Instant.PerSecond), 140));
        var corrected = await bench.BucketsAsync(series, from, Now, Instant.PerHour);
        Assert.Equal(140, corrected.Max(bucket => bucket.Max));
        await bench.RollAsync();
        Assert.Equal(corrected, await bench.BucketsAsync(series, from, Now, Instant.PerHour));
        Assert.Equal(290, corrected.Sum(bucket => bucket.Count));
    }

    [Fact]
    public async Task A_restart_finds_again_what_was_not_summed_up()
    {
        await using var bench = await Bench.StartAsync(engine);
        var time = Now - (2 * Instant.PerHour);
        await bench.StoreAsync("m1", Message(time, 10));
        await bench.RollAsync();
        await bench.StoreAsync("m1", Message(time, 30));

        await bench.RestartAsync();
        await bench.RollAsync();

        var series = bench.Series.Find("m1", "temperature")!;
        var bucket = Assert.Single(await bench.BucketsAsync(series, time - Instant.PerHour, Now, Instant.PerHour));
        Assert.Equal((1, 30, 30), (bucket.Count, bucket.First, bucket.Max));
    }

    [Fact]
    public async Task What_was_summed_up_before_a_restart_stands_beside_what_is_in_memory_since()
    {
        await using var bench = await Bench.StartAsync(engine);
        long Hour(int back) => Now - (back * Instant.PerHour);
        foreach (var back in (int[])[6, 5, 4])
        {
            await bench.StoreAsync("m1", Message(Hour(back), back));
        }

        await bench.RollAsync();
        await bench.RestartAsync();
        // The first reading since then is an old one; only the next opens an hour of which nothing can be in the engine.
        foreach (var back in (int[])[7, 2, 1])
        {
            await bench.StoreAsync("m1", Message(Hour(back), back));
        }

        var series = bench.Series.Find("m1", "temperature")!;
        Bucket[] wanted = [.. ((int[])[7, 6, 5, 4, 2, 1]).Select(back => new Bucket(Hour(back), 1, back, back, back, back, back))];
        Assert.Equal(wanted, await bench.BucketsAsync(series, Hour(8), Now, Instant.PerHour));
        await bench.RollAsync();
        Assert.Equal(wanted, await bench.BucketsAsync(series, Hour(8), Now, Instant.PerHour));
    }

    [Fact]
    public async Task A_window_that_ends_within_a_bucket_counts_what_lies_before_its_end()
    {
        await using var bench = await Bench.StartAsync(engine);
        var start = Now - Instant.PerHour;
        for (var minute = 0; minute < 59; minute++)
        {
            await bench.StoreAsync("m1", Message(start + (minute * Instant.PerMinute), minute));
        }

        var series = bench.Series.Find("m1", "temperature")!;
        foreach (var minutes in (int[])[59, 58, 30, 1])
        {
            var bucket = Assert.Single(await bench.BucketsAsync(series, start, start + (minutes * Instant.PerMinute), Instant.PerHour));
            Assert.Equal((minutes, minutes - 1), (bucket.Count, bucket.Last));
            Assert.Equal(minutes, (await bench.BucketsAsync(series, start, start + (minutes * Instant.PerMinute), Instant.PerMinute)).Count);
        }

        // Late, corrected and bad ones, with buckets of the same hour in memory.
        await bench.StoreAsync("m1", Message(start + Instant.PerSecond, 140));
        await bench.StoreAsync("m1", Message(start + (2 * Instant.PerMinute), 141));
        await bench.StoreAsync("m1", $$"""{"ts":{{(start / 1000) + (5 * 60_000)}},"quality":"bad","values":{"temperature":5} }""");
        var minutesNow = await bench.BucketsAsync(series, start, Now, Instant.PerMinute);
        Assert.Equal(new Bucket(start, 2, 140, 0, 140, 0, 140), minutesNow[0]);
        Assert.Equal(new Bucket(start + (2 * Instant.PerMinute), 1, 141, 141, 141, 141, 141), minutesNow[2]);
        Assert.Equal(58, minutesNow.Count);
        var hourNow = Assert.Single(await bench.BucketsAsync(series, start, Now, Instant.PerHour));
        // 0 + ... + 58 = 1711, of which 2 became 141 and 5 went, and 140 more.
        Assert.Equal(new Bucket(start, 59, 1711 - 2 + 141 - 5 + 140, 0, 141, 0, 58), hourNow);
        await bench.RollAsync();
        Assert.Equal(minutesNow, await bench.BucketsAsync(series, start, Now, Instant.PerMinute));
        Assert.Equal(hourNow, Assert.Single(await bench.BucketsAsync(series, start, Now, Instant.PerHour)));
    }

    [Fact]
    public async Task Only_good_readings_are_summed_up()
    {
        await using var bench = await Bench.StartAsync(engine);
        var time = Now - Instant.PerHour;
        await bench.StoreAsync("m1", Message(time, 10));
        await bench.StoreAsync("m1", Message(time + Instant.PerSecond, 151));
        await bench.StoreAsync("m1", $$"""{"ts":{{(time / 1000) + 2000}},"quality":"bad","values":{"temperature":5} }""");

        var series = bench.Series.Find("m1", "temperature")!;
        var bucket = Assert.Single(await bench.BucketsAsync(series, time, Now, Instant.PerMinute));

        Assert.Equal(new Bucket(time, 1, 10, 10, 10, 10, 10), bucket);
    }

    [Fact]
    public async Task States_hold_from_before_the_window_until_its_end()
    {
        await using var bench = await Bench.StartAsync(engine);
        var from = Now - Instant.PerHour;
        await bench.StoreAsync("m1", State(from - Instant.PerDay, "producing"));
        await bench.StoreAsync("m1", State(from - Instant.PerMinute, "idle"));
        await bench.StoreAsync("m1", State(from + Instant.PerMinute, "idle"));
        await bench.StoreAsync("m1", State(from + (10 * Instant.PerMinute), "breakdown"));

        var intervals = await bench.Queries.StatesAsync(bench.Series.Find("m1", "state")!.Number, from, Now);

        Assert.Equal(
            [new(from, from + (10 * Instant.PerMinute), "idle"), new(from + (10 * Instant.PerMinute), Now, "breakdown")],
            intervals);
    }

    [Fact]
    public async Task Many_series_are_read_at_once_with_the_last_good_reading_before()
    {
        await using var bench = await Bench.StartAsync(engine);
        var from = Now - Instant.PerHour;
        await bench.StoreAsync("m1", Message(from - (2 * Instant.PerMinute), 1));
        await bench.StoreAsync("m1", Message(from - Instant.PerMinute, 2));
        await bench.StoreAsync("m1", $$"""{"ts":{{(from - Instant.PerMinute) / 1000}},"quality":"bad","values":{"temperature":2} }""");
        await bench.StoreAsync("m1", Message(from, 3));
        await bench.StoreAsync("m2", Message(from + Instant.PerMinute, 4));
        await bench.StoreAsync("m2", State(from + Instant.PerMinute, "idle"));
        var (m1, m2, state) = (Series("m1", "temperature"), Series("m2", "temperature"), Series("m2", "state"));

        var window = await bench.Queries.ReadAsync([m1, m2, state], from, Now);

        Assert.Equal(new Point<double>(from - (2 * Instant.PerMinute), 1, Quality.Good), window.Numbers(m1).Before);
        Assert.Equal([new Point<double>(from, 3, Quality.Good)], window.Numbers(m1).Points);
        Assert.Null(window.Numbers(m2).Before);
        Assert.Equal([new Point<double>(from + Instant.PerMinute, 4, Quality.Good)], window.Numbers(m2).Points);
        Assert.Equal([new Point<string>(from + Instant.PerMinute, "idle", Quality.Good)], window.Texts(state).Points);

        long Series(string thing, string property) => bench.Series.Find(thing, property)!.Number;
    }

    [Fact]
    public async Task Subscribers_get_what_was_accepted_and_whether_it_is_late()
    {
        await using var bench = await Bench.StartAsync(engine);
        var feed = bench.Readings.Follow(16);

        await bench.SendAsync("m1", Message(Now - Instant.PerSecond, 1));
        await bench.SendAsync("m1", Message(Now - (2 * Instant.PerSecond), 2));
        await bench.SendAsync("m2", Message(Now - Instant.PerHour, 3));

        List<(double, bool)> got = [];
        for (var index = 0; index < 3; index++)
        {
            var batch = await feed.ReadAsync(TestContext.Current.CancellationToken);
            got.Add((batch.Readings[0].Value.Number, batch.Readings[0].Late));
        }

        Assert.Equal([(1d, false), (2d, true), (3d, true)], got);
    }

    [Theory]
    [InlineData("SELECT count() FROM readings", null)]
    [InlineData("SELECT series, max(value) FROM readings WHERE time > 0 GROUP BY series ORDER BY series LIMIT 5;", null)]
    [InlineData("INSERT INTO readings SELECT * FROM readings", "Only SELECT is run here.")]
    [InlineData("DROP TABLE readings", "Only SELECT is run here.")]
    [InlineData("SET max_threads = 1", "Only SELECT is run here.")]
    [InlineData("SELECT * FROM file('/etc/passwd', 'LineAsString')", "Table functions are refused.")]
    [InlineData("SELECT * FROM (SELECT * FROM url('http://127.0.0.1', 'CSV'))", "Table functions are refused.")]
    [InlineData("SELECT 1 WHERE 1 IN (SELECT * FROM numbers(3))", "Table functions are refused.")]
    [InlineData("SELECT file('/etc/passwd')", "Function file is refused.")]
    [InlineData("SELECT * FROM readings AS a JOIN file('/etc/passwd', 'LineAsString') AS b ON 1", "Table functions are refused.")]
    [InlineData("WITH (SELECT count() FROM numbers(2)) AS x SELECT x", "Table functions are refused.")]
    [InlineData("SELECT * FROM default.`/etc/hostname`", "The database default is refused.")]
    [InlineData("SELECT 1 IN default.`/etc/hostname`", "The database default is refused.")]
    [InlineData("SELECT (SELECT count() FROM readings) -- of all", null)]
    public async Task An_operators_query_only_reads(string sql, string? fault)
    {
        await using var bench = await Bench.StartAsync(engine);
        using var operatorSql = new OperatorSql(bench.Readings, bench.Options);

        Assert.Equal(fault, await operatorSql.FaultAsync(sql));
        if (fault is null)
        {
            Assert.NotNull((await operatorSql.RunAsync(sql))["columns"]);
        }
    }

    [Theory]
    [InlineData("SELECT 1 INTO OUTFILE '/tmp/jingwei-outfile'")]
    [InlineData("SELECT 1) INTO OUTFILE '/tmp/jingwei-outfile' --")]
    [InlineData("SELECT 1 FORMAT CSV")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1; DROP TABLE readings")]
    public async Task An_operators_query_is_one_select_and_nothing_behind_it(string sql)
    {
        await using var bench = await Bench.StartAsync(engine);
        using var operatorSql = new OperatorSql(bench.Readings, bench.Options);

        await Assert.ThrowsAsync<EngineException>(() => operatorSql.FaultAsync(sql));
    }

    [Fact]
    public async Task An_operators_query_cannot_change_settings()
    {
        await using var bench = await Bench.StartAsync(engine);
        using var operatorSql = new OperatorSql(bench.Readings, bench.Options);

        var error = await Assert.ThrowsAsync<EngineException>(() => operatorSql.FaultAsync("SELECT 1 SETTINGS max_threads = 1"));

        Assert.Contains("readonly", error.Message, StringComparison.Ordinal);
    }

    private static async Task<List<Bucket>> AllAsync(Bench bench, Server.Telemetry.Store.Series series, long from)
    {
        List<Bucket> all = [];
        foreach (var width in new[] { 10 * Instant.PerSecond, Instant.PerMinute, 5 * Instant.PerMinute, Instant.PerHour, Instant.PerDay })
        {
            all.AddRange(await bench.BucketsAsync(series, from, Now, width));
        }

        return all;
    }

    private static string Message(long time, double temperature) => $$"""{"ts":{{time / 1000}},"values":{"temperature":{{temperature}} } }""";

    private static string State(long time, string state) => $$"""{"ts":{{time / 1000}},"values":{"state":"{{state}}"} }""";
}
