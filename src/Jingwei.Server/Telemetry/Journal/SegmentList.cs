namespace Jingwei.Server.Telemetry.Journal;

/// <summary>The log's files, oldest first: the log's thread adds to the last, the engine's side deletes from the front.</summary>
internal sealed class SegmentList(ILogStorage storage, IReadOnlyCollection<LogSegment> found)
{
    private readonly Lock gate = new();
    private readonly List<LogSegment> segments = [.. found];
    private long done;

    // Of all segments: asked for each batch that comes.
    private long bytes = found.Sum(segment => segment.Length);

    /// <summary>Bytes and number of segments on disk.</summary>
    public (long Bytes, int Segments) Size
    {
        get
        {
            lock (gate)
            {
                return (bytes, segments.Count);
            }
        }
    }

    /// <summary>
    /// Bytes that wait for the engine, or to be deleted. The last segment does not when the engine has all of it: it stays until the next one
    /// is begun, for which there must be room.
    /// </summary>
    public long Waiting
    {
        get
        {
            lock (gate)
            {
                return bytes - (segments.Count > 0 && segments[^1].LastStamp <= done ? segments[^1].Length : 0);
            }
        }
    }

    /// <summary>Bytes in the last one.</summary>
    public long LastLength
    {
        get
        {
            lock (gate)
            {
                return segments[^1].Length;
            }
        }
    }

    /// <summary>Makes a new one for messages from <paramref name="firstStamp"/> on.</summary>
    public ILogFile Begin(long firstStamp)
    {
        var name = LogSegment.NameOf(firstStamp);
        var file = storage.Append(name, 0);
        lock (gate)
        {
            // A segment of that name can only be an empty one that an earlier start left.
            bytes -= segments.Where(segment => segment.Name == name).Sum(segment => segment.Length);
            segments.RemoveAll(segment => segment.Name == name);
            segments.Add(new LogSegment(name, firstStamp, firstStamp - 1, 0));
        }

        return file;
    }

    /// <summary>Notes what was added to the last one.</summary>
    public void Extend(int added, long lastStamp)
    {
        lock (gate)
        {
            segments[^1] = segments[^1] with { Length = segments[^1].Length + added, LastStamp = lastStamp };
            bytes += added;
        }
    }

    /// <summary>Deletes those whose every message is at or below <paramref name="settled"/>, but not the one being written.</summary>
    /// <exception cref="IOException">One cannot be deleted now; it stays in the list.</exception>
    public void DeleteThrough(long settled)
    {
        lock (gate)
        {
            done = settled;
            while (segments.Count > 1 && segments[0].LastStamp <= settled)
            {
                storage.Delete(segments[0].Name);
                bytes -= segments[0].Length;
                segments.RemoveAt(0);
            }
        }
    }
}
