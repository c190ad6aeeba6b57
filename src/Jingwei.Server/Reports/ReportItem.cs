using Jingwei.Server.Access;
using Jingwei.Server.Reports.Settling;
using Jingwei.Server.Reports.Structuring;

namespace Jingwei.Server.Reports;

/// <summary>A report as lists and the live stream show it.</summary>
/// <param name="Text">Its beginning; the detail has all of it.</param>
/// <param name="Incident">The number of the incident's case; null while it waits.</param>
/// <param name="How">How it came to that incident.</param>
/// <param name="Score">Its likeness with the incident, where it was joined by it.</param>
/// <param name="Region">The region that it is about, or else that of its sender.</param>
public sealed record ReportItem(
    string Id, string Type, ReportState State, ReportChannel Channel, string SourceKind, Label SourceKindName, string Source, string Title, string Text,
    DateTimeOffset ReportedAt, DateTimeOffset ReceivedAt, string? Place, LonLat? Position, string Party, string Region, string RegionName, string? Incident, Joining? How, double? Score,
    bool Exercise, string? Link, string Actor);

/// <summary>All of a report.</summary>
/// <param name="Why">What made the likeness, in nats; null where it was joined by nothing.</param>
/// <param name="Reason">Why it was set aside.</param>
/// <param name="Decisions">How it came to which incident, the newest last.</param>
public sealed record ReportDetail(
    ReportItem Report, string Text, ReportStructure Structure, Likeness? Why, string? WithReport, string? Reason, IReadOnlyList<ReportFile> Files, IReadOnlyList<DecisionItem> Decisions,
    IReadOnlyList<CorrectionItem> Corrections, OriginalItem Original);

/// <summary>That a report came to an incident.</summary>
public sealed record DecisionItem(DateTimeOffset At, string Actor, string? From, string To, Joining How, double? Score, string? Reason);

/// <summary>That a person corrected a fact.</summary>
public sealed record CorrectionItem(DateTimeOffset At, string Actor, string Fact, string? Was, string? Now);

/// <summary>What a report came as.</summary>
public sealed record OriginalItem(string MediaType, long Bytes);
