using Jingwei.Server.Telemetry.Journal;

namespace Jingwei.Tests.Telemetry;

/// <summary>A log folder with a page cache: a power cut loses what was not synced, and a test can make the disk fail.</summary>
internal sealed class PowerCutStorage : ILogStorage
{
    private readonly SortedDictionary<string, CachedFile> files = new(StringComparer.Ordinal);

    /// <summary>Thrown by the next write or sync, and by all that follow.</summary>
    public IOException? Fault { get; set; }

    /// <summary>Whether a failing sync put the data on the disk all the same: its outcome is unknown to the writer.</summary>
    public bool FaultPersists { get; set; }

    /// <summary>Thrown when a segment is to be made: no room for another file.</summary>
    public IOException? AppendFault { get; set; }

    /// <summary>Thrown when a segment is to be deleted.</summary>
    public IOException? DeleteFault { get; set; }

    /// <summary>Syncs so far.</summary>
    public int Syncs { get; private set; }

    /// <summary>Called when a sync begins, before anything is durable.</summary>
    public Action Syncing { get; set; } = () => { };

    public IReadOnlyList<string> Names() => [.. files.Keys];

    public byte[] Read(string name) => [.. files[name].Bytes];

    public ILogFile Append(string name, long length)
    {
        if (AppendFault is not null)
        {
            throw AppendFault;
        }

        if (!files.TryGetValue(name, out var file))
        {
            files[name] = file = new CachedFile(this);
        }

        file.Truncate((int)length);
        return file;
    }

    public void Delete(string name)
    {
        if (DeleteFault is not null)
        {
            throw DeleteFault;
        }

        files.Remove(name);
    }

    /// <summary>Puts a segment there as it was found on a disk.</summary>
    public PowerCutStorage With(string name, ReadOnlySpan<byte> bytes)
    {
        using var file = Append(name, 0);
        file.Write(bytes);
        file.Sync();
        return this;
    }

    /// <summary>The power goes: only what was synced is left, and then some bytes of the last write, as disks do.</summary>
    public void Cut(int straySize = 0)
    {
        Fault = null;
        foreach (var file in files.Values)
        {
            file.Lose(straySize);
        }
    }

    /// <summary>The power goes: of what was not synced any stretch may be on the disk and any other not, in whatever order it was written.</summary>
    public void CutAnywhere(Random chance)
    {
        foreach (var file in files.Values)
        {
            file.LoseAnywhere(chance);
        }
    }

    /// <summary>Turns one bit of a segment over.</summary>
    public void Flip(string name, int offset, int bit = 4) => files[name].Bytes[offset] ^= (byte)(1 << bit);

    private sealed class CachedFile(PowerCutStorage storage) : ILogFile
    {
        private int synced;
        private int durable;

        public List<byte> Bytes { get; } = [];

        public void Write(ReadOnlySpan<byte> bytes)
        {
            Bytes.AddRange(bytes);
            if (storage.Fault is { } fault && !storage.FaultPersists)
            {
                throw fault;
            }
        }

        public void Sync()
        {
            storage.Syncing();
            if (storage.Fault is null || storage.FaultPersists)
            {
                synced = Bytes.Count;
                storage.Syncs++;
            }

            if (storage.Fault is { } fault)
            {
                throw fault;
            }
        }

        public void Truncate(int length)
        {
            Bytes.RemoveRange(length, Bytes.Count - length);
            synced = length;
        }

        public void Lose(int straySize)
        {
            durable = synced;
            var kept = Math.Min(synced + straySize, Bytes.Count);
            Bytes.RemoveRange(kept, Bytes.Count - kept);
            synced = kept;
        }

        // Blocks that never came to the disk read as zeros where the file is longer.
        public void LoseAnywhere(Random chance)
        {
            Lose(chance.Next(Bytes.Count - synced + 1));
            for (var holes = chance.Next(3); holes > 0 && Bytes.Count > durable; holes--)
            {
                var from = chance.Next(durable, Bytes.Count);
                var to = chance.Next(from, Bytes.Count) + 1;
                System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Bytes)[from..to].Clear();
            }
        }

        public void Dispose()
        {
        }
    }
}
