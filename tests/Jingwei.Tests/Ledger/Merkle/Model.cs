using System.Globalization;
using System.Text;
using Jingwei.Ledger.Merkle;

namespace Jingwei.Tests.Ledger.Merkle;

/// <summary>Trees and proofs word by word as RFC 6962, 2.1 defines them, slow and plain, over entries that are told by their place.</summary>
internal static class Model
{
    public static byte[] Entry(long index) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"entry {index}"));

    public static ReadOnlyMemory<byte>[] Entries(long from, long until) =>
        [.. Range(from, until).Select(index => new ReadOnlyMemory<byte>(Entry(index)))];

    public static MerkleHash[] Leaves(int count) => [.. Range(0, count).Select(index => MerkleHash.Leaf(Entry(index)))];

    public static MerkleHash Root(ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.Length < 2)
        {
            return leaves.IsEmpty ? MerkleHash.Empty : leaves[0];
        }

        var k = Split(leaves.Length);
        return MerkleHash.Node(Root(leaves[..k]), Root(leaves[k..]));
    }

    // PATH(m, D[n])
    public static MerkleHash[] Inclusion(int m, ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        var k = Split(leaves.Length);
        return m < k ? [.. Inclusion(m, leaves[..k]), Root(leaves[k..])] : [.. Inclusion(m - k, leaves[k..]), Root(leaves[..k])];
    }

    // PROOF(m, D[n])
    public static MerkleHash[] Consistency(int m, ReadOnlySpan<MerkleHash> leaves) => Consistency(m, leaves, true);

    // SUBPROOF(m, D[n], b)
    private static MerkleHash[] Consistency(int m, ReadOnlySpan<MerkleHash> leaves, bool known)
    {
        if (m == leaves.Length)
        {
            return known ? [] : [Root(leaves)];
        }

        var k = Split(leaves.Length);
        return m <= k
            ? [.. Consistency(m, leaves[..k], known), Root(leaves[k..])]
            : [.. Consistency(m - k, leaves[k..], false), Root(leaves[..k])];
    }

    private static int Split(int count)
    {
        var k = 1;
        while (k * 2 < count)
        {
            k *= 2;
        }

        return k;
    }

    private static IEnumerable<long> Range(long from, long until)
    {
        for (var index = from; index < until; index++)
        {
            yield return index;
        }
    }
}
