using System.Buffers.Binary;
using Jingwei.Ledger.Merkle;

namespace Jingwei.Ledger.Tiles;

/// <summary>What stands in the bytes of tiles and of entry bundles.</summary>
internal static class TileSpan
{
    /// <summary>Bytes before an entry in a bundle: its length, big-endian (tlog-tiles, Log entries).</summary>
    public const int LengthSize = sizeof(ushort);

    public static MerkleHash Hash(ReadOnlySpan<byte> tile, int at) => MerkleHash.Read(tile.Slice(at * MerkleHash.Size, MerkleHash.Size));

    /// <summary>The hash over 2^<paramref name="height"/> hashes of a tile, from <paramref name="at"/> on.</summary>
    public static MerkleHash Subtree(ReadOnlySpan<byte> tile, int at, int height)
    {
        if (height == 0)
        {
            return Hash(tile, at);
        }

        var half = 1 << (height - 1);
        return MerkleHash.Node(Subtree(tile, at, height - 1), Subtree(tile, at + half, height - 1));
    }

    /// <summary>Takes the first entry off a bundle; false where its length is more than is there.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> bundle, out ReadOnlySpan<byte> entry)
    {
        entry = default;
        if (bundle.Length < LengthSize || BinaryPrimitives.ReadUInt16BigEndian(bundle) is var length && bundle.Length < LengthSize + length)
        {
            return false;
        }

        entry = bundle.Slice(LengthSize, length);
        bundle = bundle[(LengthSize + length)..];
        return true;
    }

    /// <summary>The bytes of a bundle's first entries; below 0 where there are not so many.</summary>
    public static int LengthOf(ReadOnlySpan<byte> bundle, int entries)
    {
        var rest = bundle;
        for (; entries > 0; entries--)
        {
            if (!TryTake(ref rest, out _))
            {
                return -1;
            }
        }

        return bundle.Length - rest.Length;
    }
}
