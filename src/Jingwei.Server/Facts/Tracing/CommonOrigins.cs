namespace Jingwei.Server.Facts.Tracing;

/// <summary>Something that several objects come from.</summary>
/// <param name="Of">How many of the objects that were asked about come from it.</param>
/// <param name="OfOthers">How many of those they are compared with.</param>
/// <param name="Depth">Fewest links between it and one of the objects.</param>
/// <param name="Party">Whose event of it was the last, as far as the caller sees.</param>
/// <param name="MadeBy">The event that made it; null where none is seen.</param>
/// <param name="Hidden">The parties that have events of it which the caller does not see.</param>
public sealed record CommonOrigin(
    string Id, int Of, int OfOthers, int Depth, TraceParty? Party, DateTimeOffset? Since, TraceEvent? MadeBy, IReadOnlyList<TraceParty> Hidden);

/// <summary>What objects have in common: where a fault that they share may come from.</summary>
/// <param name="Asked">Objects that were asked about and are seen.</param>
/// <param name="Others">Objects that they are compared with and are seen.</param>
/// <param name="Items">What tells the two apart best first.</param>
/// <param name="IsCut">Whether a trace, or this list, had more than was asked for at most.</param>
public sealed record CommonOrigins(int Asked, int Others, IReadOnlyList<CommonOrigin> Items, bool IsCut)
{
    /// <summary>Most origins that are listed.</summary>
    public const int Most = 200;

    /// <param name="asked">Backward traces of the objects in question.</param>
    /// <param name="others">Of those without the fault.</param>
    public static CommonOrigins Of(IReadOnlyList<Trace> asked, IReadOnlyList<Trace> others)
    {
        var counts = new Dictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var trace in asked)
        {
            foreach (var node in trace.Nodes.Where(node => node.Depth > 0))
            {
                (counts.TryGetValue(node.Id, out var tally) ? tally : counts[node.Id] = new()).Add(node, trace);
            }
        }

        foreach (var node in others.SelectMany(trace => trace.Nodes).Where(node => counts.ContainsKey(node.Id)))
        {
            counts[node.Id].Others++;
        }

        var shared = counts.Where(pair => pair.Value.Count > 1 || asked.Count == 1)
            .OrderByDescending(pair => Share(pair.Value.Count, asked.Count) - Share(pair.Value.Others, others.Count))
            .ThenByDescending(pair => pair.Value.Count)
            .ThenBy(pair => pair.Value.Depth)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .ToList();
        return new(
            asked.Count, others.Count, [.. shared.Take(Most).Select(pair => pair.Value.ToOrigin(pair.Key))],
            shared.Count > Most || asked.Concat(others).Any(trace => trace.IsCut));
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private sealed class Tally
    {
        private TraceNode node = null!;
        private Trace trace = null!;

        public int Count { get; private set; }

        public int Others { get; set; }

        public int Depth { get; private set; } = int.MaxValue;

        public void Add(TraceNode seen, Trace of)
        {
            Count++;
            if (seen.Depth < Depth)
            {
                (node, trace, Depth) = (seen, of, seen.Depth);
            }
        }

        public CommonOrigin ToOrigin(string id)
        {
            var making = trace.Links.FirstOrDefault(link => link.To == id && link.Kind == TraceLinkKind.Transformation)?.EventId;
            return new(id, Count, Others, Depth, node.Party, node.Since, trace.Events.FirstOrDefault(each => each.Id == making), node.Hidden);
        }
    }
}
