using System.Collections.Immutable;
using Jingwei.Server.Access;

namespace Jingwei.Server.Cases;

/// <summary>Every refusal of this slice: status, code and the words for it, in one place.</summary>
public static class CaseRefusals
{
    public static Refusal NotFound { get; } = new(404, "case-not-found", "没有这个事项", "There is no such case.");

    public static Refusal PlaceOfThing { get; } = new(400, "other-place", "事项的主体和区域要与它的设备一致", "A case about a thing belongs to the thing's party and region.");

    public static Refusal ThingNotFound { get; } = new(404, "thing-not-found", "没有这个物", "There is no such thing.");

    public static Refusal ScopeNotFound { get; } = new(404, "scope-not-found", "没有这个主体或区域", "There is no such party or region.");

    public static Refusal TypeUnknown { get; } = new(422, "case-type-unknown", "没有安装这种事项", "No installed pack has this case type.");

    public static Refusal VersionConflict { get; } =
        new(412, "version-conflict", "事项已被他人更新，请刷新后重试", "The case has changed since it was read.");

    public static Refusal VersionMalformed { get; } =
        new(400, "version-malformed", "If-Match 应为事项的版本号", "If-Match holds the case's version, as \"3\".");

    public static Refusal TransitionUnknown { get; } =
        new(404, "transition-unknown", "这种事项没有这个操作", "This case type has no such transition.");

    public static Refusal WrongState { get; } =
        new(409, "transition-not-from-state", "当前状态下不能进行此操作", "The transition does not lead from the state that the case is in.");

    public static Refusal NotAssignee { get; } = new(403, "not-assignee", "只有经办人可以进行此操作", "Only the assignee may do this.");

    public static Refusal NotPerson { get; } = new(403, "not-a-user", "只有用户可以成为经办人", "Only a user can be the assignee.");

    public static Refusal AssigneeRequired { get; } = new(422, "assignee-required", "请选择经办人", "An assignee is needed.");

    public static Refusal AssigneeUnexpected { get; } = new(422, "assignee-unexpected", "此操作不指派经办人", "This transition assigns nobody.");

    public static Refusal AssigneeRefused { get; } =
        new(422, "assignee-not-allowed", "此人无权处理该事项", "The assignee may not operate on this case.");

    public static Refusal CommentRequired { get; } = new(422, "comment-required", "请填写说明", "A comment is needed.");

    public static Refusal CommentTooLong { get; } = new(
        422, "comment-too-long", $"说明不超过 {CaseLimits.Comment} 字", $"A comment has at most {CaseLimits.Comment} characters.");

    public static Refusal TitleInvalid { get; } = new(
        422, "title-invalid", $"标题为 1 至 {CaseLimits.Title} 字", $"A title has 1 to {CaseLimits.Title} characters.");

    public static Refusal SeverityInvalid { get; } = new(
        422, "severity-invalid", "严重程度为 red、orange、yellow 或 blue", "A severity is red, orange, yellow or blue.");

    public static Refusal HistoryFull { get; } =
        new(409, "case-history-full", "事项的历史已满", $"A case has at most {CaseLimits.Events} events.");

    public static Refusal NothingToErase { get; } =
        new(404, "nothing-to-erase", "没有可以清除的内容", "That event has no content that can be erased.");

    public static Refusal KeyReused { get; } = new(
        422, "idempotency-key-reused", "同一个幂等键用于不同的请求", "This Idempotency-Key came with another request before.");

    public static Refusal KeyInvalid { get; } = new(
        400, "idempotency-key-invalid", $"幂等键为 1 至 {CaseLimits.Key} 字", $"An Idempotency-Key has 1 to {CaseLimits.Key} characters.");

    public static Refusal Lacks(Right right) => new(
        403, "right-missing", $"缺少权限：{Words(right).Zh}", $"The right to {Words(right).En} this case is missing.");

    public static Refusal FieldsInvalid(ImmutableSortedDictionary<string, string[]> errors) =>
        new(422, "fields-invalid", new Label("有字段填写不正确", "Some fields are not as declared."), errors);

    public static Refusal FieldsMissing(IEnumerable<string> fields) => new(
        422, "fields-missing", new Label("有必填字段未填写", "Some required fields are empty."),
        fields.ToImmutableSortedDictionary(field => field, _ => Required, StringComparer.Ordinal));

    private static readonly string[] Required = ["required"];

    private static Label Words(Right right) => right switch
    {
        Right.View => new Label("查看", "view"),
        Right.Operate => new Label("操作", "operate"),
        Right.Configure => new Label("配置", "configure"),
        _ => new Label("管理", "administer"),
    };
}

/// <summary>Limits of a case; beyond them a signal is refused, nothing is cut.</summary>
public static class CaseLimits
{
    /// <summary>Characters in a title: two lines on the console.</summary>
    public const int Title = 200;

    /// <summary>Characters in a comment: some two printed pages of Chinese.</summary>
    public const int Comment = 4000;

    /// <summary>Events of one case; a fold of that many takes a few milliseconds.</summary>
    public const int Events = 10_000;

    /// <summary>Characters in an Idempotency-Key, as Stripe has it.</summary>
    public const int Key = 255;

    /// <summary>Answers kept for repeated requests; beyond it the oldest go.</summary>
    public const int Answers = 100_000;

    /// <summary>How long an answer is kept for repeated requests, as Stripe has it.</summary>
    public static TimeSpan AnswerAge { get; } = TimeSpan.FromHours(24);
}
