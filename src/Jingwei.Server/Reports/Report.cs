using Jingwei.Server.Access;

namespace Jingwei.Server.Reports;

/// <summary>How a report came.</summary>
public enum ReportChannel
{
    Form,
    Api,
    Upload,
    Feed,
    Open311,
    Alarm,
    Drill,
}

/// <summary>How far a report is.</summary>
public enum ReportState
{
    /// <summary>On disk, not structured yet.</summary>
    Waiting,

    /// <summary>Structured, and part of an incident.</summary>
    Settled,

    /// <summary>Says of itself that it is no report: a test message, or one that takes another back.</summary>
    SetAside,
}

/// <summary>A file that came with a report.</summary>
/// <param name="Hash">SHA-256 of its bytes in lower-case hexadecimal.</param>
/// <param name="MediaType">Found by looking at the bytes.</param>
public sealed record ReportFile(string Hash, string Name, string MediaType, long Bytes);

/// <summary>A report as it came in, before anything is made of it.</summary>
/// <param name="Type">The incident type that it is for.</param>
/// <param name="Party">The party that it belongs to.</param>
/// <param name="Region">Where it belongs; null: where its text or its position says.</param>
/// <param name="Home">Where it belongs as long as nobody knows where it happened: the sender's own region.</param>
/// <param name="SourceKind">As the incident type declares it.</param>
/// <param name="Source">Who says it, by name; empty where nobody said.</param>
/// <param name="ReportedAt">When it was said.</param>
/// <param name="Place">Where it is, in words; null where that was not said apart.</param>
/// <param name="External">Its id where it came from; unique for one channel's source.</param>
/// <param name="Exercise">It is part of a drill.</param>
public sealed record NewReport(
    string Type, string Party, string? Region, string Home, ReportChannel Channel, string SourceKind, string Source, string Title, string Text,
    DateTimeOffset ReportedAt, LonLat? Position, string? Place, string? External, bool Exercise)
{
    /// <summary>Where it can be read: the address of an article.</summary>
    public string? Link { get; init; }

    /// <summary>It as it came, byte by byte, and what that is.</summary>
    public ReportOriginal Original { get; init; } = new("application/json", []);

    public IReadOnlyList<ReportFile> Files { get; init; } = [];
}

/// <summary>A report as it came, byte by byte.</summary>
public sealed record ReportOriginal(string MediaType, byte[] Body);

/// <summary>What a sender learns at once.</summary>
/// <param name="Id">The report's id.</param>
/// <param name="Duplicate">It came before, and nothing was done.</param>
public sealed record ReportReceipt(string Id, bool Duplicate);
