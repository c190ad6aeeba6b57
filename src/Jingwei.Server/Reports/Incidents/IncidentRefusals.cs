using Jingwei.Server.Cases;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>Why a change of incidents is refused.</summary>
internal static class IncidentRefusals
{
    public static Refusal NotFound { get; } = new(StatusCodes.Status404NotFound, "not-found", "没有此事件。", "There is no such incident.");

    public static Refusal NoIncident { get; } = new(StatusCodes.Status409Conflict, "no-incident", "这条报告尚未归入事件，或其事件已并入另一事件。", "The report belongs to no incident yet, or to one that became a part of another.");

    public static Refusal MoveRefused { get; } = new(
        StatusCodes.Status409Conflict, "move-refused", "只能移到同类的另一事件，演练与实战不能互移。", "A report moves to another incident of the same type; drills stay apart.");

    public static Refusal OnlyReport { get; } = new(
        StatusCodes.Status409Conflict, "only-report", "这是该事件唯一的报告：请合并事件。", "This is the incident's only report: merge the incident instead.");

    public static Refusal NotMerged { get; } = new(StatusCodes.Status409Conflict, "not-merged", "该事件没有并入其他事件。", "The incident did not become a part of another.");

    public static Refusal NoProposal { get; } = new(StatusCodes.Status404NotFound, "not-found", "没有待定的合并建议。", "There is no such proposal, or somebody decided it.");

    public static Refusal NoReason { get; } = new(StatusCodes.Status400BadRequest, "reason-missing", "请填写理由，不超过 2000 字。", "Give a reason of at most 2,000 characters.");
}
