using System.Net;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Keeping;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jingwei.Tests.Telemetry;

[Collection(EngineTests.Name)]
public sealed class RetentionTests(EngineFixture engine)
{
    private static readonly TelemetryOptions Month = new()
    {
        EngineDelay = TimeSpan.Zero,
        Retention = new RetentionOptions(TimeSpan.FromDays(30), TimeSpan.FromDays(60)),
    };

    private static readonly TelemetryOptions Forever = Month with { Retention = new RetentionOptions() };

    [Fact]
    public async Task Readings_go_and_their_hours_stay()
    {
        await using var bench = await Bench.StartAsync(engine, options: Forever);
        var old = bench.Now - (50 * Instant.PerDay);
        var ancient = bench.Now - (100 * Instant.PerDay);
        foreach (var time in new[] { ancient, old, old + Instant.PerSecond, bench.Now - Instant.PerDay })
        {
            await bench.StoreAsync("m1", Message(time, 20));
        }

        await bench.StoreAsync("m1", $$"""{"ts":{{old / 1000}},"values":{"state":"idle"} }""");
        await SumUpAsync(bench);
        var hours = await BucketsAsync(bench, Instant.PerHour);

        await ExpireAsync(bench, Month);

        Assert.Equal([bench.Now - Instant.PerDay], await TimesAsync(bench));
        Assert.Equal(hours, await BucketsAsync(bench, Instant.PerHour));
        // Minutes have an age of their own, of which a hundred days is more and fifty is less.
        Assert.Equal([old, bench.Now - Instant.PerDay], (await BucketsAsync(bench, Instant.PerMinute)).Select(start => start.Start));
        var state = bench.Series.Find("m1", "state")!.Number;
        Assert.Empty(await bench.Queries.TextsAsync(state, 0, bench.Now, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        var audited = new Audit(bench.Database, bench.Clock).List(new("system", "retention", null, null, null, null), null, 10).Select(entry => entry.Target).ToList();
        Assert.Equal(3, audited.Count);
        Assert.Contains(audited, target => target.Contains(".readings: 3 rows of 2 series before 2025-12-05T00:00:00Z", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_taken_in_meanwhile_and_after_a_restart_is_summed_up_as_ever()
    {
        await using var bench = await Bench.StartAsync(engine, options: Forever);
        await bench.StoreAsync("m1", Message(bench.Now - (100 * Instant.PerDay), 20));
        await SumUpAsync(bench);

        var expiring = ExpireAsync(bench, Month);
        await bench.StoreAsync("m1", Message(bench.Now - Instant.PerHour, 30));
        await expiring;
        await bench.RestartAsync();
        await bench.RollAsync();

        Assert.Equal([bench.Now - Instant.PerHour], await TimesAsync(bench));
        Assert.Equal([20.0, 30.0], (await BucketsAsync(bench, Instant.PerHour)).Select(bucket => bucket.Mean));
    }

    [Fact]
    public async Task Readings_that_are_not_summed_up_yet_stay()
    {
        await using var bench = await Bench.StartAsync(engine, options: Forever);
        var old = bench.Now - (100 * Instant.PerDay);
        await bench.StoreAsync("m1", Message(old, 20));

        await ExpireAsync(bench, Month);
        Assert.Equal([old], await TimesAsync(bench));

        await SumUpAsync(bench);
        await ExpireAsync(bench, Month);
        Assert.Empty(await TimesAsync(bench));
        Assert.Equal(20, Assert.Single(await BucketsAsync(bench, Instant.PerHour)).Mean);
    }

    [Fact]
    public async Task Nothing_older_than_what_is_kept_is_taken_in()
    {
        await using var bench = await Bench.StartAsync(engine, options: Month);
        await bench.StoreAsync("m1", Message(bench.Now - (30 * Instant.PerDay), 20));
        await bench.StoreAsync("m1", Message(bench.Now - (30 * Instant.PerDay) - Instant.PerSecond, 20));

        Assert.Equal((1, 1), (bench.Account().Stored, bench.Account().Reasons[RejectReason.OlderThanRetention]));
    }

    [Fact]
    public async Task What_is_gone_is_not_taken_in_again_when_more_is_to_be_kept_later()
    {
        await using var bench = await Bench.StartAsync(engine, options: Forever);
        var old = bench.Now - (50 * Instant.PerDay);
        await bench.StoreAsync("m1", Message(old, 20));
        await SumUpAsync(bench);
        await ExpireAsync(bench, Month);
        await bench.RestartAsync();

        // Its minute is summed up of readings that are gone: this one alone would take their place.
        await bench.StoreAsync("m1", Message(old + Instant.PerSecond, 40));
        await bench.RollAsync();

        Assert.Equal(1, bench.Account().Reasons[RejectReason.OlderThanRetention]);
        Assert.Equal(20, Assert.Single(await BucketsAsync(bench, Instant.PerHour)).Mean);
    }

    [Theory]
    [InlineData("""{"ts":@,"values":{"temperature":40}}""")]
    [InlineData("""{"values":{"temperature":40}}""")]
    public async Task What_is_gone_is_not_taken_in_when_a_reject_of_that_time_is_judged_again(string message)
    {
        await using var bench = await Bench.StartAsync(engine, options: Forever);
        var then = bench.Now;
        await bench.StoreAsync("m1", Message(then, 20));
        bench.Change("temperature", property => property with { Kind = PropertyKind.Boolean });
        await bench.StoreAsync("m1", message.Replace("@", $"{(then / 1000) + 1}", StringComparison.Ordinal));
        bench.Change("temperature", property => property with { Kind = PropertyKind.Number });
        await SumUpAsync(bench);
        bench.Clock.Advance(TimeSpan.FromDays(50));
        await ExpireAsync(bench, Month);

        await bench.Replay.ReplayAsync(() => bench.Rejects.After(new(), 0, long.MaxValue, 10), TestContext.Current.CancellationToken);
        await SumUpAsync(bench);

        Assert.Equal(1, bench.Account().Reasons[RejectReason.OlderThanRetention]);
        Assert.Equal(20, Assert.Single(await BucketsAsync(bench, Instant.PerHour)).Mean);
    }

    [Fact]
    public async Task A_property_has_an_age_of_its_own()
    {
        await using var bench = await Bench.StartAsync(engine, options: Forever);
        var old = bench.Now - (50 * Instant.PerDay);
        await bench.StoreAsync("m1", $$"""{"ts":{{old / 1000}},"values":{"temperature":20,"produced":1} }""");
        await SumUpAsync(bench);
        bench.Change("produced", property => property with { Retention = TimeSpan.FromDays(10) });

        await ExpireAsync(bench, Forever);

        Assert.Equal([old], await TimesAsync(bench));
        Assert.Empty(await TimesAsync(bench, "produced"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("readings=90d,minutes=365d", null)]
    [InlineData("minutes=365d,hours=366d", null)]
    [InlineData("readings=90d, minutes=90d, hours=90d, days=90d", null)]
    [InlineData("readings=90", "--keep takes days, such as readings=90d; got \"readings=90\".")]
    [InlineData("weeks=9d", "--keep knows readings, minutes, hours and days, and not \"weeks\".")]
    [InlineData("readings=0d", "Nothing is kept for less than a day.")]
    [InlineData("readings=90d,minutes=89d", "A coarser form is kept at least as long as a finer one: readings, minutes, hours, days.")]
    [InlineData("hours=90d,days=89d", "A coarser form is kept at least as long as a finer one: readings, minutes, hours, days.")]
    [InlineData("days=90d", "A coarser form is kept at least as long as a finer one: readings, minutes, hours, days.")]
    public void Ages_are_read_and_checked(string? text, string? fault)
    {
        Assert.Equal(fault is null, RetentionOptions.TryParse(text, out var options, out var said));
        Assert.Equal((fault, fault is null), (said, options is not null));
    }

    private static Task ExpireAsync(Bench bench, TelemetryOptions options)
    {
        var server = new ServerOptions(Path.GetTempPath(), new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0), null, null);
        var retention = new Retention(
            bench.Readings, bench.Series, bench.Database, bench.Things, bench.Packs, new Audit(bench.Database, bench.Clock), options, server, bench.Clock,
            NullLogger<Retention>.Instance);
        return retention.ExpireAsync(TestContext.Current.CancellationToken);
    }

    // The newest buckets are written when nothing came for a while: at the second time.
    private static async Task SumUpAsync(Bench bench)
    {
        await bench.RollAsync();
        await bench.RollAsync();
    }

    private static string Message(long time, double value) => $$"""{"ts":{{time / 1000}},"values":{"temperature":{{value}}} }""";

    private static async Task<IEnumerable<long>> TimesAsync(Bench bench, string property = "temperature")
    {
        var series = bench.Series.Find("m1", property)!.Number;
        var points = bench.Queries.NumbersAsync(series, 0, bench.Now, TestContext.Current.CancellationToken);
        return (await points.ToListAsync(TestContext.Current.CancellationToken)).Select(point => point.Time);
    }

    private static Task<List<Server.Telemetry.Queries.Bucket>> BucketsAsync(Bench bench, long width) =>
        bench.BucketsAsync(bench.Series.Find("m1", "temperature")!, 0, bench.Now, width);
}
