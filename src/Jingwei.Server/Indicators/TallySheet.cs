namespace Jingwei.Server.Indicators;

/// <summary>All that is counted of one thing over one window.</summary>
public sealed class TallySheet
{
    private readonly IReadOnlyList<TallyKind> kinds;
    private readonly Tally[] tallies;

    private TallySheet(WindowSpan window, IReadOnlyList<TallyKind> kinds, Tally[] tallies) =>
        (Window, this.kinds, this.tallies) = (window, kinds, tallies);

    public WindowSpan Window { get; }

    /// <summary>True when every property that is counted was read inside the window itself, so that nothing carries through it.</summary>
    public static bool Closes(WindowSpan window, IReadOnlyList<TallyKind> kinds, IReadOnlyDictionary<string, SampleRun> runs) =>
        kinds.All(kind => runs.TryGetValue(kind.Source, out var run) && run.FirstAt(window.From) < run.FirstAt(window.To));

    /// <summary>Counts everything in <paramref name="runs"/> that the window needs.</summary>
    /// <param name="runs">By property; each with the last sample before the window, where there is one.</param>
    public static TallySheet Of(WindowSpan window, IReadOnlyList<TallyKind> kinds, IReadOnlyDictionary<string, SampleRun> runs)
    {
        var tallies = new Tally[kinds.Count];
        for (var i = 0; i < tallies.Length; i++)
        {
            tallies[i] = kinds[i].Start(window);
            var source = Within(runs.GetValueOrDefault(kinds[i].Source), window);
            var times = kinds[i].Times is { } name ? Within(runs.GetValueOrDefault(name), window) : ArraySegment<Sample>.Empty;
            Fill(tallies[i], kinds[i], source, times);
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
            if (kinds[i] == kind)
            {
                return tallies[i].At(end);
            }
        }

        return default;
    }

    public TallySheet Follow(WindowSpan next) => new(next, kinds, Array.ConvertAll(tallies, tally => tally.Follow(next)));

    private static ArraySegment<Sample> Within(SampleRun? run, WindowSpan window)
    {
        if (run is null)
        {
            return ArraySegment<Sample>.Empty;
        }

        var first = run.FirstAt(window.From);
        var start = Math.Max(0, first - 1);
        return new ArraySegment<Sample>(run.Samples, start, run.FirstAt(window.To) - start);
    }

    // In the order of time; a factor before the growth at the same time, which it applies to.
    private static void Fill(Tally tally, TallyKind kind, ArraySegment<Sample> source, ArraySegment<Sample> times)
    {
        var factor = 0;
        foreach (var sample in source)
        {
            while (factor < times.Count && times[factor].Time <= sample.Time)
            {
                tally.Add(kind.Times!, times[factor++]);
            }

            tally.Add(kind.Source, sample);
        }

        while (factor < times.Count)
        {
            tally.Add(kind.Times!, times[factor++]);
        }
    }
}
