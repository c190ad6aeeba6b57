using Jingwei.Ledger.Merkle;

namespace Jingwei.Ledger.Tiles;

/// <summary>
/// Reads entries and makes proofs out of a log's folder, for any size that a checkpoint was published of. Safe for use
/// from many threads and beside the writer.
/// </summary>
/// <remarks>Nothing is verified here: a proof out of damaged tiles does not lead to the root, which its receiver sees.</remarks>
/// <param name="folder">Where <c>checkpoint</c> and <c>tile</c> are.</param>
/// <param name="cacheBytes">Most bytes of tiles that are kept in memory. Default 4 MiB: the tiles over 100 million entries that any proof needs, and 60 others.</param>
public sealed class TileReader(string folder, int cacheBytes = 4 << 20)
{
    private readonly TileCache cache = new(cacheBytes);

    /// <summary>The entry at a place.</summary>
    /// <param name="index">From 0; below <paramref name="size"/>.</param>
    /// <param name="size">A size that was published.</param>
    /// <exception cref="InvalidDataException">A file is missing or damaged.</exception>
    public byte[] ReadEntry(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var bundle = new ReadOnlySpan<byte>(Read(Of(Tile.EntriesLevel, index / Tile.FullWidth, size)));
        ReadOnlySpan<byte> entry = default;
        for (var at = 0; at <= index % Tile.FullWidth; at++)
        {
            // Read has seen that they are all there.
            TileSpan.TryTake(ref bundle, out entry);
        }

        return entry.ToArray();
    }

    /// <summary>The hash of the leaf at a place.</summary>
    /// <inheritdoc cref="ReadEntry"/>
    public MerkleHash ReadLeaf(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return ReadNode(0, index, size);
    }

    /// <summary>The root of the tree of a size that was published.</summary>
    /// <exception cref="InvalidDataException">A file is missing or damaged.</exception>
    public MerkleHash ReadRoot(long size) => MerkleTree.Root(size, (level, index) => ReadNode(level, index, size));

    /// <summary>The hashes that lead from a leaf to the root.</summary>
    /// <exception cref="InvalidDataException">A file is missing or damaged.</exception>
    /// <inheritdoc cref="MerkleTree.ProveInclusion"/>
    public MerkleHash[] ProveInclusion(long index, long size) =>
        MerkleTree.ProveInclusion(index, size, (level, at) => ReadNode(level, at, size));

    /// <summary>The hashes that show that the larger tree begins with the smaller.</summary>
    /// <exception cref="InvalidDataException">A file is missing or damaged.</exception>
    /// <inheritdoc cref="MerkleTree.ProveConsistency"/>
    public MerkleHash[] ProveConsistency(long first, long size) =>
        MerkleTree.ProveConsistency(first, size, (level, at) => ReadNode(level, at, size));

    /// <summary>The tile at a place as it is in a tree of a size.</summary>
    internal static Tile Of(int level, long index, long size)
    {
        var hashes = size >> (Tile.Height * Math.Max(level, 0));
        return new(level, index, (int)Math.Min(Tile.FullWidth, hashes - (index * Tile.FullWidth)));
    }

    /// <summary>The bytes of a tile, from the full one where the partial one is gone.</summary>
    internal byte[] Read(Tile tile)
    {
        if (cache.Get(tile) is { } kept)
        {
            return kept;
        }

        var bytes = ReadFile(tile) ?? (tile.IsFull ? null : ReadFile(tile.Full))
            ?? throw new InvalidDataException($"{tile.Path} is missing.");
        var length = tile.IsEntries ? TileSpan.LengthOf(bytes, tile.Width) : tile.Width * MerkleHash.Size;
        if (length < 0 || length > bytes.Length)
        {
            throw new InvalidDataException($"{tile.Path} is too short.");
        }

        bytes = length == bytes.Length ? bytes : bytes[..length];
        cache.Set(tile, bytes);
        return bytes;
    }

    private MerkleHash ReadNode(int level, long index, long size)
    {
        var (tileLevel, height) = Math.DivRem(level, Tile.Height);
        var first = index << height;
        return TileSpan.Subtree(Read(Of(tileLevel, first / Tile.FullWidth, size)), (int)(first % Tile.FullWidth), height);
    }

    private byte[]? ReadFile(Tile tile)
    {
        try
        {
            return File.ReadAllBytes(System.IO.Path.Combine(folder, tile.Path));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
