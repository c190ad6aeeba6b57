namespace Jingwei.Ledger.Tiles;

/// <summary>A folder in which files appear whole or not at all, and stay once synced.</summary>
internal sealed class DurableFolder(string folder, string fresh)
{
    private const int MaxMade = 1_000;

    // What was put in place and is not synced yet, where the file system cannot be synced as a whole.
    private readonly List<string> unsynced = [];

    // Folders that are there: asking the system for each tile takes longer than writing it. Begun anew at the limit.
    private readonly HashSet<string> made = [];

    /// <summary>Puts a file in place; readers see the old one or all of the new one. Not durable before <see cref="Sync"/>.</summary>
    public void Put(string name, ReadOnlySpan<byte> bytes)
    {
        using (var file = File.OpenHandle(fresh, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
        }

        var path = Path.Combine(folder, name);
        var parent = Path.GetDirectoryName(path)!;
        if (!made.Contains(parent))
        {
            Directory.CreateDirectory(parent);
            if (made.Count == MaxMade)
            {
                made.Clear();
            }

            made.Add(parent);
        }

        File.Move(fresh, path, overwrite: true);
        if (!OperatingSystem.IsLinux())
        {
            unsynced.Add(path);
        }
    }

    /// <summary>Removes a folder with what is in it; nothing when there is none.</summary>
    public void Remove(string name)
    {
        var path = Path.Combine(folder, name);
        made.Remove(path);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>Makes durable all that was put in place.</summary>
    /// <exception cref="IOException">The system could not tell that it is.</exception>
    public void Sync()
    {
        if (OperatingSystem.IsLinux())
        {
            // One call for hundreds of tiles and their folders: about a tenth of the time that a sync of each takes (syncfs(2)).
            DurableFile.SyncAll(folder);
            return;
        }

        foreach (var path in unsynced)
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(file);
        }

        unsynced.Clear();
    }
}
