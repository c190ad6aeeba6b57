namespace Jingwei.Server.Reports.Feeds;

/// <summary>A feed that is read for reports and warnings: Atom, RSS, or a CAP alert by itself.</summary>
/// <param name="Region">Where its reports belong as long as nobody knows where they happened.</param>
/// <param name="Every">Seconds between two readings.</param>
/// <param name="Reports">Entries without an alert are reports.</param>
/// <param name="Tag">What the server named the newest version by (RFC 9110, ETag), and when it changed.</param>
/// <param name="Next">When it is read next, microseconds since 1970.</param>
/// <param name="Failures">Readings that failed since the last one that did not.</param>
/// <param name="Format">What it was found to be written in: Atom 1.0, RSS 2.0, RSS 1.0 or CAP; null before the first reading.</param>
internal sealed record ReportFeed(
    string Id, string Name, string Url, string Type, string Party, string Region, string SourceKind, long Every, long Reports, long Disabled, string? Tag, string? Modified, long Next,
    long? Last, string? Fault, long Failures, long Entries, long Taken, long Duplicates, long Warnings, long Refused, string? Format)
{
    public bool IsDisabled => Disabled != 0;
}

/// <summary>What one reading of a feed came to.</summary>
/// <param name="Entries">Entries that the feed had.</param>
/// <param name="Refused">Entries that are neither reports nor warnings, each told in <paramref name="Problems"/>.</param>
internal sealed record FeedTurn(int Entries, int Taken, int Duplicates, int Warnings, int Refused, string? Fault, IReadOnlyList<string> Problems)
{
    public string? Tag { get; init; }

    public string? Modified { get; init; }

    public string? Format { get; init; }

    public static FeedTurn Failed(string fault) => new(0, 0, 0, 0, 0, fault, []);
}
