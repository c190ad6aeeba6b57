using System.Numerics;

namespace Jingwei.Ledger.Merkle;

/// <summary>Gives the hash of a complete subtree: that of the 2^<paramref name="level"/> leaves from <paramref name="index"/> · 2^<paramref name="level"/> on.</summary>
public delegate MerkleHash NodeReader(int level, long index);

/// <summary>Roots and proofs of a tree whose nodes can be read (RFC 6962, 2.1; RFC 9162, 2.1).</summary>
public static class MerkleTree
{
    /// <summary>Most hashes of a proof in a tree of up to 2^63 - 1 leaves: one a level.</summary>
    public const int MaxProof = 63;

    /// <summary>The root of the tree of the first <paramref name="size"/> leaves.</summary>
    public static MerkleHash Root(long size, NodeReader read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return size == 0 ? MerkleHash.Empty : Range(0, size, read);
    }

    /// <summary>The hashes that lead from a leaf to the root, the leaf's neighbour first (RFC 6962, 2.1.1).</summary>
    /// <param name="index">The leaf's place from 0; below <paramref name="size"/>.</param>
    /// <param name="size">Leaves of the tree.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public static MerkleHash[] ProveInclusion(long index, long size, NodeReader read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<MerkleHash>(MaxProof);
        var (start, end) = (0L, size);
        while (end - start > 1)
        {
            var split = start + Split(end - start);
            proof.Add(index < split ? Range(split, end, read) : Range(start, split, read));
            (start, end) = index < split ? (start, split) : (split, end);
        }

        proof.Reverse();
        return [.. proof];
    }

    /// <summary>The hashes that show that the tree of <paramref name="size"/> leaves begins with that of <paramref name="first"/> (RFC 6962, 2.1.2).</summary>
    /// <param name="first">Leaves of the smaller tree; from 0, of which every tree is a continuation without proof.</param>
    /// <exception cref="ArgumentOutOfRangeException">The first is the larger one, or below 0.</exception>
    public static MerkleHash[] ProveConsistency(long first, long size, NodeReader read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, size);
        if (first == 0 || first == size)
        {
            return [];
        }

        var proof = new List<MerkleHash>(MaxProof);
        var (start, end) = (0L, size);
        while (end != first)
        {
            var split = start + Split(end - start);
            proof.Add(first <= split ? Range(split, end, read) : Range(start, split, read));
            (start, end) = first <= split ? (start, split) : (split, end);
        }

        // The verifier has the hash of the first tree's last subtree already where that is the whole of it.
        if (start > 0)
        {
            proof.Add(Range(start, end, read));
        }

        proof.Reverse();
        return [.. proof];
    }

    /// <summary>The hash of leaves <paramref name="start"/> to <paramref name="end"/> - 1, where <paramref name="start"/> is where a subtree of at least that many leaves begins.</summary>
    private static MerkleHash Range(long start, long end, NodeReader read)
    {
        // From the right: the smallest complete subtree first, each joined to the larger one on its left.
        MerkleHash? right = null;
        while (end > start)
        {
            var level = BitOperations.TrailingZeroCount(end - start);
            var left = read(level, (end - 1) >> level);
            right = right is { } joined ? MerkleHash.Node(left, joined) : left;
            end -= 1L << level;
        }

        return right!.Value;
    }

    // The largest power of two below the number of leaves (RFC 6962, 2.1).
    private static long Split(long leaves) => 1L << BitOperations.Log2((ulong)(leaves - 1));
}
