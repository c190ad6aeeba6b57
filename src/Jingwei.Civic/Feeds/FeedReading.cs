using Jingwei.Civic.Cap;

namespace Jingwei.Civic.Feeds;

/// <summary>What a feed is written in.</summary>
public enum FeedKind
{
    /// <summary>No feed that is known here.</summary>
    None,
    /// <summary>Atom 1.0 (RFC 4287).</summary>
    Atom,
    /// <summary>RSS 2.0, and 0.91 to 0.94, which it holds.</summary>
    Rss2,
    /// <summary>RSS 1.0 and 0.90, which are RDF.</summary>
    Rss1,
}

/// <summary>What reading a document as a feed gave.</summary>
public sealed record FeedReading
{
    public required FeedKind Kind { get; init; }

    /// <summary>Atom's id; null when there is none.</summary>
    public string? Id { get; init; }

    public string Title { get; init; } = "";

    /// <summary>What it is the feed of: mostly a page.</summary>
    public string? Link { get; init; }

    public DateTimeOffset? Updated { get; init; }

    /// <summary>In the order of the document, each with its own problems.</summary>
    public IReadOnlyList<FeedEntry> Entries { get; init; } = [];

    /// <summary>Those of the feed itself, and of entries that could not be read at all.</summary>
    public required IReadOnlyList<DocumentProblem> Problems { get; init; }

    /// <summary>The encoding that the bytes turned out to be in.</summary>
    public string Encoding { get; init; } = "";
}

/// <summary>An entry of a feed (an item, in RSS).</summary>
public sealed record FeedEntry
{
    /// <summary>Atom's id or RSS's guid; else, with a problem, the link; else `urn:sha256:` of what it says, which is the same when it comes again unchanged.</summary>
    public required string Id { get; init; }

    /// <summary>Plain text.</summary>
    public string Title { get; init; } = "";

    /// <summary>Plain text; HTML's line breaks and paragraphs are line feeds.</summary>
    public string? Summary { get; init; }

    /// <summary>As <see cref="Summary"/>; null when it is no text, or elsewhere.</summary>
    public string? Content { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public DateTimeOffset? Published { get; init; }

    /// <summary>The page it is about, absolute where the feed says against what.</summary>
    public string? Link { get; init; }

    public string? Author { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>By GeoRSS (simple or GML) or W3C Basic Geo.</summary>
    public GeoPoint? Point { get; init; }

    /// <summary>The alert that is in it, with its own problems; null when there is none.</summary>
    public CapReading? Alert { get; init; }

    /// <summary>Where the alert is that it stands for; null when it stands for none, or holds it.</summary>
    public string? AlertLink { get; init; }

    /// <summary>What an index says of the alert; null when it says nothing.</summary>
    public CapIndexFields? Index { get; init; }

    public IReadOnlyList<DocumentProblem> Problems { get; init; } = [];
}

/// <summary>What publishers of CAP repeat of an alert in the entry of an index, as elements of CAP.</summary>
public sealed record CapIndexFields
{
    public string? Event { get; init; }

    public DateTimeOffset? Effective { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public CapStatus? Status { get; init; }

    public CapMsgType? MsgType { get; init; }

    public IReadOnlyList<CapCategory> Categories { get; init; } = [];

    public CapUrgency? Urgency { get; init; }

    public CapSeverity? Severity { get; init; }

    public CapCertainty? Certainty { get; init; }

    public string? AreaDesc { get; init; }

    public IReadOnlyList<CapPolygon> Polygons { get; init; } = [];

    public IReadOnlyList<CapValue> Geocodes { get; init; } = [];
}

/// <summary>How a feed is read.</summary>
public sealed record FeedReadOptions
{
    /// <summary>The charset that the server gave in Content-Type; null when none.</summary>
    public string? Charset { get; init; }

    /// <summary>Where the feed came from: what relative links are relative to. Null: they stay as they are.</summary>
    public Uri? Address { get; init; }

    /// <summary>What times are meant in that say no offset. Null: such a time is none.</summary>
    public TimeSpan? AssumedOffset { get; init; }

    /// <summary>It is known to be an index of alerts: links that say nothing of what they lead to lead to alerts.</summary>
    public bool LinksAreAlerts { get; init; }

    public DocumentLimits Limits { get; init; } = DocumentLimits.Feed;
}
