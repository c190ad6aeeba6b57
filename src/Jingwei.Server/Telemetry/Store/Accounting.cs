using Dapper;
using Jingwei.Server.Telemetry.Intake;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>The values of one channel: received = stored + pending + rejected + duplicate, at every moment.</summary>
/// <param name="Corrections">Those of <paramref name="Stored"/> that replaced an earlier value.</param>
/// <param name="Replayed">Rejects that were judged again and left the rejects; they are counted where they went, not there.</param>
public sealed record ChannelAccount(
    string Channel, long Received, long Stored, long Pending, long Rejected, long Duplicate, long Corrections, long Replayed,
    IReadOnlyDictionary<string, long> Reasons, DateTimeOffset? LastAt);

/// <summary>
/// Counts every value by channel. In memory it is up to date with the log; in the database it stands at the checkpoint, in
/// one transaction with it, and the log after the checkpoint brings it up again: so each value is counted exactly once.
/// </summary>
public sealed class Accounting
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Counts> channels = new(StringComparer.Ordinal);

    public Accounting(Database database)
    {
        database.Migrate(
            "telemetry.accounting",
            """
            CREATE TABLE channel_count (
                channel TEXT PRIMARY KEY, stored INTEGER NOT NULL, duplicate INTEGER NOT NULL, corrections INTEGER NOT NULL, last_at INTEGER NOT NULL);
            CREATE TABLE reject_count (channel TEXT NOT NULL, reason TEXT NOT NULL, rejected INTEGER NOT NULL, PRIMARY KEY (channel, reason))
            """,
            "ALTER TABLE channel_count ADD COLUMN replayed INTEGER NOT NULL DEFAULT 0");
        foreach (var (channel, stored, duplicate, corrections, replayed, last) in database.Read(store =>
            store.Query<(string, long, long, long, long, long)>("SELECT channel, stored, duplicate, corrections, replayed, last_at FROM channel_count").AsList()))
        {
            Of(channel).Load(stored, duplicate, corrections, replayed, last);
        }

        foreach (var (channel, reason, rejected) in database.Read(store =>
            store.Query<(string, string, long)>("SELECT channel, reason, rejected FROM reject_count").AsList()))
        {
            Of(channel).Reject(reason, rejected);
        }
    }

    /// <summary>Every channel that ever had a value, by id.</summary>
    public IReadOnlyList<ChannelAccount> Channels
    {
        get
        {
            lock (gate)
            {
                return [.. channels.Select(pair => pair.Value.Snapshot(pair.Key))];
            }
        }
    }

    /// <summary>Counts what came into the log: accepted values are pending, rejected ones are done with, and those judged again are counted anew.</summary>
    internal void Committed(IntakeBatch batch)
    {
        lock (gate)
        {
            var counts = Of(batch.Channel);
            counts.Pend(batch.Accepted, batch.Arrived);
            foreach (var reject in batch.Rejected)
            {
                counts.Reject(reject.Reason, 1);
            }

            foreach (var (_, reason) in batch.Replayed)
            {
                counts.Replay(reason);
            }
        }
    }

    /// <summary>Counts a reject that was judged again and stays, under the reason that it has now.</summary>
    internal void Restated(string channel, string before, string now)
    {
        lock (gate)
        {
            Of(channel).Reject(before, -1);
            Of(channel).Reject(now, 1);
        }
    }

    /// <summary>Moves pending values to where the engine put them.</summary>
    internal void Settled(IReadOnlyDictionary<string, Settlement> settlements)
    {
        lock (gate)
        {
            foreach (var (channel, settlement) in settlements)
            {
                Of(channel).Settle(settlement);
            }
        }
    }

    /// <summary>Adds what was settled to the stored counts, within the checkpoint's transaction.</summary>
    internal static void Store(SqliteConnection store, SqliteTransaction transaction, IReadOnlyDictionary<string, Settlement> settlements)
    {
        foreach (var (channel, settlement) in settlements)
        {
            store.Execute(
                """
                INSERT INTO channel_count (channel, stored, duplicate, corrections, replayed, last_at)
                VALUES (@channel, @Stored, @Duplicate, @Corrections, @Replayed, @LastAt)
                ON CONFLICT (channel) DO UPDATE SET stored = stored + excluded.stored, duplicate = duplicate + excluded.duplicate,
                    corrections = corrections + excluded.corrections, replayed = replayed + excluded.replayed,
                    last_at = max(last_at, excluded.last_at)
                """,
                new { channel, settlement.Stored, settlement.Duplicate, settlement.Corrections, settlement.Replayed, settlement.LastAt },
                transaction);
            foreach (var (reason, rejected) in settlement.Rejected)
            {
                Add(store, transaction, channel, reason, rejected);
            }
        }
    }

    /// <summary>Changes the stored count of a reason, within a transaction.</summary>
    internal static void Add(SqliteConnection store, SqliteTransaction transaction, string channel, string reason, long rejected) => store.Execute(
        """
        INSERT INTO reject_count (channel, reason, rejected) VALUES (@channel, @reason, @rejected)
        ON CONFLICT (channel, reason) DO UPDATE SET rejected = rejected + excluded.rejected
        """,
        new { channel, reason, rejected },
        transaction);

    private Counts Of(string channel)
    {
        if (!channels.TryGetValue(channel, out var counts))
        {
            channels[channel] = counts = new Counts();
        }

        return counts;
    }

    private sealed class Counts
    {
        private readonly SortedDictionary<string, long> rejected = new(StringComparer.Ordinal);
        private long stored;
        private long pending;
        private long duplicate;
        private long corrections;
        private long replayed;
        private long lastAt;

        public void Load(long storedThen, long duplicateThen, long correctionsThen, long replayedThen, long lastThen) =>
            (stored, duplicate, corrections, replayed, lastAt) = (storedThen, duplicateThen, correctionsThen, replayedThen, lastThen);

        public void Pend(int accepted, long arrived) => (pending, lastAt) = (pending + accepted, Math.Max(lastAt, arrived));

        public void Reject(string reason, long count) => rejected[reason] = rejected.GetValueOrDefault(reason) + count;

        public void Replay(string reason)
        {
            Reject(reason, -1);
            replayed++;
        }

        public void Settle(Settlement settlement)
        {
            pending -= settlement.Stored + settlement.Duplicate;
            stored += settlement.Stored;
            duplicate += settlement.Duplicate;
            corrections += settlement.Corrections;
        }

        public ChannelAccount Snapshot(string channel)
        {
            var refused = rejected.Values.Sum();
            return new ChannelAccount(
                channel, stored + pending + duplicate + refused, stored, pending, refused, duplicate, corrections, replayed,
                new SortedDictionary<string, long>(rejected.Where(reason => reason.Value != 0).ToDictionary(), StringComparer.Ordinal), lastAt == 0 ? null : Instant.ToTime(lastAt));
        }
    }
}

/// <summary>What became of a channel's values in one batch of the engine.</summary>
internal sealed class Settlement
{
    public long Stored { get; private set; }

    public long Duplicate { get; private set; }

    public long Corrections { get; private set; }

    public long Replayed { get; private set; }

    public long LastAt { get; private set; }

    public Dictionary<string, long> Rejected { get; } = new(StringComparer.Ordinal);

    public void Add(ReadingKind kind, long count)
    {
        Stored += kind == ReadingKind.Duplicate ? 0 : count;
        Duplicate += kind == ReadingKind.Duplicate ? count : 0;
        Corrections += kind == ReadingKind.Correction ? count : 0;
    }

    public void Add(IntakeBatch batch)
    {
        LastAt = Math.Max(LastAt, batch.Arrived);
        foreach (var reject in batch.Rejected)
        {
            Rejected[reject.Reason] = Rejected.GetValueOrDefault(reject.Reason) + 1;
        }

        foreach (var (_, reason) in batch.Replayed)
        {
            Rejected[reason] = Rejected.GetValueOrDefault(reason) - 1;
            Replayed++;
        }
    }
}
