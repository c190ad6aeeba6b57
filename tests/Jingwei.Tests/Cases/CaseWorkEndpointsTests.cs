using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Jingwei.Server.Cases;

namespace Jingwei.Tests.Cases;

/// <summary>Tasks, evidence, people and many cases at once, over real HTTP.</summary>
public sealed class CaseWorkEndpointsTests : IAsyncLifetime
{
    // RFC 2083, section 3.1, and then anything.
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private readonly CaseHost host = new();

    public async ValueTask InitializeAsync() => await host.StartAsync(Overhaul.Packs);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Evidence_is_kept_by_its_bytes_and_comes_back_as_it_went_in()
    {
        var wang = await host.SignInAsync("wang");
        var id = await OpenAsync(wang);
        var added = await AddAsync(wang, id, "photo", "现场.txt", Png);
        Assert.Equal((HttpStatusCode.OK, 1), (added.Status, (int)added.Body["evidenceCount"]!));
        var item = (await host.GetAsync(wang, $"/api/cases/{id}"))["evidence"]!.AsArray().Single()!;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Png));
        Assert.Equal(
            (hash, "现场.txt", "image/png", 11, "wang"),
            ((string)item["hash"]!, (string)item["name"]!, (string)item["mediaType"]!, (int)item["bytes"]!, (string)item["byName"]!));

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/cases/{id}/evidence/{hash}");
        using var file = await host.RawAsync(await host.SignInAsync("guest"), request);
        Assert.Equal(Png, await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("image/png", "attachment"), (file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
        // The same file again is there already.
        Assert.Equal(1, (int)(await AddAsync(wang, id, "photo", "又.png", Png)).Body["evidenceCount"]!);
    }

    [Fact]
    public async Task Evidence_is_what_its_bytes_are_not_what_its_name_says()
    {
        var wang = await host.SignInAsync("wang");
        var id = await OpenAsync(wang);
        var refused = await AddAsync(wang, id, "photo", "photo.png", "#!/bin/sh"u8.ToArray());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "evidence-type"), (refused.Status, (string)refused.Body["code"]!));
        Assert.Equal("is text/plain; expected one of image/png, image/jpeg", (string)refused.Body["errors"]!["file"]![0]!);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await AddAsync(wang, id, "photo", "big.png", [.. Png, .. new byte[1000]])).Status);
        Assert.Equal("evidence-unknown", (string)(await AddAsync(wang, id, "film", "x.png", Png)).Body["code"]!);
        Assert.Equal("file-name-invalid", (string)(await AddAsync(wang, id, "photo", "", Png)).Body["code"]!);
        Assert.Equal("right-missing", (string)(await AddAsync(await host.SignInAsync("guest"), id, "photo", "x.png", Png)).Body["code"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await AddAsync(await host.SignInAsync("stranger"), id, "photo", "x.png", Png)).Status);
        Assert.Equal(0, (int)(await host.GetAsync(wang, $"/api/cases/{id}"))["evidenceCount"]!);
    }

    [Theory]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("52494646240000005745425056503820", "image/webp")]
    [InlineData("255044462D312E37", "application/pdf")]
    [InlineData("000000206674797069736F6D", "video/mp4")]
    [InlineData("494433030000", "audio/mpeg")]
    [InlineData("FFFB9064", "audio/mpeg")]
    [InlineData("FFFE68006900", MediaTypes.Unknown)]
    [InlineData("7F454C46", MediaTypes.Unknown)]
    [InlineData("E4BDA0E5A5BD0A", "text/plain")]
    [InlineData("E4BDA0E5A5", MediaTypes.Unknown)]
    [InlineData("504B0304", MediaTypes.Unknown)]
    [InlineData("", MediaTypes.Unknown)]
    public void A_file_is_known_by_its_first_bytes(string bytes, string type) => Assert.Equal(type, MediaTypes.Of(new MemoryStream(Convert.FromHexString(bytes))));

    [Theory]
    [InlineData("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("readme.txt", "application/zip")]
    public void An_archive_is_known_by_what_is_in_it(string entry, string type)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("[Content_Types].xml");
            archive.CreateEntry(entry);
        }

        Assert.Equal(type, MediaTypes.Of(file));
    }

    [Fact]
    public async Task Tasks_and_checklist_are_worked_through()
    {
        var wang = await host.SignInAsync("wang");
        var id = await OpenAsync(wang);
        var seen = await host.GetAsync(wang, $"/api/cases/{id}");
        Assert.Equal("检查表还有未勾选的项：已断电", (string)seen["plan"]![0]!["why"]!["zh"]!);
        using var tick = new HttpRequestMessage(HttpMethod.Put, $"/api/cases/{id}/checklist/power_off") { Content = Json("""{"done":true}""") };
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(wang, tick)).Status);
        Assert.True((bool)(await host.GetAsync(wang, $"/api/cases/{id}"))["plan"]![0]!["allowed"]!);
        Assert.Equal(1, (int)(await host.PostAsync(wang, $"/api/cases/{id}/tasks/isolate/done", "")).Body["tasksOver"]!);
        seen = await host.GetAsync(wang, $"/api/cases/{id}");
        Assert.Equal(["done", "ready", "waiting", "ready"], seen["plan"]!.AsArray().Select(task => (string)task!["progress"]!));
        Assert.Equal("还有任务没有完成：修理", (string)seen["transitions"]![0]!["why"]!["zh"]!);
        Assert.Equal("Jingwei 钳工", (string)seen["responsible"]!["name"]!);
    }

    [Fact]
    public async Task Many_cases_at_once_are_each_decided_for_themselves()
    {
        var wang = await host.SignInAsync("wang");
        var first = await OpenAsync(wang, "work-order");
        var second = await OpenAsync(wang, "work-order");
        await host.PostAsync(wang, $"/api/cases/{second}/transitions/take", "{}");
        var answer = await host.PostAsync(
            wang, "/api/cases/bulk", $$"""{"cases":["{{first}}","{{second}}","2026-999999"],"action":"transition","transition":"take"}""");
        Assert.Equal(
            [(first, true, 200, null), (second, false, 409, "transition-not-from-state"), ("2026-999999", false, 404, "case-not-found")],
            answer.Body["items"]!.AsArray().Select(item => ((string)item!["id"]!, (bool)item["done"]!, (int)item["status"]!, (string?)item["code"])));
        Assert.Equal("bulk-invalid", (string)(await host.PostAsync(wang, "/api/cases/bulk", """{"cases":[],"action":"comment"}""")).Body["code"]!);
        var counts = (await host.GetAsync(wang, "/api/cases/counts?open=true"))["items"]!.AsArray();
        Assert.Equal([("assigned", 2)], counts.Select(count => ((string)count!["state"]!, (int)count["cases"]!)));
    }

    [Fact]
    public async Task A_shift_hands_over_all_that_it_has()
    {
        var wang = await host.SignInAsync("wang");
        var li = await host.SignInAsync("li");
        var order = await OpenAsync(wang, "work-order");
        var overhaul = await OpenAsync(wang);
        await host.PostAsync(wang, $"/api/cases/{order}/transitions/take", "{}");
        await host.PostAsync(li, $"/api/cases/{overhaul}/tasks/isolate/assign", """{"to":"wang"}""");
        var answer = await host.PostAsync(wang, "/api/cases/handover", """{"to":"li","reason":"交班"}""");
        Assert.Equal([(order, true), (overhaul, true)], answer.Body["items"]!.AsArray().Select(item => ((string)item!["id"]!, (bool)item["done"]!)));
        Assert.Empty((await host.GetAsync(wang, "/api/cases?mine=true&open=true"))["items"]!.AsArray());
        Assert.Equal(2, (await host.GetAsync(li, "/api/cases?mine=true&open=true"))["items"]!.AsArray().Count);
        Assert.Equal("assignee-not-allowed", (string)(await host.PostAsync(wang, "/api/cases/handover", """{"to":"nobody"}""")).Body["code"]!);
    }

    [Fact]
    public async Task Versions_of_a_case_type_are_listed_and_escalation_is_said_in_words()
    {
        var wang = await host.SignInAsync("wang");
        await OpenAsync(wang);
        var version = (await host.GetAsync(wang, "/api/case-types/overhaul/versions"))["items"]!.AsArray().Single()!;
        Assert.True((bool)version["installed"]!);
        Assert.NotNull(version["firstUsed"]);
        Assert.Equal(
            "after 1 h 30 min, notify the engineers on duty of the county and raise it to red", (string)version["content"]!["states"]![0]!["escalation"]![0]!["en"]!);
    }

    private async Task<string> OpenAsync(string token, string type = "overhaul")
    {
        var answer = await host.PostAsync(token, "/api/cases", $$"""{"type":"{{type}}","thing":"m-01","title":"M-01 大修","severity":"orange"}""");
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return (string)answer.Body["id"]!;
    }

    private Task<CaseAnswer> AddAsync(string token, string id, string kind, string name, byte[] bytes) => host.SendAsync(
        token, $"/api/cases/{id}/evidence?kind={kind}&name={Uri.EscapeDataString(name)}",
        new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } });

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
