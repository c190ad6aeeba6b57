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

    public static Refusal Closed { get; } = new(409, "case-closed", "事项已办结", "The case is closed.");

    public static Refusal NobodysCase { get; } = new(409, "case-unassigned", "事项还没有经办人", "The case has no assignee.");

    public static Refusal TaskUnknown { get; } = new(404, "task-unknown", "没有这个任务", "The case has no such task.");

    public static Refusal TaskNotReady { get; } = new(409, "task-not-ready", "任务还在等待其他任务，或已结束", "The task waits for others, or is over.");

    public static Refusal TaskNotDone { get; } = new(409, "task-not-done", "任务尚未结束", "The task is not over.");

    public static Refusal ItemUnknown { get; } = new(404, "item-unknown", "检查表没有这一项", "The checklist has no such item.");

    public static Refusal EvidenceUnknown { get; } = new(404, "evidence-unknown", "这种事项没有这类证据", "This case type has no such kind of evidence.");

    public static Refusal EvidenceFull { get; } = new(
        409, "evidence-full", $"一个事项至多 {CaseLimits.Evidence} 份证据", $"A case has at most {CaseLimits.Evidence} files.");

    public static Refusal MergeRefused { get; } = new(
        422, "other-case-refused", "只能与同一主体的另一个事项合并或关联", "Only another case of the same party can be named here.");

    public static Refusal NotSupervisor { get; } = new(403, "not-a-person", "只有用户可以询问、督办或下达指令", "Only a user can ask, urge or instruct.");

    public static Refusal SupervisionKindInvalid { get; } = new(
        422, "supervision-kind-invalid", "类型为 ask（询问）、urge（督办）或 instruct（指令）", "A kind is ask, urge or instruct.");

    public static Refusal AnswerWithinInvalid { get; } = new(
        422, "answer-within-invalid", "答复期限为 30m、2h、1d 这样的时长，至多 92 天", "The time for an answer is a duration such as 30m, 2h or 1d, at most 92 days.");

    public static Refusal SupervisionsFull { get; } = new(
        409, "supervisions-full", $"一个事项至多 {CaseLimits.Supervisions} 条待答复", $"At most {CaseLimits.Supervisions} of them wait for an answer in one case.");

    public static Refusal SupervisionUnknown { get; } = new(404, "supervision-unknown", "没有这条待答复的询问、督办或指令", "Nothing of that number waits for an answer.");

    public static Refusal AnswersOwed { get; } = new(409, "answers-owed", "还有上级的询问、督办或指令没有答复", "Those above wait for an answer.");

    public static Refusal NotMerged { get; } = new(409, "case-not-merged", "事项没有合并到其他事项", "The case is no part of another.");

    public static Refusal MergedOn { get; } = new(
        409, "other-case-merged", "它所并入的事项又并入了别的事项，请先恢复那一个", "The case that it is a part of became a part of a third one: restore that first.");

    public static Refusal Taken { get; } = new(
        409, "other-case-open", "同一规则、同一设备已另有未办结的事项", "Another case of the same rule and thing is open.");

    public static Refusal ExerciseApart { get; } = new(
        422, "exercise-apart", "演练事项不能与真实事项合并或关联", "An exercise is not merged or linked with a case that is real.");

    public static Refusal LinksFull { get; } = new(409, "links-full", $"一个事项至多关联 {CaseLimits.Links} 个事项", $"A case is linked with at most {CaseLimits.Links} others.");

    public static Refusal NotRated { get; } = new(409, "not-rated", "此事项现在不能评价", "This case takes no mark now.");

    public static Refusal OwnWork { get; } = new(403, "own-work", "不能评价自己办理的事项", "Nobody marks his own work.");

    public static Refusal MarkInvalid { get; } = new(422, "mark-invalid", "评分为 1 至 5", "A mark is 1 to 5.");

    public static Refusal VersionUnknown { get; } = new(404, "version-unknown", "没有这个版本", "This case type has no such version.");

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

    public static Refusal FileNameInvalid { get; } = Missing(
        "file-name-invalid", "请给出文件名", "A file needs a name.", ["name"], $"expected 1 to {CaseLimits.FileName} printable characters");

    public static Refusal BulkInvalid(string field, string what) => Missing("bulk-invalid", "批量请求不正确", "The request is not valid.", [field], what);

    public static Refusal TasksOpen(IEnumerable<string> tasks) => Missing("tasks-open", "还有任务没有完成", "Some tasks are not done.", tasks, "not done");

    public static Refusal ChecksOpen(IEnumerable<string> items) => Missing("checks-open", "检查表还有未勾选的项", "Some items of the checklist are not ticked.", items, "not ticked");

    public static Refusal EvidenceMissing(IEnumerable<string> kinds) => Missing("evidence-missing", "还缺少证据", "Evidence is missing.", kinds, "required");

    public static Refusal EvidenceType(string found, IEnumerable<string> taken) => Missing(
        "evidence-type", "不接受这种文件", "Files of this type are not taken.", ["file"], $"is {found}; expected one of {string.Join(", ", taken)}");

    public static Refusal EvidenceTooLarge(long most) => new(
        413, "evidence-too-large", $"文件不得大于 {most} 字节", $"A file of this kind has at most {most} bytes.");

    public static Refusal StateUnknown(IEnumerable<string> states) => Missing(
        "state-unknown", "新版本没有这个状态，请指定", "The version has no such state: name one.", ["state"], $"expected one of {string.Join(", ", states)}");

    private static Refusal Missing(string code, string zh, string en, IEnumerable<string> fields, string what) => new(
        422, code, new Label(zh, en), fields.ToImmutableSortedDictionary(field => field, _ => new[] { what }, StringComparer.Ordinal));

    private static readonly string[] Required = ["required"];

    private static Label Words(Right right) => right switch
    {
        Right.View => new Label("查看", "view"),
        Right.Operate => new Label("操作", "operate"),
        Right.Configure => new Label("配置", "configure"),
        _ => new Label("管理", "administer"),
    };
}
