using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Tiles;

namespace Jingwei.Ledger.Verification;

/// <summary>Reads a log's files as someone who does not trust them.</summary>
internal sealed class TileFiles(string folder, FoundList found)
{
    // A bundle of the longest entries.
    private const long MaxBundle = Tile.FullWidth * (TileSpan.LengthSize + (long)ushort.MaxValue);

    /// <summary>The bytes of a tile, cut from the full one where the partial one is gone; null where there are none of its length, which is found.</summary>
    public byte[]? Read(Tile tile)
    {
        var stored = File.Exists(PathOf(tile)) || tile.IsFull || !File.Exists(PathOf(tile.Full)) ? tile : tile.Full;
        var bytes = ReadFile(stored);
        if (bytes is null || !HasLength(stored, bytes))
        {
            return null;
        }

        return stored == tile ? bytes : bytes[..(tile.IsEntries ? TileSpan.LengthOf(bytes, tile.Width) : tile.Width * MerkleHash.Size)];
    }

    /// <summary>True when a file is exactly as long as what it holds says; otherwise that is found.</summary>
    public bool HasLength(Tile stored, byte[] bytes)
    {
        var length = stored.IsEntries ? TileSpan.LengthOf(bytes, stored.Width) : stored.Width * MerkleHash.Size;
        if (length != bytes.Length)
        {
            found.Add(stored.Path, LedgerProblemCode.WrongLength, length < 0
                ? $"The lengths in the bundle are those of no {stored.Width} entries in {bytes.Length} bytes."
                : $"{bytes.Length} bytes, not {length}.");
        }

        return length == bytes.Length;
    }

    /// <summary>The bytes of a file; null where it cannot be read, which is found.</summary>
    public byte[]? ReadFile(Tile stored) => ReadFile(stored.Path, stored.IsEntries ? MaxBundle : Tile.FullWidth * MerkleHash.Size);

    /// <inheritdoc cref="ReadFile(Tile)"/>
    /// <param name="most">Bytes above which it is not read.</param>
    public byte[]? ReadFile(string name, long most)
    {
        try
        {
            var path = Path.Combine(folder, name);
            if (new FileInfo(path).Length is var length && length > most)
            {
                found.Add(name, LedgerProblemCode.WrongLength, $"{length} bytes, above {most}.");
                return null;
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            found.Add(name, LedgerProblemCode.Missing, "The file is missing.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            found.Add(name, LedgerProblemCode.Unreadable, error.Message);
        }

        return null;
    }

    private string PathOf(Tile tile) => Path.Combine(folder, tile.Path);
}
