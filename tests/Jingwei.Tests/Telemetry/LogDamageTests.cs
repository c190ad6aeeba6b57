using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Journal;

namespace Jingwei.Tests.Telemetry;

/// <summary>The log alone, on a disk that loses and turns over bytes: what may be cut off is cut off, and what may not be stops the start.</summary>
[Collection(EngineTests.Name)]
public sealed class LogDamageTests(EngineFixture engine)
{
    private const int Rounds = 60;

    [Fact]
    public async Task A_tail_that_is_torn_at_any_byte_is_cut_off_and_nothing_before_it()
    {
        await using var bench = await Bench.IdleAsync(engine);
        var (name, bytes, first) = await TwoFramesAsync(bench, LogSync.Always);

        for (var length = first; length < bytes.Length; length++)
        {
            var storage = new PowerCutStorage().With(name, bytes.AsSpan(0, length));
            var (found, recovery) = await ReadAsync(bench, storage);
            Assert.Equal((1, (long)(length - first)), (found.Count, recovery.TornBytes));

            // The second time there is nothing left to cut.
            Assert.Equal(0, (await ReadAsync(bench, storage)).Recovery.TornBytes);
        }
    }

    [Fact]
    public async Task A_bit_that_turned_over_anywhere_before_a_synced_frame_stops_the_start()
    {
        await using var bench = await Bench.IdleAsync(engine);
        var (name, bytes, first) = await TwoFramesAsync(bench, LogSync.Always);

        for (var offset = 0; offset < first; offset++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var storage = new PowerCutStorage().With(name, bytes);
                storage.Flip(name, offset, bit);
                await Assert.ThrowsAsync<LogDamagedException>(() => ReadAsync(bench, storage));
                Assert.Equal(bytes.Length, storage.Read(name).Length);
            }
        }
    }

    [Fact]
    public async Task Damage_in_any_segment_but_the_last_stops_the_start()
    {
        await using var bench = await Bench.IdleAsync(engine);
        var (name, bytes, first) = await TwoFramesAsync(bench, LogSync.Always);
        var storage = new PowerCutStorage().With(name, bytes.AsSpan(0, bytes.Length - 1)).With("99999999999999999999.log", []);

        var error = await Assert.ThrowsAsync<LogDamagedException>(() => ReadAsync(bench, storage));
        Assert.Contains($"{name} is damaged at byte {first}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogSync.Always)]
    [InlineData(LogSync.Interval)]
    [InlineData(LogSync.Os)]
    public async Task After_a_power_cut_the_log_is_what_was_written_up_to_some_point_and_all_that_was_synced(LogSync policy)
    {
        await using var bench = await Bench.IdleAsync(engine);
        var chance = new Random(7);
        for (var round = 0; round < Rounds; round++)
        {
            var storage = new PowerCutStorage();
            var options = new TelemetryOptions { Sync = policy, SyncInterval = TimeSpan.FromDays(1), SegmentBytes = chance.Next(1, 400) };
            var (written, synced) = await WriteAsync(bench, storage, options, chance);

            storage.CutAnywhere(chance);
            var (found, _) = await ReadAsync(bench, storage);
            Assert.Equal(written.Take(found.Count), found);
            Assert.InRange(found.Count, synced, written.Count);

            // Recovery that is itself cut off by a power cut finds the same again.
            storage.CutAnywhere(chance);
            Assert.Equal(found, (await ReadAsync(bench, storage)).Stamps);
        }
    }

    [Theory]
    [InlineData(LogSync.Always, 3)]
    [InlineData(LogSync.Interval, 1)]
    [InlineData(LogSync.Os, 1)]
    public async Task A_policy_syncs_before_each_answer_or_not_until_the_engine_takes_it(LogSync policy, int syncs)
    {
        await using var bench = await Bench.IdleAsync(engine);
        var storage = new PowerCutStorage();
        using var log = NewLog(storage, new TelemetryOptions { Sync = policy, SyncInterval = TimeSpan.FromDays(1) }, _ => { });
        for (var message = 0; message < 3; message++)
        {
            Assert.True(await log.AppendAsync(bench.Parse("m1", """{"values":{"temperature":20}}""")));
            Assert.Equal(policy == LogSync.Always ? message + 1 : 0, storage.Syncs);
        }

        log.SyncWritten();
        Assert.Equal(syncs, storage.Syncs);
    }

    [Fact]
    public async Task With_an_interval_a_log_at_rest_is_synced_all_the_same()
    {
        await using var bench = await Bench.IdleAsync(engine);
        var synced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var storage = new PowerCutStorage { Syncing = () => synced.TrySetResult() };
        using var log = NewLog(storage, new TelemetryOptions { Sync = LogSync.Interval, SyncInterval = TimeSpan.FromMilliseconds(1) }, _ => { });
        Assert.True(await log.AppendAsync(bench.Parse("m1", """{"values":{"temperature":20}}""")));

        await synced.Task;
    }

    // The stamps that were acknowledged, and how many of them were synced for certain.
    private static async Task<(List<long> Written, int Synced)> WriteAsync(Bench bench, PowerCutStorage storage, TelemetryOptions options, Random chance)
    {
        List<long> written = [];
        var synced = 0;
        var log = NewLog(storage, options, batches => written.AddRange(batches.Select(batch => batch.Stamp)));
        for (var messages = chance.Next(1, 12); messages > 0; messages--)
        {
            Assert.True(await log.AppendAsync(bench.Parse("m1", $$"""{"values":{"temperature":{{chance.Next(100)}},"state":"idle"} }""")));
            if (options.Sync == LogSync.Always || chance.Next(4) == 0)
            {
                log.SyncWritten();
                synced = written.Count;
            }
        }

        // Without an end: the power goes while it runs.
        return (written, synced);
    }

    private static async Task<(string Name, byte[] Bytes, int First)> TwoFramesAsync(Bench bench, LogSync policy)
    {
        var storage = new PowerCutStorage();
        using var log = NewLog(storage, new TelemetryOptions { Sync = policy }, _ => { });
        await log.AppendAsync(bench.Parse("m1", """{"values":{"temperature":20.5,"state":"idle","nonsense":1}}"""));
        var name = storage.Names()[0];
        var first = storage.Read(name).Length;
        await log.AppendAsync(bench.Parse("m1", """{"values":{"temperature":21.5,"recipe":"a"}}"""));
        return (name, storage.Read(name), first);
    }

    private static ReadingLog NewLog(PowerCutStorage storage, TelemetryOptions options, Action<IReadOnlyList<CommittedBatch>> committed) =>
        new(storage, 0, [], options, committed, _ => { });

    private static async Task<(List<long> Stamps, LogRecovery Recovery)> ReadAsync(Bench bench, PowerCutStorage storage)
    {
        List<long> stamps = [];
        var recovery = await LogSegment.ReadAllAsync(storage, bench.Series, 0, batches =>
        {
            stamps.AddRange(batches.Select(batch => batch.Stamp));
            return Task.CompletedTask;
        });
        return (stamps, recovery);
    }
}
