using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Acceptance.Reports;

/// <summary>From reports to incidents, over HTTP, with the models that are shipped.</summary>
public sealed class ReportTests : IAsyncLifetime
{
    private static readonly string[] Parts = ["text", "time", "place", "class", "numbers", "base"];

    private ReportHost host = null!;

    public async ValueTask InitializeAsync() => host = await ReportHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Two_sources_tell_of_one_incident_and_the_official_figure_goes()
    {
        var first = await host.SendAsync("瑞安市塘下镇一家化工厂今天上午发生爆炸，现场浓烟滚滚，已有2人死亡，8人受伤。", source: "网友");
        var second = await host.SendAsync("瑞安市塘下镇化工厂爆炸事故通报：截至目前已造成4人死亡、11人受伤，救援仍在进行。", "official", "瑞安市应急管理局");
        Assert.Equal((string)first["incident"]!, (string)second["incident"]!);
        Assert.Equal(("began", "joined"), ((string)first["how"]!, (string)second["how"]!));

        var detail = await host.IncidentAsync(first);
        var incident = detail["incident"]!;
        Assert.Equal(("red", "330381", 2), ((string)incident["severity"]!, (string)incident["region"]!, (int)incident["reports"]!));
        var dead = detail["statements"]!.AsArray().Where(each => (string)each!["fact"]! == "dead").ToList();
        Assert.Equal([(4, true, true), (2, false, false)], dead.Select(each => ((int)each!["number"]!, (bool)each["goes"]!, (bool)each["official"]!)));
        // 60 * 4 / 10 for harm, nothing around.
        Assert.Equal(24, (double)incident["risk"]!);

        // The case follows.
        var @case = await host.Server.GetAsync($"/api/cases/{(string)first["incident"]!}");
        Assert.Equal((4d, "red"), ((double)@case["fields"]!["dead"]!, (string)@case["severity"]!));

        // Why they were joined adds up to the score.
        var why = (await host.Server.GetAsync($"/api/reports/{(string)second["id"]!}"))["why"]!;
        var logit = Parts.Sum(part => (double)why[part]!);
        Assert.Equal((double)second["score"]!, 1 / (1 + Math.Exp(-logit)), 6);
    }

    [Fact]
    public async Task The_same_trouble_elsewhere_is_another_incident()
    {
        var one = await host.SendAsync("瑞安市塘下镇一家化工厂今天上午发生爆炸，已有2人死亡。");
        var other = await host.SendAsync("乐清市柳市镇一辆货车与公交车相撞，3人受伤。");
        Assert.NotEqual((string)one["incident"]!, (string)other["incident"]!);
        Assert.Equal(2, (await host.Server.GetAsync("/api/incidents"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_report_that_is_about_two_incidents_proposes_that_they_are_one_and_asks_once()
    {
        var one = await host.SendAsync("瑞安市高楼镇镇前路一家制衣厂起火，浓烟很大。");
        var other = await host.SendAsync("瑞安市湖岭镇永安村山洪进村，村民爬上屋顶。");
        Assert.NotEqual((string)one["incident"]!, (string)other["incident"]!);
        var both = await host.SendAsync("瑞安市今天两处险情：高楼镇镇前路一家制衣厂起火，浓烟很大；湖岭镇永安村山洪进村，村民爬上屋顶。", "official");
        Assert.Contains((string)both["incident"]!, new[] { (string)one["incident"]!, (string)other["incident"]! });

        var proposal = (await host.IncidentAsync(one))["proposals"]!.AsArray().Single()!;
        Assert.Equal((string)other["incident"]!, (string)proposal["id"]!);
        var refused = await host.Server.Admin.PostAsJsonAsync(
            $"/api/incidents/{(string)one["incident"]!}/proposals/{(string)other["incident"]!}/refuse", new { reason = "两处互不相干" });
        refused.EnsureSuccessStatusCode();
        await host.SendAsync("再报瑞安市两处险情：高楼镇镇前路制衣厂仍在起火，湖岭镇永安村山洪还没有退。");
        Assert.Empty((await host.IncidentAsync(one))["proposals"]!.AsArray());
    }

    [Fact]
    public async Task A_corrected_fact_changes_incident_and_case_and_is_kept_for_training()
    {
        var report = await host.SendAsync("乐清市柳市镇一辆货车侧翻，2人受伤。");
        var answer = await host.Server.Admin.PutAsJsonAsync($"/api/reports/{(string)report["id"]!}/facts/dead", new { number = 1, start = 0, end = 3 });
        answer.EnsureSuccessStatusCode();
        var incident = await host.IncidentAsync(report);
        Assert.Equal("orange", (string)incident["incident"]!["severity"]!);
        Assert.Equal(1d, (double)(await host.Server.GetAsync($"/api/cases/{(string)report["incident"]!}"))["fields"]!["dead"]!);
        var line = (await host.Server.GetAsync("/api/reports/corrections"))["items"]!.AsArray().Single()!;
        Assert.Equal(["dead"], line["corrected"]!.AsArray().Select(each => (string)each!));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Server.Admin.PutAsJsonAsync($"/api/reports/{(string)report["id"]!}/facts/dead", new { number = 1, start = 0, end = 300 })).StatusCode);
    }

    [Fact]
    public async Task A_report_is_moved_out_and_its_figures_with_it()
    {
        var first = await host.SendAsync("瑞安市塘下镇一家化工厂今天上午发生爆炸，2人死亡。");
        var second = await host.SendAsync("瑞安市塘下镇化工厂爆炸已造成4人死亡。", "official");
        var moved = await host.Server.Admin.PostAsJsonAsync($"/api/reports/{(string)second["id"]!}/move", new { incident = (string?)null, reason = "另一家工厂" });
        moved.EnsureSuccessStatusCode();
        var apart = (string)(await moved.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        Assert.NotEqual((string)first["incident"]!, apart);
        Assert.Equal(("orange", 1), ((string)(await host.IncidentAsync(first))["incident"]!["severity"]!, (int)(await host.IncidentAsync(first))["incident"]!["reports"]!));
        var decisions = (await host.Server.GetAsync($"/api/reports/{(string)second["id"]!}"))["decisions"]!.AsArray();
        Assert.Equal(["joined", "moved"], decisions.Select(each => (string)each!["how"]!));
        // The only report of an incident stays.
        Assert.Equal(HttpStatusCode.Conflict, (await host.Server.Admin.PostAsJsonAsync($"/api/reports/{(string)first["id"]!}/move", new { incident = apart, reason = "同一事" })).StatusCode);
    }

    [Fact]
    public async Task A_merge_is_undone_and_both_are_as_they_were()
    {
        var one = await host.SendAsync("瑞安市塘下镇一家化工厂今天上午发生爆炸，2人死亡。");
        var other = await host.SendAsync("乐清市柳市镇一辆货车与公交车相撞，3人受伤。");
        var (first, second) = ((string)one["incident"]!, (string)other["incident"]!);
        (await host.Server.Admin.PostAsJsonAsync($"/api/incidents/{second}/merge", new { into = first, reason = "同一事" })).EnsureSuccessStatusCode();
        var merged = await host.Server.GetAsync($"/api/incidents/{first}");
        Assert.Equal((2, 3d), ((int)merged["incident"]!["reports"]!, (double)merged["statements"]!.AsArray().Single(each => (string)each!["fact"]! == "injured")!["number"]!));
        var gone = (await host.Server.GetAsync($"/api/incidents/{second}"))["incident"]!;
        Assert.Equal((false, first), ((bool)gone["open"]!, (string)gone["mergedInto"]!));

        (await host.Server.Admin.PostAsJsonAsync($"/api/incidents/{second}/restore", new { reason = "两回事" })).EnsureSuccessStatusCode();
        Assert.Equal(1, (int)(await host.Server.GetAsync($"/api/incidents/{first}"))["incident"]!["reports"]!);
        await host.Server.UntilAsync($"/api/incidents/{second}", found => (bool)found["incident"]!["open"]! && (int)found["incident"]!["reports"]! == 1);
        Assert.Equal("open", (string)(await host.Server.GetAsync($"/api/cases/{second}"))["state"]!);
        Assert.Equal(HttpStatusCode.Conflict, (await host.Server.Admin.PostAsJsonAsync($"/api/incidents/{second}/restore", new { reason = "再一次" })).StatusCode);
    }

    [Fact]
    public async Task A_request_that_is_repeated_is_done_once()
    {
        var answers = new List<(HttpStatusCode Status, string Body)>();
        foreach (var text in new[] { "乐清市发生火灾", "乐清市发生火灾", "乐清市发生水灾" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/reports") { Content = JsonContent.Create(new { text }) };
            request.Headers.Add("Idempotency-Key", "key-1");
            var answer = await host.Server.Admin.SendAsync(request);
            answers.Add((answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity], answers.Select(each => each.Status));
        Assert.Equal((string)JsonNode.Parse(answers[0].Body)!["id"]!, (string)JsonNode.Parse(answers[1].Body)!["id"]!);
        Assert.Single((await host.Server.GetAsync("/api/reports"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"text":""}""", "text")]
    [InlineData("""{"text":"火灾","sourceKind":"rumour"}""", "sourceKind")]
    [InlineData("""{"text":"火灾","position":{"lon":200,"lat":30}}""", "position")]
    [InlineData("""{"text":"火灾","time":"2000-01-01T00:00:00Z"}""", "time")]
    [InlineData("""{"text":"火灾","link":"javascript:alert(1)"}""", "link")]
    [InlineData("""{"text":"火灾","region":"110000"}""", "region")]
    [InlineData("""{"text":"火灾","type":"other"}""", "type")]
    [InlineData("""{"text":""", "body")]
    public async Task Bad_reports_are_refused_with_their_field(string body, string field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await host.Server.Admin.PostAsync("/api/reports", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonNode>())!["errors"]!.AsArray();
        Assert.Contains(errors, error => ((string)error!).Contains(field, StringComparison.Ordinal));
        Assert.Empty((await host.Server.GetAsync("/api/reports"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Odd_reports_are_kept_as_they_came_and_harm_nothing()
    {
        string[] texts =
        [
            "😱🔥🔥🔥", "瑞安發生地震，災區民眾轉移120人，無人傷亡。", new string('火', 1_000_000), "某地", "杭州、宁波、温州、嘉兴、湖州、绍兴、金华、衢州、舟山、台州均出现暴雨。",
            "瑞安市一工厂起火，1人受伤；另据报道，乐清市发生车祸，2人死亡。", "\u0000\u0001控制字符\uFFFF", "<script>alert(1)</script> & ]]> {{7*7}}",
        ];
        foreach (var text in texts)
        {
            var report = await host.SendAsync(text);
            Assert.Equal("settled", (string)report["state"]!);
            var original = await host.Server.Admin.GetStringAsync($"/api/reports/{(string)report["id"]!}/original");
            Assert.Equal(text, (string)JsonNode.Parse(original)!["text"]!);
        }

        var tooLong = await host.Server.Admin.PostAsJsonAsync("/api/reports", new { text = new string('火', (1 << 20) + 1) });
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        Assert.Equal(texts.Length, (await host.Server.GetAsync("/api/reports"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Files_are_taken_for_what_they_are()
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
        var taken = await SendFormAsync(("现场.png", png));
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        var id = (string)(await taken.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        var file = (await host.Server.GetAsync($"/api/reports/{id}"))["files"]!.AsArray().Single()!;
        Assert.Equal(("现场.png", "image/png", 11), ((string)file["name"]!, (string)file["mediaType"]!, (int)file["bytes"]!));
        var got = await host.Server.Admin.GetAsync($"/api/reports/{id}/files/{(string)file["hash"]!}");
        Assert.Equal(png, await got.Content.ReadAsByteArrayAsync());
        Assert.Equal("nosniff", got.Headers.GetValues("X-Content-Type-Options").Single());

        // A program that calls itself a picture, a page, nothing, and eleven of them.
        Assert.Equal(HttpStatusCode.BadRequest, (await SendFormAsync(("照片.png", "MZ\u0090\0\u0003\0\0\0"u8.ToArray()))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendFormAsync(("x.svg", "\0<svg onload='x'/>"u8.ToArray()))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendFormAsync(("empty.png", []))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendFormAsync([.. Enumerable.Range(0, 11).Select(each => ($"{each}.png", png))])).StatusCode);
    }

    [Fact]
    public async Task A_table_in_Chinese_of_a_spreadsheet_is_taken_in()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var table = Encoding.GetEncoding("GB18030").GetBytes("编号,接报时间,报告内容,来源\r\n1,2026-11-28 08:30,乐清市柳市镇发生火灾，无人员伤亡,119\r\n2,昨天,瑞安市车祸,122\r\n");
        var preview = await UploadAsync("?preview=true", table);
        Assert.Equal((2, 1, false), ((int)preview["rows"]!, (int)preview["taken"]!, (bool)preview["written"]!));
        Assert.Equal("GB18030", (string)preview["encoding"]!);
        using var refused = new ByteArrayContent(table);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Server.Admin.PostAsync("/api/reports/upload", refused)).StatusCode);
        Assert.Equal(1, (int)(await UploadAsync("?bad=leave", table))["taken"]!);
        // The number is its id at its source: the same file again brings nothing.
        Assert.Equal((0, 1), ((int)(await UploadAsync("?bad=leave", table))["taken"]!, 1));
        var report = (await host.Server.UntilAsync("/api/reports?state=settled", found => found["items"]!.AsArray().Count == 1))["items"]![0]!;
        Assert.Equal("2026-11-28T00:30:00+00:00", (string)report["reportedAt"]!);
    }

    [Fact]
    public async Task Schools_around_raise_the_risk_and_say_so()
    {
        var layer = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"第一小学"},"geometry":{"type":"Point","coordinates":[120.63,27.78]}}]}""";
        using var content = new StringContent(layer, Encoding.UTF8, "application/geo+json");
        // No outline holds it, and it names no region.
        (await host.Server.Admin.PutAsync("/api/layers/school", content)).EnsureSuccessStatusCode();
        var loaded = (await host.Server.GetAsync("/api/layers"))["items"]!.AsArray().Single()!;
        Assert.Equal(("school", "root", 1), ((string)loaded["layer"]!, (string)loaded["party"]!, (int)loaded["features"]!));
        var answer = await host.Server.Admin.PostAsJsonAsync("/api/reports?wait=5", new { text = "瑞安市一仓库起火", position = new { lon = 120.64, lat = 27.78 } });
        var report = (await answer.Content.ReadFromJsonAsync<JsonNode>())!["report"]!;
        var detail = await host.IncidentAsync(report);
        Assert.Equal(20, (double)detail["incident"]!["risk"]!);
        Assert.Equal(("第一小学", 0.98), ((string)detail["near"]![0]!["name"]!, (double)detail["near"]![0]!["kilometres"]!));
    }

    [Fact]
    public async Task An_archive_is_on_the_map_of_its_days_and_among_what_is_like()
    {
        var opened = TimeProvider.System.GetUtcNow().AddDays(-3);
        var archived = await host.Server.Admin.PostAsJsonAsync("/api/incidents/archive", new[]
        {
            new { number = "A-1", title = "瑞安市塘下镇化工厂爆炸", text = "瑞安市塘下镇一家化工厂发生爆炸，1人死亡。", region = "330381", severity = "orange", opened, closed = opened.AddHours(10) },
        });
        archived.EnsureSuccessStatusCode();
        string BandAt(JsonNode map) => (string)map["items"]!.AsArray().Single(each => (string)each!["region"]! == "330381")!["band"]!;
        Assert.Equal("green", BandAt(await host.Server.GetAsync("/api/incidents/map")));
        Assert.Equal("orange", BandAt(await host.Server.GetAsync($"/api/incidents/map?at={Uri.EscapeDataString(opened.AddHours(5).ToString("O"))}")));
        Assert.Equal("green", BandAt(await host.Server.GetAsync($"/api/incidents/map?at={Uri.EscapeDataString(opened.AddHours(-1).ToString("O"))}")));
        var then = (await host.Server.GetAsync($"/api/incidents/map/incidents?within=330300&at={Uri.EscapeDataString(opened.AddHours(5).ToString("O"))}"))["items"]!.AsArray().Single()!;
        Assert.Equal(("A-1", "orange", "330381", false), ((string)then["id"]!, (string)then["severity"]!, (string)then["region"]!, (bool)then["open"]!));
        Assert.Empty((await host.Server.GetAsync($"/api/incidents/map/incidents?at={Uri.EscapeDataString(opened.AddHours(11).ToString("O"))}"))["items"]!.AsArray());
        var history = (string)(await host.Server.GetAsync("/api/incidents/map/history"))["regions"]!["330381"]!;
        Assert.Equal((744, 10), (history.Length, history.Count(step => step == '1')));

        var report = await host.SendAsync("瑞安市塘下镇一家化工厂发生爆炸，3人受伤。");
        Assert.Equal("A-1", (string)(await host.IncidentAsync(report))["history"]![0]!["id"]!);
    }

    [Fact]
    public async Task An_alarm_that_the_pack_asks_for_is_a_report()
    {
        (await host.Server.Admin.PostAsJsonAsync("/api/things", new { id = "p-1", type = "pump", name = "一号泵", region = "330382" })).EnsureSuccessStatusCode();
        var secret = (string)(await (await host.Server.Admin.PostAsync("/api/things/p-1/credentials", null)).Content.ReadFromJsonAsync<JsonNode>())!["secret"]!;
        await using (var pump = await MqttClient.ConnectAsync(new() { Host = host.Server.MqttHost, Port = host.Server.MqttPort, ClientId = "p-1", UserName = "p-1", Password = secret }))
        {
            Assert.Equal(MqttReasonCode.Success, await pump.PublishAsync("jw/p-1/readings", """{"values":{"pressure":80}}"""u8.ToArray(), MqttQoS.AtLeastOnce));
        }

        var report = (await host.Server.UntilAsync("/api/reports?channel=alarm&state=settled", found => found["items"]!.AsArray().Count == 1))["items"]![0]!;
        Assert.Equal(("330382", "official", "一号泵"), ((string)report["region"]!, (string)report["sourceKind"]!, (string)report["source"]!));
        Assert.StartsWith("一号泵", (string)(await host.IncidentAsync(report))["incident"]!["title"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drill_replays_the_past_and_counts_nowhere_else()
    {
        var from = TimeProvider.System.GetUtcNow().AddMinutes(-10);
        await host.SendAsync("瑞安市塘下镇一家化工厂今天上午发生爆炸，4人死亡。", time: from.AddMinutes(1).ToString("O"));
        await host.SendAsync("乐清市柳市镇一辆货车与公交车相撞，3人受伤。", time: from.AddMinutes(2).ToString("O"));
        var begun = await host.Server.Admin.PostAsJsonAsync("/api/drills", new { name = "桌面推演", from, to = from.AddMinutes(5), speed = 300 });
        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
        var exercises = (await host.Server.UntilAsync("/api/incidents?exercise=true", found => found["items"]!.AsArray().Count == 2))["items"]!.AsArray();
        Assert.All(exercises, each => Assert.True((bool)each!["exercise"]!));
        Assert.Equal(2, (int)(await host.Server.UntilAsync("/api/drills", found => found["items"]![0]!["ended"] is not null))["items"]![0]!["reports"]!);

        Assert.Equal(2, (await host.Server.GetAsync("/api/incidents"))["items"]!.AsArray().Count);
        Assert.Equal((2, 2), ((int)(await host.Server.GetAsync("/api/incidents/figures"))["open"]!, (await host.Server.GetAsync("/api/cases"))["items"]!.AsArray().Count));
        Assert.Equal(2, (await host.Server.GetAsync("/api/reports"))["items"]!.AsArray().Count);
    }

    private async Task<JsonNode> UploadAsync(string query, byte[] table)
    {
        using var content = new ByteArrayContent(table);
        var answer = await host.Server.Admin.PostAsync($"/api/reports/upload{query}", content);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private async Task<HttpResponseMessage> SendFormAsync(params (string Name, byte[] Bytes)[] files)
    {
        using var form = new MultipartFormDataContent { { new StringContent("瑞安市一仓库起火"), "text" } };
        foreach (var (name, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            form.Add(part, "files", name);
        }

        return await host.Server.Admin.PostAsync("/api/reports", form);
    }
}
