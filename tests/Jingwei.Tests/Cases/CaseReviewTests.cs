using System.Text.Json;
using System.Xml.Linq;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Cases.Review;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

/// <summary>The page that says how a case went, read by an independent parser.</summary>
public sealed class CaseReviewTests : IDisposable
{
    private readonly CaseWorld world = new(Incident.Packs);

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task It_says_levels_deadlines_tasks_supervision_evidence_and_the_end_of_the_chain()
    {
        var id = (await world.OpenAsync(Order("罐区 <script>alert(1)</script> & \"火\"") with { Type = "incident", Exercise = true })).Id;
        await world.DoAsync(Engineer, id, new SuperviseCase(SupervisionKind.Instruct, "先疏散 <b>人</b>", TimeSpan.FromMinutes(10)));
        world.Time.Advance(TimeSpan.FromMinutes(35));
        await world.DoAsync(Caller.System, id, new PassTime());
        await world.DoAsync(Operator, id, new AnswerSupervision(4, "已疏散"));
        await world.DoAsync(Operator, id, new EndTask("verify", false, null));
        await world.DoAsync(Operator, id, new ReviseCase(null, Band.Red, null, new Dictionary<string, JsonElement?> { ["chemical"] = JsonSerializer.SerializeToElement(true) }, "有毒气"));
        await world.DoAsync(Operator, id, new ReviseCase(null, Band.Yellow, null, new Dictionary<string, JsonElement?>(), "已控制"));
        await world.DoAsync(Operator, id, Take("dispatch"));
        await world.DoAsync(Operator, id, Take("close"));
        var file = world.Cases.Find(Operator, id)!;

        var page = Page(file, true);
        Assert.Equal($"【演练】罐区 <script>alert(1)</script> & \"火\" · 复盘 {id}", page.Descendants("h1").Single().Value);
        Assert.Empty(page.Descendants("script").Concat(page.Descendants("b")));
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "href" or "onclick");
        Assert.Equal(["— 橙色 wang", "橙色 红色 wang", "红色 黄色 wang"], Rows(page, "级别").Select(row => $"{row[1]} {row[2]} {row[3]}"));
        // Red has thirty minutes: it was missed when it was raised after thirty-five; the second stay has three hours.
        Assert.Equal(["核实 超期", "处置 按时"], Rows(page, "状态与期限").Select(row => $"{row[0]} {row[^1]}"));
        Assert.Equal(["verify 超期", "report 未完成", "evacuate 已取消", "decontaminate 未完成"], Rows(page, "任务").Select(row => $"{row[0]} {row[^1]}"));
        Assert.Equal("li (全部区域)|指令|先疏散 <b>人</b>|2026-03-02 16:10:00 +08:00 超期|2026-03-02 16:35:00 +08:00 wang: 已疏散", string.Join('|', Rows(page, "督办与答复").Single().Skip(1)));
        Assert.Equal(file.History.Count, Rows(page, "经过").Count);
        Assert.Contains(Convert.ToHexStringLower(file.History[^1].Link), page.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("[EXERCISE] ", Page(file, false).Descendants("h1").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_names_every_file_by_its_hash_what_was_merged_and_erased_and_every_kind_of_event()
    {
        var one = (await world.OpenAsync(Order() with { Type = "overhaul" })).Id;
        var other = (await world.OpenAsync()).Id;
        var hash = new string('a', 64);
        await world.DoAsync(Operator, one, new AddEvidence(new("photo", hash, "前.png", "image/png", 900, null)));
        await world.DoAsync(Operator, one, new AddComment("张三的电话"));
        Accepted(await world.TryEraseAsync(Administrator, one, world.Kinds(one).Count, "个人信息"));
        Accepted(await world.Cases.MergeAsync(Operator, one, other, "同一件", null, TestContext.Current.CancellationToken));
        Accepted(await world.Cases.RestoreAsync(Operator, one, "不是同一件", null, TestContext.Current.CancellationToken));
        var page = Page(world.Cases.Find(Operator, one)!, true);
        Assert.Equal((hash, "900"), Rows(page, "证据").Select(row => (row[4], row[3])).Single());
        Assert.Equal([$"并入其他事项 {other}，同一件", $"恢复 {other}，不是同一件"], Rows(page, "合并、分出与关联").Select(row => $"{row[2]} {row[3]}"));
        Assert.Equal("内容已清除", Rows(page, "经过").Single(row => row[3] == "备注")[4]);
        Assert.All(Rows(page, "经过"), row => Assert.DoesNotContain(row[3], world.Kinds(one)));
        Assert.DoesNotContain("张三", page.ToString(), StringComparison.Ordinal);
    }

    private XElement Page(CaseFile file, bool isChinese)
    {
        var names = new CaseNames(new Things(world.Database, world.Parties, world.Regions, world.Time), new Users(world.Database, world.Time), world.Parties);
        var html = new CaseReview(world.Cases, new CaseView(world.Packs, names, world.Cases), names, world.Parties, world.Regions).Of(file, isChinese);
        return XDocument.Parse(html[html.IndexOf("<html", StringComparison.Ordinal)..]).Root!;
    }

    private static List<List<string>> Rows(XElement page, string heading)
    {
        var table = page.Descendants("h2").Single(each => each.Value == heading).ElementsAfterSelf("table").First();
        return [.. table.Element("tbody")!.Elements("tr").Select(row => row.Elements("td").Select(cell => cell.Value).ToList())];
    }
}
