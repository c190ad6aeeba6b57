using System.Numerics;

namespace Jingwei.Ledger.Merkle;

/// <summary>Checks proofs against roots, without the tree (RFC 9162, 2.1.3.2 and 2.1.4.2).</summary>
public static class MerkleProof
{
    /// <summary>True when the hashes lead from the leaf at <paramref name="index"/> to the root of the tree of <paramref name="size"/> leaves.</summary>
    public static bool VerifyInclusion(
        in MerkleHash leaf, long index, long size, in MerkleHash root, ReadOnlySpan<MerkleHash> proof)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (node, last, hash) = (index, size - 1, leaf);
        foreach (ref readonly var neighbour in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.Node(neighbour, hash);
                // A last node without a neighbour on its right stands in for its parents until it is a right one.
                var alone = (node & 1) == 1 ? 0 : BitOperations.TrailingZeroCount(node);
                (node, last) = (node >> alone, last >> alone);
            }
            else
            {
                hash = MerkleHash.Node(hash, neighbour);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    /// <summary>True when the hashes show that the second tree begins with the first.</summary>
    /// <param name="firstSize">Leaves of the first tree, from 1: with the empty tree everything is consistent, and nothing is to be proven.</param>
    /// <param name="secondSize">Leaves of the second tree, not fewer.</param>
    public static bool VerifyConsistency(
        long firstSize, long secondSize, in MerkleHash firstRoot, in MerkleHash secondRoot, ReadOnlySpan<MerkleHash> proof)
    {
        if (firstSize < 1 || firstSize > secondSize)
        {
            return false;
        }

        if (firstSize == secondSize)
        {
            return proof.IsEmpty && firstRoot == secondRoot;
        }

        // A first tree that is one complete subtree is its own first hash, and is not sent.
        var complete = BitOperations.IsPow2(firstSize);
        if (!complete && proof.IsEmpty)
        {
            return false;
        }

        var shift = BitOperations.TrailingZeroCount(firstSize);
        var (node, last) = ((firstSize - 1) >> shift, (secondSize - 1) >> shift);
        var first = complete ? firstRoot : proof[0];
        var second = first;
        foreach (ref readonly var neighbour in complete ? proof : proof[1..])
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                first = MerkleHash.Node(neighbour, first);
                second = MerkleHash.Node(neighbour, second);
                var alone = (node & 1) == 1 ? 0 : BitOperations.TrailingZeroCount(node);
                (node, last) = (node >> alone, last >> alone);
            }
            else
            {
                second = MerkleHash.Node(second, neighbour);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && first == firstRoot && second == secondRoot;
    }
}
