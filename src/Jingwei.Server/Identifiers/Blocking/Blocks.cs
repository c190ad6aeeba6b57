using System.Collections.Concurrent;
using System.Text;
using Dapper;
using Jingwei.Server.Identifiers.Values;

namespace Jingwei.Server.Identifiers.Blocking;

/// <summary>What this node does not answer, in memory, stored before it holds. What was before is in the audit.</summary>
public sealed class Blocks
{
    /// <summary>Most blocks; whoever has to block more suspends the prefix.</summary>
    public const int Most = 100_000;

    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, Block> identifiers;
    private readonly ConcurrentDictionary<string, Block> parties;
    private readonly ConcurrentDictionary<string, Block>.AlternateLookup<ReadOnlySpan<char>> lookup;

    // One change at a time, so that memory and store take changes in the same order.
    private readonly Lock gate = new();

    // Counting a dictionary of this kind takes its locks, and every resolution asks.
    private volatile bool blocksIdentifiers;

    public Blocks(Database database, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        database.Migrate(
            "identifiers.blocks",
            "CREATE TABLE identifier_block (kind INTEGER NOT NULL, target TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (kind, target)) WITHOUT ROWID");
        var rows = database.Read(store => store.Query<Row>("SELECT kind, target, reason, by, at FROM identifier_block").AsList()).Select(row => row.ToBlock()).ToLookup(block => block.Kind);
        identifiers = new(rows[BlockKind.Identifier].Select(block => KeyValuePair.Create(block.Target, block)), StringComparer.Ordinal);
        parties = new(rows[BlockKind.Party].Select(block => KeyValuePair.Create(block.Target, block)), StringComparer.Ordinal);
        lookup = identifiers.GetAlternateLookup<ReadOnlySpan<char>>();
        blocksIdentifiers = !identifiers.IsEmpty;
    }

    public IEnumerable<Block> All => identifiers.Values.Concat(parties.Values);

    /// <param name="target">An identifier in the form by which it is found, or a party.</param>
    public Block? Find(BlockKind kind, string target) => Of(kind).GetValueOrDefault(target);

    /// <summary>Whether an identifier is blocked.</summary>
    /// <param name="key">In the form by which it is found.</param>
    public bool Holds(ReadOnlySpan<byte> key)
    {
        if (!blocksIdentifiers)
        {
            return false;
        }

        Span<char> text = stackalloc char[IdentifierLimits.NameBytes];
        return lookup.ContainsKey(text[..Encoding.UTF8.GetChars(key, text)]);
    }

    /// <summary>Whether somebody is blocked.</summary>
    public bool Holds(Asker asker) => asker.PartyId is not null && !parties.IsEmpty && parties.Keys.Any(asker.BelongsTo);

    /// <summary>Blocks something; null where there are too many, or it is blocked already.</summary>
    public Block? Add(BlockKind kind, string target, string reason, string by)
    {
        lock (gate)
        {
            if (identifiers.Count + parties.Count >= Most || Of(kind).ContainsKey(target))
            {
                return null;
            }

            var block = new Block(kind, target, reason, by, clock.GetUtcNow());
            database.Write((store, transaction) => store.Execute(
                "INSERT INTO identifier_block (kind, target, reason, by, at) VALUES (@kind, @target, @reason, @by, @at)",
                new { kind = (int)kind, target, reason, by, at = block.At.ToUnixTimeMilliseconds() },
                transaction));
            Of(kind)[target] = block;
            blocksIdentifiers = !identifiers.IsEmpty;
            return block;
        }
    }

    /// <summary>Ends a block; false where there is none.</summary>
    public bool Remove(BlockKind kind, string target)
    {
        lock (gate)
        {
            if (!Of(kind).ContainsKey(target))
            {
                return false;
            }

            database.Write((store, transaction) => store.Execute("DELETE FROM identifier_block WHERE kind = @kind AND target = @target", new { kind = (int)kind, target }, transaction));
            Of(kind).TryRemove(target, out _);
            blocksIdentifiers = !identifiers.IsEmpty;
            return true;
        }
    }

    private ConcurrentDictionary<string, Block> Of(BlockKind kind) => kind == BlockKind.Identifier ? identifiers : parties;

    private sealed record Row(long Kind, string Target, string Reason, string By, long At)
    {
        public Block ToBlock() => new((BlockKind)Kind, Target, Reason, By, DateTimeOffset.FromUnixTimeMilliseconds(At));
    }
}
