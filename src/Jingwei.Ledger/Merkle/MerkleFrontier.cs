using System.Numerics;

namespace Jingwei.Ledger.Merkle;

/// <summary>A tree that only grows, of which no more is kept than its root needs: one hash for each complete subtree that is part of no larger one.</summary>
public sealed class MerkleFrontier
{
    private readonly MerkleHash[] complete = new MerkleHash[64];
    private int count;

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>The root of the tree so far.</summary>
    public MerkleHash Root
    {
        get
        {
            if (count == 0)
            {
                return MerkleHash.Empty;
            }

            var root = complete[count - 1];
            for (var at = count - 2; at >= 0; at--)
            {
                root = MerkleHash.Node(complete[at], root);
            }

            return root;
        }
    }

    /// <summary>Adds the next leaf.</summary>
    public void Append(MerkleHash leaf)
    {
        // As many complete subtrees end here as the size has ones at its end.
        for (var level = BitOperations.TrailingZeroCount(~Size); level > 0; level--)
        {
            leaf = MerkleHash.Node(complete[--count], leaf);
        }

        complete[count++] = leaf;
        Size++;
    }
}
