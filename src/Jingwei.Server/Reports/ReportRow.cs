namespace Jingwei.Server.Reports;

/// <summary>A report as it is stored. Times are microseconds since 1970, UTC.</summary>
/// <param name="Seq">In the order of arrival.</param>
/// <param name="Home">Where it belongs as long as nobody knows where it happened.</param>
/// <param name="Scope">The region that rights over it are checked against.</param>
/// <param name="Structure">Facts with their places in the text, as JSON; null while it waits.</param>
/// <param name="About">The region that it is about; null where nobody knows.</param>
/// <param name="Incident">The report that began its incident; null while it waits.</param>
/// <param name="How">How it came to that incident.</param>
/// <param name="Score">Its likeness with the incident, 0 to 1; null for the first of one, and by hand.</param>
/// <param name="Why">What made the likeness, as JSON.</param>
internal sealed record ReportRow(
    long Seq, string Id, string Type, string Party, string? Region, string Home, string Scope, long Channel, string SourceKind, string Source, string Title, string Text,
    long ReportedAt, long ReceivedAt, double? Lon, double? Lat, string? Place, string? External, string? Link, long Exercise, string Actor, long State,
    string? Structure, string? About, long? Incident, long? How, double? Score, string? Why);
