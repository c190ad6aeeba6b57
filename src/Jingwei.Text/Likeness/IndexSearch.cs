namespace Jingwei.Text.Likeness;

/// <summary>What one search needs to count with; used again by the next. Not safe for several threads.</summary>
internal sealed class IndexSearch
{
    private readonly List<(ulong Key, float Worth)> keys = [];
    private readonly List<(Postings List, float Worth)> lists = [];
    private readonly List<int> touched = [];
    private readonly PriorityQueue<int, (float Worth, int Slot)> best = new();
    private readonly List<int> chosen = [];
    private float[] worths = [];

    /// <summary>Slots that share most with a profile by their keys.</summary>
    internal List<int> Candidates(ReportProfile profile, Dictionary<ulong, Postings> postings, int slots)
    {
        if (worths.Length < slots)
        {
            worths = new float[slots];
        }

        IndexKeys.OfSought(profile, keys);
        lists.Clear();
        foreach (var (key, worth) in keys)
        {
            if (postings.TryGetValue(key, out var list))
            {
                lists.Add((list, worth));
            }
        }

        // The shortest lists say most.
        lists.Sort((left, right) => left.List.Count.CompareTo(right.List.Count));
        Count();
        return Choose();
    }

    private void Count()
    {
        touched.Clear();
        var left = LikenessIndex.MostLookedAt;
        foreach (var (list, worth) in lists)
        {
            var newest = list.Newest(Math.Min(left, LikenessIndex.MostOfKey));
            left -= newest.Length;
            foreach (var slot in newest)
            {
                if (worths[slot] == 0)
                {
                    touched.Add(slot);
                }

                worths[slot] += worth;
            }
        }
    }

    private List<int> Choose()
    {
        best.Clear();
        foreach (var slot in touched)
        {
            if (best.Count < LikenessIndex.MostCompared)
            {
                best.Enqueue(slot, (worths[slot], slot));
            }
            else if (worths[slot] > worths[best.Peek()])
            {
                best.DequeueEnqueue(slot, (worths[slot], slot));
            }
        }

        // Ready for the next search.
        foreach (var slot in touched)
        {
            worths[slot] = 0;
        }

        chosen.Clear();
        while (best.TryDequeue(out var slot, out _))
        {
            chosen.Add(slot);
        }

        return chosen;
    }
}
