using Jingwei.Mqtt;
using Jingwei.Mqtt.Journal;
using Jingwei.Mqtt.Publishing;
using Jingwei.Mqtt.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jingwei.Tests.Mqtt;

/// <summary>The session journal on its own: what is cut off, what is refused, what is written anew.</summary>
public sealed class JournalTests : IDisposable
{
    private const int Small = 4096;

    private readonly string root = Directory.CreateTempSubdirectory("jingwei-journal-").FullName;
    private readonly QueueBudget budget = new(long.MaxValue);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task A_file_cut_off_anywhere_gives_what_was_whole_before()
    {
        using (var journal = Open(out _, long.MaxValue))
        {
            var session = Begin(journal);
            for (var i = 0; i < 5; i++)
            {
                await journal.SyncedAsync(Deliver(session, $"{i}").Commit);
            }
        }

        var file = Assert.Single(Directory.GetFiles(root));
        var whole = await File.ReadAllBytesAsync(file, Cancel);
        var before = 0;
        for (var length = 0; length <= whole.Length; length++)
        {
            Directory.GetFiles(root).ToList().ForEach(File.Delete);
            await File.WriteAllBytesAsync(file, whole.AsMemory(0, length), Cancel);
            using var journal = Open(out var replay, long.MaxValue);
            var found = replay.Sessions.SingleOrDefault()?.Deliveries.Values.OrderBy(each => each.Number).Select(each => each.Message.Message.Topic).ToList() ?? [];
            Assert.Equal(Enumerable.Range(0, found.Count).Select(i => $"{i}"), found);
            Assert.True(found.Count >= before);
            before = found.Count;
        }

        Assert.Equal(5, before);
    }

    [Fact]
    public async Task Damage_before_the_end_is_refused()
    {
        using (var journal = Open(out _, long.MaxValue))
        {
            var session = Begin(journal);
            await journal.SyncedAsync(Deliver(session, "1").Commit);
            await journal.SyncedAsync(Deliver(session, "2").Commit);
        }

        var file = Assert.Single(Directory.GetFiles(root));
        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        bytes[JournalFolder.HeaderBytes]++;
        await File.WriteAllBytesAsync(file, bytes, Cancel);
        Assert.Throws<MqttJournalDamagedException>(() => Open(out _, long.MaxValue));
    }

    [Fact]
    public async Task What_is_done_is_left_out_when_the_journal_is_written_anew()
    {
        List<string> expected;
        using (var journal = Open(out _, Small))
        {
            var session = Begin(journal);
            journal.Living = () => [session.Recorder!.WriteSnapshot];
            session.Outbox.Restart(ushort.MaxValue);
            var waiting = new Queue<Delivery>();
            for (var i = 0; i < 2000; i++)
            {
                waiting.Enqueue(Deliver(session, $"{i}"));
                await journal.SyncedAsync(waiting.Last().Commit);
                if (waiting.Count > 3)
                {
                    Assert.NotNull(session.Outbox.Take());
                    var done = waiting.Dequeue();
                    Assert.True(session.Outbox.End(done.PacketId, done.QoS));
                }
            }

            Assert.InRange(journal.Size, 1, 3 * Small);
            expected = [.. waiting.Select(each => each.Message.Topic)];
        }

        Assert.InRange(Directory.GetFiles(root).Sum(each => new FileInfo(each).Length), 1, 4 * Small);
        using var again = Open(out var replay, Small);
        Assert.Equal(
            expected,
            replay.Sessions.Single().Deliveries.Values.OrderBy(each => each.Number).Select(each => each.Message.Message.Topic).TakeLast(expected.Count));
    }

    [Fact]
    public async Task A_message_for_many_sessions_is_written_once()
    {
        using var journal = Open(out _, long.MaxValue);
        var sessions = Enumerable.Range(0, 100).Select(_ => Begin(journal)).ToList();
        await journal.SyncedAsync(sessions[^1].Recorder!.Attached());
        var before = journal.Size;
        var message = new MqttMessage { Topic = "t", Payload = new byte[1000], QoS = MqttQoS.AtLeastOnce };
        var shared = new RoutedMessage(message, DateTimeOffset.MaxValue);
        Delivery? last = null;
        foreach (var session in sessions)
        {
            last = new(shared, MqttQoS.AtLeastOnce, false, []);
            Assert.Equal(Taking.Taken, session.Deliver(last, new(), mayWait: false));
        }

        await journal.SyncedAsync(last!.Commit);
        Assert.InRange(journal.Size - before, 1000, 3500);
    }

    [Fact]
    public async Task When_the_disk_fails_whoever_waits_is_told_and_nothing_more_is_taken()
    {
        var journal = Open(out _, 1);
        var session = Begin(journal);

        // The next segment has a name that is there already.
        await File.WriteAllTextAsync(Path.Combine(root, "00000000000000000002.journal"), "", Cancel);
        var first = Deliver(session, "1");
        await Assert.ThrowsAsync<MqttJournalFailedException>(async () =>
        {
            await journal.SyncedAsync(first.Commit);
            await journal.SyncedAsync(Deliver(session, "2").Commit);
            await journal.SyncedAsync(Deliver(session, "3").Commit);
        });
        await Assert.ThrowsAsync<MqttJournalFailedException>(async () => await journal.SyncedAsync(Deliver(session, "4").Commit));
        journal.Dispose();
    }

    private static Delivery Deliver(Session session, string topic)
    {
        var message = new MqttMessage { Topic = topic, QoS = MqttQoS.AtLeastOnce };
        var delivery = new Delivery(new(message, DateTimeOffset.MaxValue), MqttQoS.AtLeastOnce, false, []);
        Assert.Equal(Taking.Taken, session.Deliver(delivery, new(), mayWait: false));
        Cancel.ThrowIfCancellationRequested();
        return delivery;
    }

    private SessionJournal Open(out JournalReplay replay, long compactAfter)
    {
        var journal = SessionJournal.Open(root, compactAfter, NullLogger.Instance, out replay);
        journal.Start();
        return journal;
    }

    private Session Begin(SessionJournal journal)
    {
        var session = new Session(new("owner", "client"), new(), TimeProvider.System, new(), budget, NullLogger.Instance) { Expiry = TimeSpan.FromDays(1) };
        session.RecordBy(journal.Begin(session));
        session.Recorder!.Began();
        session.Recorder.Attached();
        return session;
    }
}
