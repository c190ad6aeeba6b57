namespace Jingwei.Server.Notifications.Duty;

/// <summary>Limits of duty logs and hand-overs.</summary>
public static class DutyLimits
{
    /// <summary>Characters of an entry or a remark, as of a comment of a case; longer ones are refused.</summary>
    public const int Text = Cases.CaseLimits.Comment;

    /// <summary>Cases, and entries, in a snapshot: more than anybody reads at a change of shifts. How many are left out is said.</summary>
    public const int Snapshot = 2000;

    /// <summary>How far back a hand-over reaches where there was none before: a day, the longest shift.</summary>
    public static TimeSpan Shift { get; } = TimeSpan.FromDays(1);
}
