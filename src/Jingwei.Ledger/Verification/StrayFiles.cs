using Jingwei.Ledger.Tiles;

namespace Jingwei.Ledger.Verification;

/// <summary>
/// Looks at the files that a walk of the newest tree does not need: partial tiles of earlier checkpoints, which must be
/// the beginning of what is there now, and what no log puts there. Tiles beyond the tree are left alone: a writer puts
/// them in place before their checkpoint.
/// </summary>
internal sealed class StrayFiles(string folder, TileFiles files, long size, FoundList found)
{
    public void Run()
    {
        var root = Path.Combine(folder, "tile");
        if (!Directory.Exists(root))
        {
            return;
        }

        try
        {
            foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            {
                if (found.IsFull)
                {
                    return;
                }

                Look(Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            found.Add("tile", LedgerProblemCode.Unreadable, error.Message);
        }
    }

    private void Look(string name)
    {
        if (!Tile.TryRead(name, out var tile) || tile.Level >= Tile.Levels)
        {
            found.Add(name, LedgerProblemCode.UnexpectedFile, "This is no tile.");
            return;
        }

        if (tile.Index > (size >> (Tile.Height * Math.Max(tile.Level, 0))) / Tile.FullWidth)
        {
            return;
        }

        var newest = TileReader.Of(tile.Level, tile.Index, size);
        if (newest.Width <= tile.Width)
        {
            // The walk's own, or beyond the tree.
            return;
        }

        var bytes = files.ReadFile(tile);
        if (bytes is not null && files.HasLength(tile, bytes) && files.Read(newest) is { } whole && !whole.AsSpan().StartsWith(bytes))
        {
            found.Add(name, LedgerProblemCode.WrongHash, $"This is not the beginning of {newest.Path}.");
        }
    }
}
