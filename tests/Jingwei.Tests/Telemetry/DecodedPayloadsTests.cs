using System.Buffers;
using Jingwei.Sdk;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Plugins;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Tests.Telemetry;

[Collection(EngineTests.Name)]
public sealed class DecodedPayloadsTests(EngineFixture engine)
{
    private const string Thing = "s1";

    private static readonly DateTimeOffset Taken = new(2026, 1, 5, 7, 59, 58, TimeSpan.Zero);

    [Fact]
    public async Task The_readings_of_a_frame_are_taken_in_at_its_time()
    {
        using var packs = new ClimatePack();
        await using var bench = await StartAsync(packs);
        var batch = Read(bench, ClimatePack.Frame(1, Taken, 20, 9.2, 50, doorOpen: true, "7-12"));
        Assert.Empty(batch.Rejected);
        Assert.Equal(
            [("air", 20.0, null), ("surface", 9.2, null), ("humidity", 50.0, null), ("door_open", 1.0, null), ("serial", 0.0, "7-12")],
            bench.Accepted(batch).Select(reading => (reading.Property.Id, reading.Value.Number, reading.Value.Text)));
        Assert.All(bench.Accepted(batch), reading => Assert.Equal(Instant.Of(Taken), reading.Time));
    }

    [Theory]
    [InlineData("03", "Frames of version 3 are not known.")]
    [InlineData("0169", "The decoder failed: ArgumentOutOfRangeException: ")]
    [InlineData("", "The decoder failed: IndexOutOfRangeException: ")]
    public async Task A_frame_that_cannot_be_read_is_one_reject_with_its_reason(string hex, string detail)
    {
        using var packs = new ClimatePack();
        await using var bench = await StartAsync(packs);
        var batch = Read(bench, Convert.FromHexString(hex));
        var reject = Assert.Single(batch.Rejected);
        Assert.Equal((0, RejectReason.Unparsable, Thing, true), (batch.Accepted, reject.Reason, reject.Thing, reject.IsWhole));
        Assert.StartsWith(detail, reject.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_value_is_judged_as_any_other()
    {
        using var packs = new ClimatePack();
        await using var bench = await StartAsync(packs);
        var batch = Read(bench, [1], (in _, readings) =>
        {
            readings.Add("air", 20);
            readings.Add("surface", double.NaN);
            readings.Add("door_open", 1);
            readings.Add("nothing", 1, Taken);
            readings.Add("air", 21, Taken.AddYears(1));
            return null;
        });
        Assert.Equal((1, bench.Now), (batch.Accepted, bench.Accepted(batch)[0].Time));
        Assert.Equal(
            [
                (RejectReason.NotFinite, """{"values":{"surface":"NaN"}}"""),
                (RejectReason.WrongType, """{"values":{"door_open":1}}"""),
                (RejectReason.UnknownProperty, """{"ts":"2026-01-05T07:59:58Z","values":{"nothing":1}}"""),
                (RejectReason.OutOfTimeLimits, """{"ts":"2027-01-05T07:59:58Z","values":{"air":21}}"""),
            ],
            batch.Rejected.Select(reject => (reject.Reason, reject.Payload)));
    }

    [Fact]
    public async Task A_message_of_too_many_readings_or_none_is_rejected_whole()
    {
        using var packs = new ClimatePack();
        await using var bench = await StartAsync(packs, new TelemetryOptions { MessageReadings = 2, EngineDelay = TimeSpan.Zero });
        var batch = Read(bench, [1], (in _, readings) =>
        {
            readings.Add("air", 20);
            readings.Add("air", 21);
            readings.Add("air", 22);
            return null;
        });
        Assert.Equal((0, RejectReason.TooLarge, "A message has at most 2 readings."), (batch.Accepted, batch.Rejected[0].Reason, batch.Rejected[0].Detail));
        Assert.Equal("The decoder found no readings in the message.", Read(bench, [1], (in _, _) => null).Rejected[0].Detail);
    }

    [Fact]
    public async Task Who_may_not_deliver_for_the_thing_reaches_no_decoder()
    {
        using var packs = new ClimatePack();
        await using var bench = await StartAsync(packs);
        var batch = Read(bench, [1], (in _, _) => throw new InvalidOperationException("It was called."), Authenticator.OfThing("m1", "m1"));
        Assert.Equal((RejectReason.NotAllowed, "There is no thing 's1'."), (batch.Rejected[0].Reason, batch.Rejected[0].Answer));
    }

    [Fact]
    public async Task A_rejected_frame_is_taken_in_when_a_later_build_can_read_it()
    {
        using var packs = new ClimatePack();
        await using var bench = await StartAsync(packs);
        var batch = Read(bench, ClimatePack.Frame(2, Taken, 20, 9.2, 50));
        await bench.Readings.AcceptAsync(batch);
        await bench.SettleAsync();
        Assert.StartsWith("base64:Ag", Assert.Single(bench.Rejects.After(new RejectFilter(), 0, long.MaxValue, 10)).What.Payload, StringComparison.Ordinal);
        Assert.Equal((0, 1), await ReplayAsync(bench));

        packs.Install(ClimatePack.NextBuild);
        bench.Packs.Swap(Load(packs));
        Assert.Equal((1, 0), await ReplayAsync(bench));
        var account = bench.Account("climate-frames");
        Assert.Equal((5, 5, 0), (account.Received, account.Stored, account.Rejected));
        Assert.Equal(9.2, bench.Readings.Latest(Thing, "surface")!.Value.Value.Number);
    }

    private static async Task<(int Accepted, int Refused)> ReplayAsync(Bench bench)
    {
        var result = await bench.Replay.ReplayAsync(() => bench.Rejects.After(new RejectFilter(), 0, long.MaxValue, 10), CancellationToken.None);
        return (result!.Accepted, result.Refused);
    }

    private async Task<Bench> StartAsync(ClimatePack packs, TelemetryOptions? options = null)
    {
        var bench = await Bench.StartAsync(engine, options: options);
        bench.Packs.Swap(Load(packs));
        await bench.Things.AddAsync(new Thing(Thing, "climate-sensor", Thing, Parties.Root, Regions.Root, null, null, Bench.Start, 1), CancellationToken.None);
        return bench;
    }

    private static PackSet Load(ClimatePack packs) => PackLoader.Load(packs.Root, plugins: PluginUse.Allowed).Packs!;

    private static IntakeBatch Read(Bench bench, byte[] payload, PayloadDecoder? decoder = null, Caller? publisher = null)
    {
        publisher ??= Authenticator.OfThing(Thing, Thing);
        var channel = bench.Packs.Current.Channel(ReadingsTopic.Protocol, "climate-sensor")!;
        var batch = new IntakeBatch(channel.Id, bench.Now) { Origin = Origin.Of(publisher) };
        bench.Decoded.Read(batch, publisher, Thing, new ReadOnlySequence<byte>(payload), decoder ?? bench.Packs.Current.Decoder(channel)!);
        return batch;
    }
}
