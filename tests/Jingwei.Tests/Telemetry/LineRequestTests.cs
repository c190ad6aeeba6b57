using System.IO.Compression;
using System.Text;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jingwei.Tests.Telemetry;

/// <summary>A request of many lines: taken in piece by piece, and what it may take in memory has a limit.</summary>
[Collection(EngineTests.Name)]
public sealed class LineRequestTests(EngineFixture engine)
{
    private static readonly TelemetryOptions AtOnce = new() { EngineDelay = TimeSpan.Zero };

    [Fact]
    public async Task A_request_is_taken_in_pieces_and_lines_keep_their_numbers()
    {
        await using var bench = await Bench.StartAsync(engine, options: AtOnce with { BatchValues = 2 });
        var result = await AcceptAsync(
            bench,
            """
            mill,machine=m1 temperature=1 1767599940

            # a comment
            mill,machine=m1 nope=1 1767599940
            mill,machine=m1 temperature=1 1767599941
            mill,machine=m9 produced=1,temperature=2 1767599941

            """);

        Assert.Equal((IntakeStatus.Durable, 3), (result.Status, result.Rejected));
        Assert.Equal([(4, RejectReason.UnknownProperty), (6, RejectReason.UnknownThing)], result.Named.Select(reject => (reject.Line, reject.Reason)));
        await bench.SettleAsync();
        Assert.Equal((5, 2, 3), (bench.Account("plant-lines").Received, bench.Account("plant-lines").Stored, bench.Account("plant-lines").Rejected));
    }

    [Fact]
    public async Task No_piece_outweighs_what_the_log_takes_by_more_than_a_line_and_the_answer_names_a_hundred_lines()
    {
        await using var bench = await Bench.IdleAsync(engine, options: AtOnce with { BatchValues = 1_000 });
        // What is kept of each reject are 4 KiB: of all of them together 40 MiB.
        var line = $"mill,machine=m9,note={new string('x', 5_000)} temperature=1\n";
        var batches = bench.ReadLines(string.Concat(Enumerable.Repeat(line, 10_000)));

        Assert.Equal(10_000, batches.Sum(batch => batch.Count));
        Assert.All(batches, batch => Assert.InRange(batch.Weight, 1, 1_300));
    }

    [Fact]
    public async Task Rejects_and_text_wait_for_room_by_their_length()
    {
        await using var bench = await Bench.StartAsync(engine, options: AtOnce with { EngineDelay = TimeSpan.FromHours(1), ValuesInFlight = 1_000 });
        var line = $"mill,machine=m9,note={new string('x', 4_000)} temperature=1\n";
        for (var sent = 0; sent < 3; sent++)
        {
            Assert.Equal(IntakeStatus.Durable, (await AcceptAsync(bench, line)).Status);
        }

        var waiting = AcceptAsync(bench, line).AsTask();
        bench.Clock.Advance(AtOnce.Patience);

        Assert.Equal(IntakeStatus.Busy, (await waiting).Status);
        bench.Clock.Advance(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_channel_makes_no_more_things_than_it_may()
    {
        await using var bench = await Bench.StartAsync(engine, options: AtOnce with { ThingsMade = 5 });
        var pack = bench.Packs.Current.Packs[0];
        var channels = pack.Channels.Select(channel => channel with { CreateType = channel.Database is null ? null : Plant.Type });
        bench.Packs.Swap(new PackSet([pack with { Channels = [.. channels] }]));
        var maker = new Caller(CallerKind.Token, "maker", "maker", [new Grant(1, Role.Administrator, Parties.Root, Regions.Root)]);

        var result = await AcceptAsync(bench, "mill,machine=n1 produced=1\nmill,machine=n2 produced=1\nmill,machine=n3 produced=1\nmill,machine=n1 produced=2", maker);

        Assert.Equal((1, 5), (result.Rejected, bench.Things.All.Count));
        Assert.Equal([(3, RejectReason.UnknownThing)], result.Named.Select(reject => (reject.Line, reject.Reason)));
        Assert.Equal(1, (await AcceptAsync(bench, "mill,machine=n4 produced=1", maker)).Rejected);
    }

    [Fact]
    public async Task Bodies_share_their_room_and_one_that_finds_none_gives_up_after_a_while()
    {
        var clock = new ManualTime(Bench.Start);
        var room = new ValueBudget(16_384);
        var first = new PooledBody(room, 10_000, AtOnce.Patience, clock);
        first.Advance(first.Free.Length);
        Assert.True(await first.TryGrowAsync(CancellationToken.None));
        Assert.Equal(16_384 - 4_096, first.Free.Length);

        using (var second = new PooledBody(room, 0, AtOnce.Patience, clock))
        {
            // The first bytes of any request need no room.
            second.Advance(second.Free.Length);
            var waiting = second.TryGrowAsync(CancellationToken.None).AsTask();
            clock.Advance(AtOnce.Patience);
            Assert.False(await waiting);
        }

        first.Dispose();
        using var third = new PooledBody(room, 0, AtOnce.Patience, clock);
        Assert.True(await third.TryGrowAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, BodyFault.NoGzip)]
    [InlineData(8, BodyFault.NoGzip)]
    [InlineData(100, BodyFault.NoGzip)]
    [InlineData(1_000_000, BodyFault.NoGzip)]
    public async Task A_packed_body_that_is_cut_short_is_refused(int cut, object? fault)
    {
        using var packed = NewBody();
        var whole = new MemoryStream();
        await using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5_000).Select(number => $"m temperature={number}\n"))), CancellationToken.None);
        }

        Assert.Null(await packed.FillAsync(new MemoryStream(whole.ToArray(), 0, (int)Math.Max(0, whole.Length - cut)), 1 << 20, CancellationToken.None));
        using var body = NewBody();
        Assert.Equal(fault, await body.UnpackAsync(packed, 1 << 20, CancellationToken.None));
    }

    [Fact]
    public async Task A_body_larger_than_the_limit_is_read_no_further()
    {
        using var packed = NewBody();
        var whole = new MemoryStream();
        await using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[10 << 20], CancellationToken.None);
        }

        Assert.Null(await packed.FillAsync(new MemoryStream(whole.ToArray()), 1 << 20, CancellationToken.None));
        using var body = NewBody();
        Assert.Equal(BodyFault.TooLarge, await body.UnpackAsync(packed, 100_000, CancellationToken.None));
        Assert.InRange(body.Length, 100_001, 200_000);
    }

    [Fact]
    public async Task Long_keys_are_not_remembered()
    {
        await using var bench = await Bench.IdleAsync(engine);
        var keys = new LineKeys(bench.Check, bench.Packs, bench.Things, bench.Series, limit: 10);
        Assert.True(IsRemembered("mill,machine=m1 temperature=1"));
        Assert.False(IsRemembered($"mill,machine=m1,note={new string('x', 500)} temperature=1"));

        bool IsRemembered(string text)
        {
            var line = Encoding.UTF8.GetBytes(text);
            var point = new LinePoint();
            Assert.True(new LineReader(line).Next(point, out _));
            keys.Learn(line, point, "m1");
            return keys.Find(line, null) is not null;
        }
    }

    private static PooledBody NewBody() => new(new ValueBudget(4 << 20), 0, AtOnce.Patience, new ManualTime(Bench.Start));

    private static ValueTask<LineResult> AcceptAsync(Bench bench, string body, Caller? caller = null)
    {
        var request = new LineRequest(bench.Lines, bench.Check, bench.Readings, bench.Things, bench.Options, bench.Clock, NullLogger<LineRequest>.Instance);
        return request.AcceptAsync(caller ?? Caller.System, request.Channel("plant")!, Encoding.UTF8.GetBytes(body), "s", CancellationToken.None);
    }
}
