using Jingwei.Civic.Cap;

namespace Jingwei.Civic.Feeds;

/// <summary>An index of alerts, to be written as an Atom feed.</summary>
public sealed record CapIndex
{
    /// <summary>An IRI that never changes (RFC 4287, 4.2.6).</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Who publishes it.</summary>
    public required string Author { get; init; }

    /// <summary>Where it is itself; null when that is not known.</summary>
    public string? Address { get; init; }

    /// <summary>A language tag, or the beginning of one: which of an alert's texts is shown. Null, or none of that language: the first.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<CapIndexEntry> Entries { get; init; } = [];
}

/// <summary>An alert in an index.</summary>
/// <param name="Id">An IRI that never changes.</param>
/// <param name="Link">Where the alert is.</param>
/// <param name="Alert">The alert, as <see cref="CapWriter"/> would write it.</param>
/// <param name="HoldsAlert">The whole alert stands in the entry.</param>
public sealed record CapIndexEntry(string Id, string Link, CapAlert Alert, bool HoldsAlert = false);
