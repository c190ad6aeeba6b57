using System.Globalization;

namespace Jingwei.Ledger.Tiles;

/// <summary>Names a tile: up to 256 hashes of one level, or the entries below them (C2SP tlog-tiles, Merkle Tree and Log entries).</summary>
/// <param name="Level">0 to 7 in trees of up to 2^63 - 1 leaves; <see cref="EntriesLevel"/> for a bundle of entries.</param>
/// <param name="Index">Its place in the level, from 0.</param>
/// <param name="Width">Hashes or entries in it, 1 to 256; below 256 it is partial.</param>
public readonly record struct Tile(int Level, long Index, int Width)
{
    /// <summary>Levels of a tree that a tile spans.</summary>
    public const int Height = 8;

    /// <summary>Hashes of a full tile.</summary>
    public const int FullWidth = 1 << Height;

    /// <summary>The level of entry bundles.</summary>
    public const int EntriesLevel = -1;

    /// <summary>Levels of tiles that a tree of up to 2^63 - 1 leaves can have.</summary>
    public const int Levels = 8;

    // The format's, more than any tree here has.
    private const int MaxLevel = 63;
    private const string Folder = "tile";
    private const string EntriesFolder = "entries";
    private const string Partial = ".p";

    public bool IsEntries => Level == EntriesLevel;

    public bool IsFull => Width == FullWidth;

    /// <summary>The full tile that this one becomes.</summary>
    public Tile Full => this with { Width = FullWidth };

    /// <summary>The path below the log's folder or prefix, as <c>tile/0/x001/x234/067.p/5</c>.</summary>
    public string Path
    {
        get
        {
            var path = (Index % 1000).ToString("d3", CultureInfo.InvariantCulture);
            for (var rest = Index / 1000; rest > 0; rest /= 1000)
            {
                path = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:d3}/{path}");
            }

            var level = IsEntries ? EntriesFolder : Level.ToString(CultureInfo.InvariantCulture);
            var width = IsFull ? "" : string.Create(CultureInfo.InvariantCulture, $"{Partial}/{Width}");
            return $"{Folder}/{level}/{path}{width}";
        }
    }

    /// <summary>The folder of this tile's partial ones, as <c>tile/0/x001/x234/067.p</c>.</summary>
    public string PartialFolder => Full.Path + Partial;

    /// <summary>Reads a path below the log's folder or prefix; false where it names no tile.</summary>
    public static bool TryRead(ReadOnlySpan<char> path, out Tile tile)
    {
        tile = default;
        var parts = path.ToString().Split('/');
        if (parts.Length < 3 || parts[0] != Folder || ReadLevel(parts[1]) is not { } level)
        {
            return false;
        }

        var (width, last) = (FullWidth, parts.Length - 1);
        if (parts[^2].EndsWith(Partial, StringComparison.Ordinal))
        {
            width = ReadNumber(parts[^1], FullWidth - 1);
            last--;
            parts[last] = parts[last][..^Partial.Length];
        }

        if (width < 1 || ReadIndex(parts.AsSpan(2..(last + 1))) is not { } index)
        {
            return false;
        }

        tile = new(level, index, width);
        // One path a tile: what is written otherwise, as with zeroes in front, names none.
        return path.SequenceEqual(tile.Path);
    }

    private static int? ReadLevel(string text) =>
        text == EntriesFolder ? EntriesLevel : ReadNumber(text, MaxLevel) is >= 0 and var level ? level : null;

    private static long? ReadIndex(ReadOnlySpan<string> parts)
    {
        var index = 0L;
        for (var at = 0; at < parts.Length; at++)
        {
            var digits = at == parts.Length - 1 ? parts[at] : parts[at] is ['x', .. var rest] ? rest : "";
            if (digits.Length != 3 || index > long.MaxValue / 1000 - 1 || ReadNumber(digits, 999) is var value && value < 0)
            {
                return null;
            }

            index = (index * 1000) + value;
        }

        return parts.Length == 0 ? null : index;
    }

    private static int ReadNumber(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= most ? value : -1;
}
