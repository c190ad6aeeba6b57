namespace Jingwei.Server.Reports;

/// <summary>Limits of reports; what goes beyond is refused with the limit's name, nothing is cut.</summary>
public static class ReportLimits
{
    /// <summary>Characters in a report: a megabyte of text, some 300 printed pages.</summary>
    public const int Text = 1 << 20;

    /// <summary>Characters of a report that are structured; what stands behind is kept and shown. A news article has 1,000 to 5,000.</summary>
    public const int Read = 20_000;

    /// <summary>Characters in a title.</summary>
    public const int Title = 500;

    /// <summary>Characters in the name of a source, a place or an address.</summary>
    public const int Name = 300;

    /// <summary>Bytes of a report as it came: JSON that writes each of <see cref="Text"/>'s characters as \u706B, and the rest.</summary>
    public const int Original = 8 << 20;

    /// <summary>Attachments of one report.</summary>
    public const int Files = 10;

    /// <summary>Bytes of an attachment: a minute of video of a telephone.</summary>
    public const int FileBytes = 50_000_000;

    /// <summary>Reports in one upload.</summary>
    public const int Batch = 10_000;

    /// <summary>Reports that are structured and matched together; what comes meanwhile waits in the store.</summary>
    public const int Settled = 64;

    /// <summary>Incidents held in memory: what is open, and what ended within <see cref="Kept"/>.</summary>
    public const int Incidents = 200_000;

    /// <summary>Times of reports held for each incident, newest first: heat, trend and sparkline are made of them.</summary>
    public const int Moments = 512;

    /// <summary>Reports that wait to be structured before new ones are refused with 503: an hour's work.</summary>
    public const int Waiting = 1_000_000;

    /// <summary>Characters in a reason or a remark.</summary>
    public const int Reason = 2000;

    /// <summary>How long an incident that has ended is still compared with new reports, and shown on the map's past.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(32);
}
