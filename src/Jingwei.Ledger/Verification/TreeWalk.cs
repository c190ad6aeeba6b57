using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Tiles;

namespace Jingwei.Ledger.Verification;

/// <summary>
/// Goes through all entries and tiles of a tree once. Every hash is held to what it stands for: of level 0 to its entry,
/// of higher ones to the tile below; so what is altered is named where it is, and not in all that follows from it.
/// </summary>
internal sealed class TreeWalk(TileFiles files, long size, FoundList found)
{
    private readonly byte[][] expected = [.. Enumerable.Range(0, Tile.Levels).Select(_ => new byte[Tile.FullWidth * MerkleHash.Size])];
    private readonly int[] counts = new int[Tile.Levels];
    private readonly long[] pushed = new long[Tile.Levels];
    private readonly bool[] unknown = new bool[Tile.Levels];

    // The right edge as it is stored; what is missing is as it should be.
    private readonly byte[][] edge = new byte[Tile.Levels][];

    /// <summary>Walks; gives the root that the tiles make, or null where findings ended it.</summary>
    public MerkleHash? Run()
    {
        for (var index = 0L; index * Tile.FullWidth < size; index++)
        {
            if (found.IsFull)
            {
                return null;
            }

            TakeBundle(TileReader.Of(Tile.EntriesLevel, index, size));
        }

        for (var level = 0; level < Tile.Levels; level++)
        {
            if (counts[level] > 0)
            {
                edge[level] = TakeTile(level, (size >> (Tile.Height * level)) / Tile.FullWidth);
            }
        }

        return MerkleTree.Root(size, ReadNode);
    }

    private void TakeBundle(Tile bundle)
    {
        var entries = files.Read(bundle);
        var leaves = entries is null ? files.Read(bundle with { Level = 0 }) : Hash(entries, bundle.Width);
        for (var at = 0; at < bundle.Width; at++)
        {
            // Without entries and leaves there is nothing to hold the tree to; that they lack is found already.
            var leaf = leaves is null ? default : TileSpan.Hash(leaves, at);
            Push(0, leaf, leaves is not null);
        }
    }

    private static byte[] Hash(ReadOnlySpan<byte> entries, int count)
    {
        var hashes = new byte[count * MerkleHash.Size];
        for (var at = 0; TileSpan.TryTake(ref entries, out var entry); at++)
        {
            MerkleHash.Leaf(entry).CopyTo(hashes.AsSpan(at * MerkleHash.Size));
        }

        return hashes;
    }

    private void Push(int level, MerkleHash hash, bool known)
    {
        hash.CopyTo(expected[level].AsSpan(counts[level] * MerkleHash.Size));
        unknown[level] |= !known;
        counts[level]++;
        pushed[level]++;
        if (counts[level] == Tile.FullWidth)
        {
            var tile = TakeTile(level, (pushed[level] / Tile.FullWidth) - 1);
            Push(level + 1, TileSpan.Subtree(tile, 0, Tile.Height), known: true);
        }
    }

    // Holds the stored tile to what it should be, and gives it, as what is above is held to it.
    private byte[] TakeTile(int level, long index)
    {
        var tile = new Tile(level, index, counts[level]);
        var right = expected[level].AsSpan(0, counts[level] * MerkleHash.Size);
        var stored = files.Read(tile);
        if (stored is not null && !unknown[level])
        {
            Compare(tile, right, stored);
        }

        (counts[level], unknown[level]) = (0, false);
        return stored ?? right.ToArray();
    }

    private void Compare(Tile tile, ReadOnlySpan<byte> right, ReadOnlySpan<byte> stored)
    {
        for (var at = 0; at < tile.Width; at++)
        {
            if (TileSpan.Hash(right, at) != TileSpan.Hash(stored, at))
            {
                var below = (tile.Index * Tile.FullWidth) + at;
                found.Add(tile.Path, LedgerProblemCode.WrongHash, tile.Level == 0
                    ? $"The hash is not that of entry {below}."
                    : $"The hash is not that of {(tile with { Level = tile.Level - 1, Index = below, Width = Tile.FullWidth }).Path}.", at * MerkleHash.Size);
            }
        }
    }

    private MerkleHash ReadNode(int level, long index)
    {
        var (tileLevel, height) = Math.DivRem(level, Tile.Height);
        return TileSpan.Subtree(edge[tileLevel], (int)((index << height) % Tile.FullWidth), height);
    }
}
