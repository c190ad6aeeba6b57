namespace Jingwei.Server.Cases;

/// <summary>How far the tables that lists read are behind a case's history.</summary>
/// <param name="Projected">The case as those tables have it.</param>
/// <param name="Now">As it stands.</param>
/// <param name="Since">Position of the first event that they do not know.</param>
internal sealed record Lag(Case Projected, HeldCase Now, long Since);

/// <summary>
/// Cases whose histories are further than the tables that lists read: a case that moves on several times within a moment is written there
/// once. Used within the store's lock alone, but for <see cref="Count"/>.
/// </summary>
internal sealed class ProjectionBacklog
{
    private readonly Dictionary<string, Lag> lags = new(StringComparer.Ordinal);

    // By their first events; some have caught up since, or are behind anew.
    private readonly Queue<(string Id, long Since)> order = new();
    private volatile int count;

    /// <summary>Cases that are behind.</summary>
    public int Count => count;

    /// <summary>Position of the newest event of all cases.</summary>
    public long Head { get; set; }

    public Lag? Find(string id) => lags.GetValueOrDefault(id);

    public void Put(string id, Lag lag)
    {
        if (Find(id)?.Since != lag.Since)
        {
            order.Enqueue((id, lag.Since));
        }

        lags[id] = lag;
        count = lags.Count;
    }

    public void Remove(string id)
    {
        lags.Remove(id);
        count = lags.Count;
        while (order.TryPeek(out var first) && Find(first.Id)?.Since != first.Since)
        {
            order.Dequeue();
        }
    }

    /// <summary>Those that have been behind for longest.</summary>
    /// <param name="mark">The position up to which every event is known once they have caught up.</param>
    public List<Lag> Oldest(int most, out long mark)
    {
        var oldest = new List<Lag>(Math.Min(most, count));
        foreach (var (id, since) in order)
        {
            if (Find(id) is not { } lag || lag.Since != since)
            {
                continue;
            }

            if (oldest.Count == most)
            {
                mark = since - 1;
                return oldest;
            }

            oldest.Add(lag);
        }

        mark = Head;
        return oldest;
    }
}
