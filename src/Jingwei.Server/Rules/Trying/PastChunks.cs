using Jingwei.Cel;

namespace Jingwei.Server.Rules.Trying;

/// <summary>
/// Judges readings that were read: as many at a time as their lowest and highest decide about, and half of those where they do not, down to single
/// ones. Comes out as if each was judged.
/// </summary>
/// <param name="each">Judges one by one up to a time; false when that is the end of it.</param>
internal sealed class PastChunks(ThingRules rules, IReadOnlyList<PastRun> runs, Func<long, bool> each)
{
    private const int MostAtOnce = 1024;

    // Of fewer, each is judged as fast.
    private const int LeastAtOnce = 16;

    private readonly CelRange[] ranges = new CelRange[rules.Lane.Slots];
    private readonly int[] ends = new int[runs.Count];

    /// <summary>Judges what was before a time; false when that is the end of it.</summary>
    public bool Judge(long until, List<RuleEvent> events)
    {
        var (count, longest, length) = (0, runs[0], 0);
        foreach (var run in runs)
        {
            var ahead = run.Before(until) - run.At;
            count += ahead;
            (longest, length) = ahead > length ? (run, ahead) : (longest, length);
        }

        if (count == 0 || (count <= MostAtOnce && count >= LeastAtOnce && TryPass(until, events)))
        {
            return true;
        }

        return count < LeastAtOnce || length < 2 ? each(until) : Judge(longest.TimeOf(longest.At + (length / 2)), events) && Judge(until, events);
    }

    private bool TryPass(long until, List<RuleEvent> events)
    {
        rules.Ranges(ranges);
        var (first, last) = (long.MaxValue, long.MinValue);
        for (var index = 0; index < runs.Count; index++)
        {
            var run = runs[index];
            var end = ends[index] = run.Before(until);
            if (end > run.At)
            {
                ranges[run.Slot] = run.With(ranges[run.Slot], end);
                (first, last) = (Math.Min(first, run.Time), Math.Max(last, run.TimeOf(end - 1)));
            }
        }

        if (!rules.TryPass(ranges, first, last, Pictures(), events))
        {
            return false;
        }

        for (var index = 0; index < runs.Count; index++)
        {
            runs[index].Pass(rules, ends[index]);
        }

        return true;
    }

    // How many times bear a reading that can be judged.
    private long Pictures()
    {
        var same = true;
        for (var index = 0; index < runs.Count && same; index++)
        {
            same = runs[index].IsUsable(ends[index]) && runs[index].TimesTo(ends[index]).SequenceEqual(runs[0].TimesTo(ends[0]));
        }

        return same ? ends[0] - runs[0].At : Merged();
    }

    private long Merged()
    {
        Span<int> places = stackalloc int[runs.Count];
        for (var index = 0; index < runs.Count; index++)
        {
            places[index] = runs[index].At;
        }

        for (var pictures = 0L; ;)
        {
            var time = long.MaxValue;
            for (var index = 0; index < runs.Count; index++)
            {
                time = places[index] < ends[index] ? Math.Min(time, runs[index].TimeOf(places[index])) : time;
            }

            if (time == long.MaxValue)
            {
                return pictures;
            }

            var isUsable = false;
            for (var index = 0; index < runs.Count; index++)
            {
                if (places[index] < ends[index] && runs[index].TimeOf(places[index]) == time)
                {
                    isUsable |= runs[index].QualityOf(places[index]++) != Telemetry.Quality.Bad;
                }
            }

            pictures += isUsable ? 1 : 0;
        }
    }
}
