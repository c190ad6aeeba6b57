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

    /// <summary>Syncs so far.</summary>
    public int Syncs { get; private set; }

    /// <summary>Called when a sync begins, before anything is durable.</summary>
    public Action Syncing { get; set; } = () => { };

    public IReadOnlyList<string> Names() => [.. files.Keys];

    public byte[] Read(string name) => [.. files[name].Bytes];

    public ILogFile Append(string name, long length)
    {
        if (!files.TryGetValue(name, out var file))
        {
            files[name] = file = new CachedFile(this);
        }

        file.Truncate((int)length);
        return file;
    }

    public void Delete(string name) => files.Remove(name);

    /// <summary>The power goes: only what was synced is left, and then some bytes of the last write, as disks do.</summary>
    public void Cut(int straySize = 0)
    {
        Fault = null;
        foreach (var file in files.Values)
        {
            file.Lose(straySize);
        }
    }

    /// <summary>Turns one bit of a segment over.</summary>
    public void Flip(string name, int offset) => files[name].Bytes[offset] ^= 0x10;

    private sealed class CachedFile(PowerCutStorage storage) : ILogFile
    {
        private int synced;

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
            var kept = Math.Min(synced + straySize, Bytes.Count);
            Bytes.RemoveRange(kept, Bytes.Count - kept);
            synced = kept;
        }

        public void Dispose()
        {
        }
    }
}
