using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Indicators;

/// <summary>What was counted of a thing over a window that is over, by <see cref="TallyKind.Key"/>.</summary>
/// <param name="From">Where the window begins, microseconds UTC.</param>
public sealed record WindowCount(string Thing, IndicatorWindow Kind, long From, IReadOnlyDictionary<string, Contribution> Counts)
{
    public bool Same(WindowCount other) =>
        Counts.Count == other.Counts.Count && Counts.All(each => other.Counts.TryGetValue(each.Key, out var count) && count.Equals(each.Value));
}

/// <summary>
/// The counts of windows that are over, as the database has them, kept in memory as they are asked for; and the sums of days that weeks
/// and months are made of. So a correction counts one thing's window anew and reads no sibling's, and no month.
/// </summary>
internal sealed class WindowCounts(Func<IndicatorWindow, long, IReadOnlyList<WindowCount>> read)
{
    // A month of days of 10,000 things; then all is forgotten and read again as needed.
    private const int MostKept = 310_000;

    private readonly Dictionary<(string Thing, IndicatorWindow Kind, long From), WindowCount> counts = [];
    private readonly HashSet<(IndicatorWindow Kind, long From)> known = [];
    private readonly List<WindowCount> changed = [];
    private readonly Dictionary<(string Thing, WindowSpan Window), (long Upto, Contribution[] Sums)> sums = [];

    /// <summary>Keeps what was counted; it is to be stored when it is another than before.</summary>
    public void Keep(WindowCount count)
    {
        if (Find(count.Thing, count.Kind, count.From)?.Same(count) == true)
        {
            return;
        }

        counts[(count.Thing, count.Kind, count.From)] = count;
        changed.Add(count);
    }

    /// <summary>The counts that were kept since this was last asked.</summary>
    public List<WindowCount> TakeChanged()
    {
        var taken = changed.ToList();
        changed.Clear();
        return taken;
    }

    /// <summary>Forgets what the database knows, when there is too much of it.</summary>
    public void Trim()
    {
        if (counts.Count > MostKept)
        {
            counts.Clear();
            known.Clear();
            sums.Clear();
        }
    }

    /// <summary>What was counted then; null when nobody counted it.</summary>
    public WindowCount? Find(string thing, IndicatorWindow kind, long from)
    {
        if (known.Add((kind, from)))
        {
            foreach (var each in read(kind, from))
            {
                counts.TryAdd((each.Thing, kind, from), each);
            }
        }

        return counts.GetValueOrDefault((thing, kind, from));
    }

    /// <summary>The sums of a thing's days of a week or month up to the end of one; null when they are to be added up.</summary>
    public Contribution[]? SumsOf(WindowSpan window, string thing, long upto) =>
        sums.TryGetValue((thing, window), out var found) && found.Upto == upto ? found.Sums : null;

    public void KeepSums(WindowSpan window, string thing, long upto, Contribution[] of) => sums[(thing, window)] = (upto, of);

    /// <summary>A day of it is another than before.</summary>
    public void ForgetSums(WindowSpan window, string thing) => sums.Remove((thing, window));
}
