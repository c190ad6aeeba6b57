namespace Jingwei.Server.Indicators;

/// <summary>All that is counted of one thing over one window.</summary>
public sealed class TallySheet
{
    private readonly IReadOnlyList<TallyKind> kinds;
    private readonly Tally[] tallies;

    private TallySheet(WindowSpan window, IReadOnlyList<TallyKind> kinds, Tally[] tallies) =>
        (Window, this.kinds, this.tallies) = (window, kinds, tallies);

    public WindowSpan Window { get; }

    /// <summary>True when what changed of these properties before the window changes nothing after it, because they were read inside it.</summary>
    public static bool Closes(
        WindowSpan window, IReadOnlyList<TallyKind> kinds, IReadOnlySet<string> changed, IReadOnlyDictionary<string, SampleRun> runs) =>
        kinds.Where(kind => kind.Carries).All(kind =>
            kind.Within <= window.To - window.From &&
            kind.Properties.Where(changed.Contains).All(property => runs.TryGetValue(property, out var run) && run.FirstAt(window.From) < run.FirstAt(window.To)));

    /// <summary>Counts everything in <paramref name="runs"/> that the window needs.</summary>
    /// <param name="runs">By property; each with the last sample before the window, where there is one.</param>
    public static TallySheet Of(WindowSpan window, IReadOnlyList<TallyKind> kinds, IReadOnlyDictionary<string, SampleRun> runs)
    {
        var tallies = new Tally[kinds.Count];
        for (var i = 0; i < tallies.Length; i++)
        {
            tallies[i] = kinds[i].Start(window);
            Fill(tallies[i], kinds[i], window, runs);
        }

        return new TallySheet(window, kinds, tallies);
    }

    /// <summary>Takes the next good reading; false when it came out of order and the sheet must be made anew.</summary>
    public bool Add(string property, Sample sample)
    {
        var inOrder = true;
        for (var i = 0; i < tallies.Length; i++)
        {
            inOrder = inOrder && (!kinds[i].Uses(property) || tallies[i].Add(property, sample));
        }

        return inOrder;
    }

    /// <summary>True when a sample of that time may already be in a count.</summary>
    public bool Reaches(string property, long time)
    {
        var reaches = false;
        for (var i = 0; i < tallies.Length; i++)
        {
            reaches |= kinds[i].Uses(property) && tallies[i].Reaches(property, time);
        }

        return reaches;
    }

    public Contribution At(TallyKind kind, long end)
    {
        for (var i = 0; i < tallies.Length; i++)
        {
            if (ReferenceEquals(kinds[i], kind) || kinds[i] == kind)
            {
                return tallies[i].At(end);
            }
        }

        return default;
    }

    public TallySheet Follow(WindowSpan next) => new(next, kinds, Array.ConvertAll(tallies, tally => tally.Follow(next)));

    // From the last sample before the window on, or before as much more as is looked back; nothing that is forgotten.
    private static ArraySegment<Sample> Within(SampleRun? run, WindowSpan window, long lookBack)
    {
        if (run is null)
        {
            return ArraySegment<Sample>.Empty;
        }

        var start = Math.Max(Math.Max(0, run.FirstAt(window.From - lookBack) - 1), run.FirstAt(window.From - Tally.Memory));
        return new ArraySegment<Sample>(run.Samples, start, run.FirstAt(window.To) - start);
    }

    // In the order of time; states and factors before the growth at the same time, which they apply to.
    private static void Fill(Tally tally, TallyKind kind, WindowSpan window, IReadOnlyDictionary<string, SampleRun> runs)
    {
        var source = Within(runs.GetValueOrDefault(kind.Source), window, 0);
        var beside = new[] { (Property: kind.After, LookBack: kind.Within), (Property: kind.Times, LookBack: 0L) }
            .Where(each => each.Property is not null)
            .Select(each => (Property: each.Property!, Samples: Within(runs.GetValueOrDefault(each.Property!), window, each.LookBack)))
            .ToArray();
        var next = new int[beside.Length];
        foreach (var sample in source)
        {
            Take(sample.Time);
            tally.Add(kind.Source, sample);
        }

        Take(long.MaxValue);

        void Take(long until)
        {
            for (var each = 0; each < beside.Length; each++)
            {
                var (property, samples) = beside[each];
                while (next[each] < samples.Count && samples[next[each]].Time <= until)
                {
                    tally.Add(property, samples[next[each]++]);
                }
            }
        }
    }
}
