using Jingwei.Server.Directory;

namespace Jingwei.Server.Indicators;

/// <summary>
/// What is counted of a thing over a window, kept up to date by every reading; or, while it is stale, the readings that
/// arrived since it became so, to be joined with those that the engine holds.
/// </summary>
internal sealed class Sheet(WindowSpan window, Thing thing, long now)
{
    // Ten minutes of a thing with seven readings a second; beyond it the engine is simply asked again.
    private const int MostPending = 4096;

    private readonly List<(string Property, Sample Sample)> pending = [];
    private readonly HashSet<string> carried = new(StringComparer.Ordinal);
    private bool overflowed;

    public WindowSpan Window => window;

    public Thing Thing => thing;

    /// <summary>Null while stale.</summary>
    public TallySheet? Tallies { get; private set; }

    /// <summary>Microseconds UTC; when it last became stale.</summary>
    public long StaleSince { get; private set; } = now;

    /// <summary>Microseconds UTC; when it was last counted from the engine; null for never.</summary>
    public long? CountedAt { get; private set; }

    /// <summary>Microseconds UTC; when the last reading came in.</summary>
    public long TouchedAt { get; private set; } = now;

    /// <summary>The windows after this one, and the cutter's edition by which they were found; null until they were looked for.</summary>
    public (int Edition, IReadOnlyList<WindowSpan> Windows)? Next { get; set; }

    /// <summary>The properties whose change before the window is carried into it; empty for readings of the window's own.</summary>
    public IReadOnlySet<string> Carried => carried;

    /// <summary>True when nothing of the window's own came in since it became stale.</summary>
    public bool IsOnlyCarried => carried.Count > 0 && pending.Count == 0;

    /// <summary>Why it has to be counted anew, where that makes another figure of one that stood.</summary>
    public RevisionCause? Cause { get; private set; }

    public void Because(RevisionCause cause) => Cause = RevisionCause.Join(Cause, cause);

    /// <summary>What it was counted anew for, once.</summary>
    public RevisionCause? TakeCause()
    {
        var cause = Cause;
        Cause = null;
        return cause;
    }

    public void Add(string property, Sample sample, long at)
    {
        TouchedAt = at;
        if (Tallies?.Add(property, sample) == true)
        {
            return;
        }

        MakeStale(at);
        overflowed |= pending.Count == MostPending;
        if (!overflowed)
        {
            pending.Add((property, sample));
        }
    }

    /// <summary>The reading of that time turned out not to be good; true when that may change the count.</summary>
    public bool Retract(string property, long of, long at)
    {
        if (Tallies?.Reaches(property, of) == false)
        {
            return false;
        }

        TouchedAt = at;
        MakeStale(at);
        pending.RemoveAll(each => each.Property == property && each.Sample.Time == of);
        return true;
    }

    /// <summary>What held of these properties before the window changed: it must be counted anew.</summary>
    public void CarryInto(IEnumerable<string> properties, long at)
    {
        carried.UnionWith(properties);
        TouchedAt = at;
        MakeStale(at);
    }

    public void Follow(Sheet before) => Tallies = before.Tallies?.Follow(window);

    /// <summary>Counts anew; stays stale when readings were lost sight of meanwhile and it must be done again.</summary>
    /// <param name="known">What the engine holds for the window, with the last before it.</param>
    /// <returns>The properties whose change before the window reaches through it into the next.</returns>
    public IReadOnlyCollection<string> Count(IReadOnlyList<TallyKind> kinds, IReadOnlyDictionary<string, SampleRun> known, long at)
    {
        var runs = pending.Count == 0 ? known : Joined(known);
        (Tallies, CountedAt, StaleSince) = (overflowed ? null : TallySheet.Of(window, kinds, runs), at, at);
        var lost = overflowed;
        overflowed = false;
        pending.Clear();
        if (lost)
        {
            return [];
        }

        string[] through = carried.Count == 0 || TallySheet.Closes(window, kinds, carried, runs) ? [] : [.. carried];
        carried.Clear();
        return through;
    }

    private void MakeStale(long at)
    {
        if (Tallies is not null)
        {
            (Tallies, StaleSince) = (null, at);
        }
    }

    private Dictionary<string, SampleRun> Joined(IReadOnlyDictionary<string, SampleRun> known)
    {
        var joined = known.ToDictionary(StringComparer.Ordinal);
        foreach (var run in pending.GroupBy(each => each.Property, each => each.Sample, StringComparer.Ordinal))
        {
            joined[run.Key] = SampleRun.Of([.. joined.TryGetValue(run.Key, out var before) ? before.Samples : [], .. run]);
        }

        return joined;
    }
}
