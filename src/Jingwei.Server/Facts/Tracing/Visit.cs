namespace Jingwei.Server.Facts.Tracing;

/// <summary>An object that a trace came to.</summary>
/// <param name="from">Since when what was asked for can be in it, or it in that, in microseconds.</param>
/// <param name="until">Until when.</param>
internal sealed class Visit(int depth, long from, long until)
{
    private Seen? first;
    private Seen? last;
    private string? location;
    private string? disposition;

    public int Depth => depth;

    public long From => from;

    public long Until => until;

    public int Events { get; private set; }

    /// <summary>The parties that have events of it which the caller does not see.</summary>
    public IReadOnlyList<TraceParty> Hidden { get; set; } = [];

    /// <summary>Takes a span in as well; false where it lies within what is known.</summary>
    public bool Widen(long since, long to)
    {
        var isWider = since < from || to > until;
        (from, until) = (Math.Min(from, since), Math.Max(until, to));
        return isWider;
    }

    public void Begin() => (Events, first, last, location, disposition) = (0, null, null, null, null);

    /// <summary>Called with its events in the order of time.</summary>
    public void Saw(Seen seen)
    {
        Events++;
        first ??= seen;
        last = seen;
        location = seen.Told.BizLocation ?? location;
        disposition = seen.Told.Disposition ?? disposition;
    }

    public TraceNode ToNode(string id) => new(id, depth, Events, Hidden, last?.Told.Party, first?.Told.At, last?.Told.At, last?.Told.BizStep, disposition, location);
}
