using System.Security.Cryptography;
using System.Text;
using Jingwei.Ledger.Merkle;

namespace Jingwei.Tests.Ledger.Merkle;

public sealed class MerkleTreeTests
{
    private const int Most = 40;
    private static readonly MerkleHash[] Leaves = Model.Leaves(Most);

    [Fact]
    public void Hashes_have_the_prefixes_of_the_standard()
    {
        byte[] left = SHA256.HashData([0, .. "a"u8]);
        byte[] right = SHA256.HashData([0, .. new byte[1000]]);
        Assert.Equal(left, MerkleHash.Leaf("a"u8).ToArray());
        Assert.Equal(right, MerkleHash.Leaf(new byte[1000]).ToArray());
        Assert.Equal(SHA256.HashData([1, .. left, .. right]), MerkleHash.Node(MerkleHash.Read(left), MerkleHash.Read(right)).ToArray());
        // The SHA-256 of nothing (FIPS 180-4; RFC 6962, 2.1).
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(MerkleHash.Empty.ToArray()));
    }

    [Fact]
    public void Base64_comes_back_and_other_spellings_are_refused()
    {
        var text = Encoding.ASCII.GetBytes(Leaves[0].ToString());
        Assert.True(MerkleHash.TryReadBase64(text, out var read));
        Assert.Equal(Leaves[0], read);
        // The last of 43 digits has two bits to spare: a digit later is the same hash, written otherwise.
        text[^2]++;
        Assert.False(MerkleHash.TryReadBase64(text, out _));
        Assert.False(MerkleHash.TryReadBase64("AAAA"u8, out _));
        Assert.False(MerkleHash.TryReadBase64(Encoding.ASCII.GetBytes(new string(' ', MerkleHash.Base64Size)), out _));
        Assert.False(MerkleHash.TryReadBase64(Encoding.ASCII.GetBytes(Convert.ToBase64String(new byte[33])), out _));
        Assert.Throws<ArgumentException>(() => MerkleHash.Read(new byte[31]));
    }

    [Fact]
    public void Roots_are_those_of_the_definition()
    {
        var frontier = new MerkleFrontier();
        for (var size = 0; size <= Most; size++)
        {
            var root = Model.Root(Leaves.AsSpan(0, size));
            Assert.Equal(root, MerkleTree.Root(size, Read));
            Assert.Equal((size, root), (frontier.Size, frontier.Root));
            if (size < Most)
            {
                frontier.Append(Leaves[size]);
            }
        }
    }

    [Fact]
    public void Inclusion_proofs_are_those_of_the_definition_and_verify_for_their_leaf_only()
    {
        for (var size = 1; size <= Most; size++)
        {
            var root = Model.Root(Leaves.AsSpan(0, size));
            for (var index = 0; index < size; index++)
            {
                var proof = MerkleTree.ProveInclusion(index, size, Read);
                Assert.Equal(Model.Inclusion(index, Leaves.AsSpan(0, size)), proof);
                Assert.True(MerkleProof.VerifyInclusion(Leaves[index], index, size, root, proof));
                Assert.False(MerkleProof.VerifyInclusion(Leaves[(index + 1) % Most], index, size, root, proof));
                Assert.False(MerkleProof.VerifyInclusion(Leaves[index], (index + 1) % size, size, root, proof) && size > 1);
                Assert.False(MerkleProof.VerifyInclusion(Leaves[index], index, size, Leaves[0], proof) && size > 1);
                Assert.False(MerkleProof.VerifyInclusion(Leaves[index], index, size, root, [.. proof, root]));
            }
        }
    }

    [Fact]
    public void Consistency_proofs_are_those_of_the_definition_and_verify_for_their_trees_only()
    {
        for (var size = 1; size <= Most; size++)
        {
            var root = Model.Root(Leaves.AsSpan(0, size));
            for (var first = 1; first <= size; first++)
            {
                var proof = MerkleTree.ProveConsistency(first, size, Read);
                var firstRoot = Model.Root(Leaves.AsSpan(0, first));
                Assert.Equal(Model.Consistency(first, Leaves.AsSpan(0, size)), proof);
                Assert.True(MerkleProof.VerifyConsistency(first, size, firstRoot, root, proof));
                Assert.False(MerkleProof.VerifyConsistency(first, size, firstRoot, MerkleHash.Empty, proof));
                Assert.False(MerkleProof.VerifyConsistency(first, size, MerkleHash.Empty, root, proof));
                Assert.False(MerkleProof.VerifyConsistency(first, size, firstRoot, root, [.. proof, root]));
                Assert.False(proof.Length > 0 && MerkleProof.VerifyConsistency(first, size, firstRoot, root, proof.AsSpan(1)));
            }
        }
    }

    [Fact]
    public void Proofs_of_what_is_not_there_are_not_made()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ProveInclusion(3, 3, Read));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ProveInclusion(-1, 3, Read));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ProveConsistency(4, 3, Read));
        Assert.Empty(MerkleTree.ProveConsistency(0, 3, Read));
        Assert.False(MerkleProof.VerifyConsistency(0, 3, MerkleHash.Empty, Model.Root(Leaves.AsSpan(0, 3)), []));
        Assert.False(MerkleProof.VerifyInclusion(Leaves[0], -1, 1, Leaves[0], []));
    }

    [Fact]
    public void The_largest_tree_can_be_spoken_of()
    {
        var proof = Enumerable.Repeat(Leaves[0], MerkleTree.MaxProof).ToArray();
        Assert.False(MerkleProof.VerifyInclusion(Leaves[0], long.MaxValue - 1, long.MaxValue, Leaves[1], proof));
        Assert.False(MerkleProof.VerifyConsistency(1L << 62, long.MaxValue, Leaves[0], Leaves[1], proof));
    }

    private static MerkleHash Read(int level, long index) => Model.Root(Leaves.AsSpan((int)(index << level), 1 << level));
}
