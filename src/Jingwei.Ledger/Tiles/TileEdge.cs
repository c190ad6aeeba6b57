using System.Buffers;
using Jingwei.Ledger.Merkle;

namespace Jingwei.Ledger.Tiles;

/// <summary>
/// The right edge of a tree: the partial tile of each level and the partial bundle, which is all that a log needs to
/// grow. Tiles that fill are written at once, partial ones on demand.
/// </summary>
internal sealed class TileEdge(DurableFolder files, StepHook? hook)
{
    private readonly byte[][] hashes = [.. Enumerable.Range(0, Tile.Levels).Select(_ => new byte[Tile.FullWidth * MerkleHash.Size])];
    private readonly ArrayBufferWriter<byte> bundle = new();
    private readonly List<Tile> filled = [];

    /// <summary>Leaves of the tree.</summary>
    public long Size { get; private set; }

    /// <summary>The root of the tree.</summary>
    public MerkleHash Root => MerkleTree.Root(Size, ReadNode);

    /// <summary>Takes the edge of a log that is there.</summary>
    /// <exception cref="InvalidDataException">The files do not make the tree that the checkpoint speaks of.</exception>
    public void Load(TileReader reader, long size, MerkleHash root)
    {
        Size = size;
        for (var level = 0; level < Tile.Levels; level++)
        {
            if (Width(level) is var width && width > 0)
            {
                reader.Read(new(level, Index(level), width)).CopyTo(hashes[level], 0);
            }
        }

        if (Root != root)
        {
            throw new InvalidDataException($"The tiles are not those of the checkpoint of {size} entries.");
        }

        if (Width(0) > 0)
        {
            LoadBundle(reader.Read(new(Tile.EntriesLevel, Index(0), Width(0))));
        }
    }

    /// <summary>Adds an entry, given as a bundle has it.</summary>
    public void Append(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> withLength)
    {
        bundle.Write(withLength);
        var hash = MerkleHash.Leaf(entry);
        for (var level = 0; ; level++)
        {
            var width = Width(level);
            hash.CopyTo(hashes[level].AsSpan(width * MerkleHash.Size));
            if (width < Tile.FullWidth - 1)
            {
                break;
            }

            hash = TileSpan.Subtree(hashes[level], 0, Tile.Height);
            Write(new(level, Index(level), Tile.FullWidth), hashes[level]);
            if (level == 0)
            {
                Write(new(Tile.EntriesLevel, Index(0), Tile.FullWidth), bundle.WrittenSpan);
                bundle.ResetWrittenCount();
            }
        }

        Size++;
    }

    /// <summary>Writes the partial tiles that the tree of this size has and that of <paramref name="before"/> has not.</summary>
    public void WritePartial(long before)
    {
        for (var level = 0; level < Tile.Levels; level++)
        {
            if (Width(level) is var width && width > 0 && before >> (Tile.Height * level) != Size >> (Tile.Height * level))
            {
                Write(new(level, Index(level), width), hashes[level].AsSpan(0, width * MerkleHash.Size));
            }
        }

        if (Width(0) > 0 && before != Size)
        {
            Write(new(Tile.EntriesLevel, Index(0), Width(0)), bundle.WrittenSpan);
        }
    }

    /// <summary>Removes the partial tiles of which the full one was written since last asked; readers find the full one.</summary>
    public void RemovePartial()
    {
        foreach (var tile in filled)
        {
            hook.Take(LogStep.RemovePartial, () => files.Remove(tile.PartialFolder));
        }

        filled.Clear();
    }

    private long Index(int level) => Size >> (Tile.Height * (level + 1));

    private int Width(int level) => (int)((Size >> (Tile.Height * level)) % Tile.FullWidth);

    // Every complete subtree that is part of no larger one lies in the partial tile of its level.
    private MerkleHash ReadNode(int level, long index)
    {
        var (tileLevel, height) = Math.DivRem(level, Tile.Height);
        return TileSpan.Subtree(hashes[tileLevel], (int)((index << height) % Tile.FullWidth), height);
    }

    private void LoadBundle(byte[] bytes)
    {
        var rest = new ReadOnlySpan<byte>(bytes);
        for (var at = 0; TileSpan.TryTake(ref rest, out var entry); at++)
        {
            if (MerkleHash.Leaf(entry) != TileSpan.Hash(hashes[0], at))
            {
                throw new InvalidDataException($"Entry {(Index(0) * Tile.FullWidth) + at} is not the one of the tree.");
            }
        }

        bundle.Write(bytes);
    }

    private void Write(Tile tile, ReadOnlySpan<byte> bytes)
    {
        hook?.Invoke(LogStep.WriteTile, false);
        files.Put(tile.Path, bytes);
        if (tile.IsFull)
        {
            filled.Add(tile);
        }

        hook?.Invoke(LogStep.WriteTile, true);
    }
}
