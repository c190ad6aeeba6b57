using System.Text;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Repair;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Tests.Telemetry;

[Collection(EngineTests.Name)]
public sealed class RejectReplayTests(EngineFixture engine)
{
    private static readonly Caller Plant = Caller.System;

    [Fact]
    public async Task A_value_without_a_time_is_stored_at_its_first_arrival_and_moves_in_the_account()
    {
        await using var bench = await Bench.StartAsync(engine);
        var arrived = bench.Now;
        await SendAsync(bench, "m9", """{"values":{"temperature":20}}""");
        Assert.Equal(1, bench.Account().Rejected);
        await AddAsync(bench, "m9");
        bench.Clock.Advance(TimeSpan.FromHours(3));

        var result = await ReplayAsync(bench);

        Assert.Equal((1, 0, 0), (result.Accepted, result.Refused, result.Skipped));
        var account = bench.Account();
        Assert.Equal((1, 1, 0, 0, 0, 1), (account.Received, account.Stored, account.Pending, account.Rejected, account.Duplicate, account.Replayed));
        Assert.Equal([(arrived, 20.0)], await PointsAsync(bench, "m9"));
        Assert.Empty(All(bench));
        Assert.Equal(0, (await ReplayAsync(bench)).Accepted);
    }

    [Fact]
    public async Task What_is_refused_again_stays_under_the_reason_that_it_has_now()
    {
        await using var bench = await Bench.StartAsync(engine);
        await SendAsync(bench, "m9", """{"values":{"temperature":"warm"}}""");
        await AddAsync(bench, "m9");

        var result = await ReplayAsync(bench);

        Assert.Equal((0, 1), (result.Accepted, result.Refused));
        Assert.Equal(1, result.Reasons[RejectReason.WrongType]);
        var stays = Assert.Single(All(bench));
        Assert.Equal((RejectReason.WrongType, bench.Now), (stays.What.Reason, stays.At));
        Assert.Equal(new Dictionary<string, long> { [RejectReason.WrongType] = 1 }, bench.Account().Reasons);

        await bench.RestartAsync();
        Assert.Equal(new Dictionary<string, long> { [RejectReason.WrongType] = 1 }, bench.Account().Reasons);
        Assert.Equal(1, bench.Account().Received);
    }

    [Fact]
    public async Task A_crash_between_engine_and_checkpoint_neither_counts_nor_keeps_it_twice()
    {
        await using var bench = await Bench.StartAsync(engine);
        await SendAsync(bench, "m9", """{"ts":1767599940000,"values":{"temperature":20,"nonsense":1}}""");
        await AddAsync(bench, "m9");
        var crash = new Crash(bench.Database);
        await ReplayAsync(bench);

        await bench.Readings.DisposeAsync();
        crash.Rewind(bench.Database);
        await bench.StartAgainAsync();

        var account = bench.Account();
        Assert.Equal((2, 1, 0, 1, 0, 1), (account.Received, account.Stored, account.Pending, account.Rejected, account.Duplicate, account.Replayed));
        Assert.Equal("nonsense", Assert.Single(All(bench)).What.Property);
        Assert.Equal([(1767599940000000, 20.0)], await PointsAsync(bench, "m9"));
    }

    [Fact]
    public async Task A_power_cut_before_the_engine_had_it_loses_neither_the_value_nor_its_account()
    {
        var log = new PowerCutStorage();
        await using var bench = await Bench.StartAsync(engine, log);
        await SendAsync(bench, "m9", """{"ts":1767599940000,"values":{"temperature":20}}""");
        await AddAsync(bench, "m9");
        var crash = new Crash(bench.Database);
        await ReplayAsync(bench);

        log.Cut();
        crash.Rewind(bench.Database);
        await bench.StartAgainAsync();

        Assert.Equal((1, 1, 0, 1), (bench.Account().Received, bench.Account().Stored, bench.Account().Rejected, bench.Account().Replayed));
        Assert.Empty(All(bench));
    }

    [Fact]
    public async Task Of_a_line_only_the_rejected_field_is_taken_in_the_precision_of_its_request()
    {
        await using var bench = await Bench.StartAsync(engine);
        var batch = new IntakeBatch("plant-lines", bench.Now) { Origin = Origin.Of(Plant, "s") };
        var channel = bench.Lines.Channel("plant")!;
        bench.Lines.Read(batch, Plant, channel, "mill,machine=m1 temperature=20,pressure=3 1767599940"u8, "s");
        await bench.Readings.AcceptAsync(batch);
        await bench.SettleAsync();
        Assert.Equal("pressure", Assert.Single(All(bench)).What.Property);
        AddProperty(bench, "pressure");

        await ReplayAsync(bench);

        var account = bench.Account("plant-lines");
        Assert.Equal((2, 2, 0, 0, 1), (account.Received, account.Stored, account.Rejected, account.Duplicate, account.Replayed));
        Assert.Equal([(1767599940000000, 3.0)], await PointsAsync(bench, "m1", "pressure"));
    }

    [Fact]
    public async Task A_message_that_could_not_be_parsed_falls_apart_into_its_values()
    {
        await using var bench = await Bench.StartAsync(engine);
        // As an earlier version that did not know the form would have kept it.
        var batch = new IntakeBatch("mqtt-readings", bench.Now) { Origin = Origin.Of(Plant) };
        bench.Check.AddUnparsable(batch, "m1", """{"values":{"temperature":20,"nonsense":1}}"""u8, RejectReason.Unparsable, "Not understood.");
        await bench.Readings.AcceptAsync(batch);
        await bench.SettleAsync();

        var result = await ReplayAsync(bench);

        Assert.Equal(1, result.Accepted);
        Assert.Equal((2, 1, 1, 1), (bench.Account().Received, bench.Account().Stored, bench.Account().Rejected, bench.Account().Replayed));
        Assert.Equal(("nonsense", RejectReason.UnknownProperty), (Assert.Single(All(bench)).What.Property, All(bench)[0].What.Reason));
    }

    [Fact]
    public async Task Its_publisher_is_judged_by_his_rights_of_today()
    {
        await using var bench = await Bench.StartAsync(engine);
        // m3 is behind the gateway m1; m2 has nothing to do with it.
        await bench.Readings.AcceptAsync(bench.Parse("m3", """{"values":{"temperature":1}}""", Authenticator.OfThing("m2", "m2")));
        await SendAsync(bench, "m9", """{"values":{"temperature":1}}""", Authenticator.OfThing("gone", "gone"));

        var refused = await ReplayAsync(bench);
        Assert.Equal((0, 2), (refused.Accepted, refused.Reasons[RejectReason.NotAllowed]));

        bench.Things.TryGet("m3", out var thing);
        await bench.Things.UpdateAsync(thing! with { Gateway = "m2" }, ThingAuthor.System, CancellationToken.None);
        Assert.Equal((1, 1), ((await ReplayAsync(bench)).Accepted, All(bench).Count));
    }

    [Fact]
    public async Task What_is_not_kept_whole_or_from_nobody_known_is_left_alone()
    {
        await using var bench = await Bench.StartAsync(engine);
        var unknown = new IntakeBatch("mqtt-readings", bench.Now);
        bench.Check.AddUnparsable(unknown, "m1", """{"values":{"temperature":20}}"""u8, RejectReason.Unparsable, "From nobody.");
        await bench.Readings.AcceptAsync(unknown);
        var broken = new IntakeBatch("mqtt-readings", bench.Now) { Origin = Origin.Of(Plant) };
        bench.Check.AddUnparsable(broken, "m1", [.. "{\"values\":{\"recipe\":\""u8, 0xFF, .. "\"}}"u8], RejectReason.Unparsable, "No UTF-8.");
        bench.Check.AddUnparsable(
            broken, "m1", Encoding.UTF8.GetBytes("{\"values\":{\"temperature\":20}}" + new string(' ', bench.Options.RejectPayloadBytes)), RejectReason.TooLarge, "Long.");
        await bench.Readings.AcceptAsync(broken);
        await bench.SettleAsync();

        var result = await ReplayAsync(bench);

        Assert.Equal((0, 0, 3), (result.Accepted, result.Refused, result.Skipped));
        Assert.Equal(3, bench.Account().Rejected);
    }

    [Fact]
    public async Task Followers_see_it_as_late_so_that_it_raises_no_live_alarm()
    {
        await using var bench = await Bench.StartAsync(engine);
        await SendAsync(bench, "m9", """{"values":{"temperature":20}}""");
        await AddAsync(bench, "m9");
        var seen = bench.Readings.Follow(4);

        await ReplayAsync(bench);

        var batch = await seen.ReadAsync(TestContext.Current.CancellationToken);
        Assert.True(Assert.Single(batch.Readings).Late);
    }

    [Fact]
    public async Task Rejects_expire_by_age_and_by_number_and_stay_counted()
    {
        await using var bench = await Bench.StartAsync(engine, options: new TelemetryOptions { EngineDelay = TimeSpan.Zero, RejectsKept = 3 });
        for (var index = 0; index < 5; index++)
        {
            await SendAsync(bench, "m1", $$"""{"values":{"nonsense":{{index}} } }""");
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((3, 2), (All(bench).Count, bench.Rejects.Gone["expired"]));
        Assert.Equal(1, bench.Rejects.Expire(All(bench)[0].At + 1, 100));
        bench.Rejects.Delete([All(bench)[0].Id]);
        Assert.Equal((1, 3, 1), (All(bench).Count, bench.Rejects.Gone["expired"], bench.Rejects.Gone["deleted"]));
        Assert.Equal((5, 5), (bench.Account().Received, bench.Account().Rejected));
    }

    [Theory]
    [InlineData("NONS", 1)]
    [InlineData("no property", 1)]
    [InlineData("absent", 0)]
    public async Task They_are_found_by_text(string text, int found)
    {
        await using var bench = await Bench.StartAsync(engine);
        await SendAsync(bench, "m1", """{"values":{"nonsense":1,"temperature":"warm"}}""");
        Assert.Equal(found, bench.Rejects.After(new RejectFilter(Text: text), 0, long.MaxValue, 10).Count);
    }

    private static async Task SendAsync(Bench bench, string thing, string json, Caller? publisher = null)
    {
        await bench.Readings.AcceptAsync(bench.Parse(thing, json, publisher ?? Plant));
        await bench.SettleAsync();
    }

    private static async Task AddAsync(Bench bench, string thing) =>
        await bench.Things.AddAsync(
            new Thing(thing, Telemetry.Plant.Type, thing, Parties.Root, Regions.Root, null, null, Bench.Start, 1), CancellationToken.None);

    private static void AddProperty(Bench bench, string id)
    {
        var pack = bench.Packs.Current.Packs[0];
        var type = pack.Types[0];
        var property = type.Properties.First(each => each.Kind == PropertyKind.Number) with { Id = id };
        // A copy made by "with" would keep looking properties up among the old ones.
        var mended = new ThingType(
            type.Id, type.Pack, type.Extends, type.Abstract, type.Icon, type.Name, type.Lineage, [.. type.Properties, property], type.Commands);
        bench.Packs.Swap(new PackSet([pack with { Types = [mended] }]));
    }

    private static IReadOnlyList<KeptReject> All(Bench bench) => bench.Rejects.After(new RejectFilter(), 0, long.MaxValue, 100);

    private static async Task<ReplayResult> ReplayAsync(Bench bench) =>
        (await bench.Replay.ReplayAsync(() => All(bench), TestContext.Current.CancellationToken))!;

    private static async Task<List<(long, double)>> PointsAsync(Bench bench, string thing, string property = "temperature")
    {
        var series = bench.Series.Find(thing, property)!;
        var points = await bench.Queries.NumbersAsync(series.Number, 0, bench.Now + 1, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        return points.ConvertAll(point => (point.Time, point.Value));
    }
}
