namespace Jingwei.Server.Notifications.Duty;

/// <summary>A line of the duty log of a party and region.</summary>
/// <param name="Case">The case that it is about; null for none.</param>
public sealed record DutyEntry(long Id, string Party, string Region, DateTimeOffset At, string Author, string AuthorName, string Text, string? Case);

/// <summary>How a hand-over stands.</summary>
public enum HandoverState
{
    /// <summary>It waits for who takes over.</summary>
    Open,
    Accepted,

    /// <summary>Who was to take over did not agree, and said why.</summary>
    Objected,
}

/// <summary>The duty of a party and region as it goes from one to another.</summary>
/// <param name="Since">From when on the log is part of it.</param>
/// <param name="PassCases">With the acceptance the open cases there that the one has go to the other.</param>
/// <param name="Cases">Cases that were open, and how many of them were late.</param>
/// <param name="AnsweredAt">When it was accepted or objected to.</param>
public sealed record Handover(
    long Id, string Party, string Region, string From, string FromName, string To, string ToName, DateTimeOffset At, DateTimeOffset Since, string? Remark,
    bool PassCases, HandoverState State, DateTimeOffset? AnsweredAt, string? AnswerRemark, long Cases, long Late, long Entries);

/// <summary>What was handed over, as it stood then; it changes no more.</summary>
/// <param name="CasesLeftOut">Open cases beyond the limit of a snapshot.</param>
/// <param name="EntriesLeftOut">Lines of the log beyond it.</param>
public sealed record HandoverSnapshot(IReadOnlyList<HandedCase> Cases, long CasesLeftOut, IReadOnlyList<DutyEntry> Entries, long EntriesLeftOut);

/// <summary>An open case as it was handed over.</summary>
/// <param name="Responsible">Who had it; null: whoever was on duty.</param>
public sealed record HandedCase(
    string Number, Label Title, Label StateName, Packs.Model.Band Severity, DateTimeOffset? Due, bool Late, string? Responsible, string? ResponsibleName, bool Exercise);

/// <summary>A hand-over with what was handed over.</summary>
public sealed record HandoverDetail(Handover Handover, HandoverSnapshot Snapshot);
