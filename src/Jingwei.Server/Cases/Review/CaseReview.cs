using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases.Review;

/// <summary>The review of a case as a page: what its history says, in order, and nothing else.</summary>
internal sealed class CaseReview(CaseStore cases, CaseView view, CaseNames names, Parties parties, Regions regions)
{
    public string Of(CaseFile file, bool isChinese)
    {
        var state = file.State;
        var type = cases.Definitions.Of(state.Type, state.Definition);
        var page = new ReviewHtml(isChinese, parties.ZoneOf(state.Party));
        var words = new ReviewWords(names, type, page);
        var placed = file.History.Select(row => row.Placed).ToList();
        WriteFacts(page, words, type, file);
        WriteLevels(page, words, file);
        WriteDeadlines(page, words, placed);
        page.Table(
            page.Say("责任人", "Responsible"), [page.Say("自", "From"), page.Say("至", "Until"), page.Say("状态", "State"), page.Say("责任人", "Responsible")],
            view.OverTime(placed).Select(span => (string[])[page.Time(span.From), page.Time(span.To), page.Say(span.StateName), page.Say(span.Responsible.Label)]));
        WriteTasks(page, words, placed);
        WriteSupervision(page, words, file);
        WriteEvidence(page, file);
        WriteTies(page, words, file);
        page.Table(
            page.Say("经过", "Course"), ["#", page.Say("时间", "Time"), page.Say("何人", "Who"), page.Say("何事", "What"), page.Say("内容", "About")],
            file.History.Select(row => (string[])[$"{row.Seq}", page.Time(CaseTime.Of(row.At)), names.Person(row.Actor), words.Kind(row), words.About(row)]));
        WriteProof(page, file);
        return page.Page($"{page.Say(state.Exercise ? CaseWording.OfExercise(Title(state)) : Title(state))} · {page.Say("复盘", "Review")} {state.Id}");
    }

    private static Label Title(Case state) => state.Title ?? Label.Of(state.Id);

    private void WriteFacts(ReviewHtml page, ReviewWords words, CaseType? type, CaseFile file)
    {
        var state = file.State;
        page.Facts([
            (page.Say("编号", "Number"), state.Id),
            (page.Say("类型", "Type"), page.Say(type?.Name ?? Label.Of(state.Type))),
            (page.Say("状态", "State"), words.State(state.State)),
            (page.Say("级别", "Severity"), words.Severity(state.Severity)),
            (page.Say("主体", "Party"), parties.Find(state.Party)?.Name ?? state.Party),
            (page.Say("区域", "Region"), regions.Find(state.Region)?.Name ?? state.Region),
            .. state.Thing is { } thing ? [(page.Say("设备", "Thing"), names.Thing(thing))] : Array.Empty<(string, string)>(),
            (page.Say("立案", "Opened"), $"{page.Time(state.OpenedAt)} {names.Person(state.OpenedBy)}"),
            (page.Say("办结", "Closed"), page.Time(state.ClosedAt)),
            .. state.Fields.Select(field => (words.Field(field.Key), words.Value(field.Key, field.Value))),
        ]);
    }

    private void WriteLevels(ReviewHtml page, ReviewWords words, CaseFile file)
    {
        var rows = new List<string[]>();
        Case? before = null;
        foreach (var row in file.History)
        {
            var after = CaseFold.Apply(before, row.Placed);
            if (before?.Severity != after.Severity)
            {
                rows.Add([page.Time(CaseTime.Of(row.At)), before is null ? "—" : words.Severity(before.Severity), words.Severity(after.Severity), names.Person(row.Actor), words.About(row)]);
            }

            before = after;
        }

        page.Table(page.Say("级别", "Severity"), [page.Say("时间", "Time"), page.Say("自", "From"), page.Say("至", "To"), page.Say("何人", "Who"), page.Say("原因", "Why")], rows);
    }

    private static void WriteDeadlines(ReviewHtml page, ReviewWords words, IReadOnlyList<PlacedEvent> history)
    {
        var (kept, missed) = (page.Say("按时", "kept"), page.Say("超期", "missed"));
        page.Table(
            page.Say("状态与期限", "States and deadlines"),
            [page.Say("状态", "State"), page.Say("进入", "Entered"), page.Say("离开", "Left"), page.Say("期限", "Deadline"), page.Say("结果", "Result")],
            ReviewStay.Of(history).Select(stay => (string[])[
                words.State(stay.State), page.Time(stay.Entered), page.Time(stay.Left), page.Time(stay.Due), stay.Missed ? missed : stay.Due is null || stay.Left is null ? "—" : kept]),
            row => row[^1] == missed);
    }

    private void WriteTasks(ReviewHtml page, ReviewWords words, IReadOnlyList<PlacedEvent> history)
    {
        var missed = page.Say("超期", "missed");
        page.Table(
            page.Say("任务", "Tasks"),
            [page.Say("任务", "Task"), page.Say("列入", "Planned"), page.Say("期限", "Deadline"), page.Say("结束", "Ended"), page.Say("何人", "By"), page.Say("结果", "Result")],
            ReviewTask.Of(history).Select(task => (string[])[
                words.Task(task.Id), page.Time(task.Planned), page.Time(task.Due), page.Time(task.Dropped ?? task.Ended), task.EndedBy is { } by ? names.Person(by) : "—",
                task.Missed ? missed : Result(page, task)]),
            row => row[^1] == missed);
    }

    private static string Result(ReviewHtml page, ReviewTask task) => task switch
    {
        { Dropped: not null } => page.Say("已取消", "dropped"),
        { Progress: TaskProgress.Done } => page.Say("完成", "done"),
        { Progress: TaskProgress.Skipped } => page.Say("跳过", "skipped"),
        _ => page.Say("未完成", "not done"),
    };

    private void WriteSupervision(ReviewHtml page, ReviewWords words, CaseFile file)
    {
        var none = page.Say("未答复", "no answer");
        page.Table(
            page.Say("督办与答复", "Supervision and answers"),
            [page.Say("时间", "Time"), page.Say("何人", "Who"), page.Say("类别", "Kind"), page.Say("内容", "Text"), page.Say("答复期限", "Answer due"), page.Say("答复", "Answer")],
            view.Supervision(file.History).Select(each => (string[])[
                page.Time(each.At), $"{each.ByName} ({regions.Find(each.Region)?.Name ?? each.Region})", words.Supervision(each.Kind), each.Text,
                each.Late ? $"{page.Time(each.Due)} {page.Say("超期", "missed")}" : page.Time(each.Due),
                each.Answer is { } answer ? $"{page.Time(answer.At)} {answer.ByName}: {answer.Text}" : none]),
            row => row[^1] == none);
    }

    private void WriteEvidence(ReviewHtml page, CaseFile file) => page.Table(
        page.Say("证据", "Evidence"),
        [page.Say("时间", "Time"), page.Say("何人", "Who"), page.Say("文件", "File"), page.Say("字节", "Bytes"), "SHA-256"],
        file.History
            .Where(row => row.Kind == "evidence")
            .Select(row => (Row: row, File: ((CaseEvidenceAdded)row.Placed.Event).Evidence))
            .Select(each => (string[])[page.Time(CaseTime.Of(each.Row.At)), names.Person(each.Row.Actor), each.File.Name, $"{each.File.Bytes}", each.File.Hash]));

    private void WriteTies(ReviewHtml page, ReviewWords words, CaseFile file) => page.Table(
        page.Say("合并、分出与关联", "Merges, splits and links"), [page.Say("时间", "Time"), page.Say("何人", "Who"), page.Say("何事", "What"), page.Say("内容", "About")],
        file.History
            .Where(row => row.Placed.Event is CaseMerged or CaseAbsorbed or CaseRestored or CaseReleased or CaseLinked)
            .Select(row => (string[])[page.Time(CaseTime.Of(row.At)), names.Person(row.Actor), words.Kind(row), words.About(row)]));

    // With these anybody who has the store, or a copy of its head, can check that the history is as it was.
    private static void WriteProof(ReviewHtml page, CaseFile file)
    {
        var last = file.History[^1];
        page.Heading(page.Say("核对", "Proof"));
        page.Facts([
            (page.Say("事件数", "Events"), $"{last.Seq}"),
            (page.Say("链中位置", "Position in the chain"), $"{last.Position}"),
            (page.Say("最后一条的链值", "Last link"), Convert.ToHexStringLower(last.Link)),
        ]);
    }
}
