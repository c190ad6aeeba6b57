using Dapper;
using Jingwei.Server.Telemetry.Intake;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>The values of one channel: received = stored + pending + rejected + duplicate, at every moment.</summary>
/// <param name="Corrections">Those of <paramref name="Stored"/> that replaced an earlier value.</param>
public sealed record ChannelAccount(
    string Channel, long Received, long Stored, long Pending, long Rejected, long Duplicate, long Corrections,
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
            """);
        foreach (var (channel, stored, duplicate, corrections, last) in database.Read(store =>
            store.Query<(string, long, long, long, long)>("SELECT channel, stored, duplicate, corrections, last_at FROM channel_count").AsList()))
        {
            Of(channel).Load(stored, duplicate, corrections, last);
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

    /// <summary>Counts what came into the log: accepted values are pending, rejected ones are done with.</summary>
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
                INSERT INTO channel_count (channel, stored, duplicate, corrections, last_at) VALUES (@channel, @Stored, @Duplicate, @Corrections, @LastAt)
                ON CONFLICT (channel) DO UPDATE SET stored = stored + excluded.stored, duplicate = duplicate + excluded.duplicate,
                    corrections = corrections + excluded.corrections, last_at = excluded.last_at
                """,
                new { channel, settlement.Stored, settlement.Duplicate, settlement.Corrections, settlement.LastAt },
                transaction);
            foreach (var (reason, rejected) in settlement.Rejected)
            {
                store.Execute(
                    """
                    INSERT INTO reject_count (channel, reason, rejected) VALUES (@channel, @reason, @rejected)
                    ON CONFLICT (channel, reason) DO UPDATE SET rejected = rejected + excluded.rejected
                    """,
                    new { channel, reason, rejected },
                    transaction);
            }
        }
    }

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
        private long lastAt;

        public void Load(long storedThen, long duplicateThen, long correctionsThen, long lastThen) =>
            (stored, duplicate, corrections, lastAt) = (storedThen, duplicateThen, correctionsThen, lastThen);

        public void Pend(int accepted, long arrived) => (pending, lastAt) = (pending + accepted, arrived);

        public void Reject(string reason, long count) => rejected[reason] = rejected.GetValueOrDefault(reason) + count;

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
                channel, stored + pending + duplicate + refused, stored, pending, refused, duplicate, corrections,
                new SortedDictionary<string, long>(rejected, StringComparer.Ordinal), lastAt == 0 ? null : Instant.ToTime(lastAt));
        }
    }
}

/// <summary>What became of a channel's values in one batch of the engine.</summary>
internal sealed class Settlement
{
    public long Stored { get; private set; }

    public long Duplicate { get; private set; }

    public long Corrections { get; private set; }

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
        LastAt = batch.Arrived;
        foreach (var reject in batch.Rejected)
        {
            Rejected[reject.Reason] = Rejected.GetValueOrDefault(reject.Reason) + 1;
        }
    }
}
