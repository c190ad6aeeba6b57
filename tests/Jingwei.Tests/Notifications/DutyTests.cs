using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Jingwei.Server.Cases;
using Jingwei.Server.Notifications.Rotas;
using Jingwei.Tests.Cases;
using Microsoft.Data.Sqlite;

namespace Jingwei.Tests.Notifications;

/// <summary>The duty log and the change of shifts over real HTTP; wang operates, li is an engineer, guest looks, stranger is of another party.</summary>
public sealed class DutyTests : IAsyncLifetime
{
    private readonly CaseHost host = new();

    public async ValueTask InitializeAsync() => await host.StartAsync(WorkOrder.Packs, notifications: true);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Who_is_on_duty_writes_the_log_and_who_may_see_the_place_reads_it()
    {
        var (wang, li, guest, stranger) = (await host.SignInAsync("wang"), await host.SignInAsync("li"), await host.SignInAsync("guest"), await host.SignInAsync("stranger"));
        var id = await OpenAsync(wang);
        var line = await host.PostAsync(wang, "/api/duty/log", $$"""{"text":"接市应急局电话","case":"{{id}}"}""");
        Assert.Equal((HttpStatusCode.Created, "接市应急局电话", "wang", id), (line.Status, (string)line.Body["text"]!, (string)line.Body["authorName"]!, (string)line.Body["case"]!));
        await host.PostAsync(li, "/api/duty/log", """{"text":"已派人"}""");
        Assert.Equal(["已派人", "接市应急局电话"], Texts(await host.GetAsync(guest, "/api/duty/log")));
        Assert.Equal(["接市应急局电话"], Texts(await host.GetAsync(guest, $"/api/duty/log?case={id}")));
        Assert.Equal(["已派人"], Texts(await host.GetAsync(guest, "/api/duty/log?limit=1")));
        Assert.Empty(Texts(await host.GetAsync(stranger, "/api/duty/log")));
        Assert.Equal(HttpStatusCode.Forbidden, (await host.PostAsync(guest, "/api/duty/log", """{"text":"x"}""")).Status);
        Assert.Equal("bad-text", await CodeAsync(wang, """{"text":" "}"""));
        Assert.Equal("case-not-found", await CodeAsync(wang, """{"text":"x","case":"2020-000001"}"""));

        // Once a rota names somebody, it is he who writes, and who configures the place.
        host.Service<RotaBook>().Save(RotaTests.Weekly("root", "li"), 0);
        Assert.Equal("not-on-duty", await CodeAsync(wang, """{"text":"x"}"""));
        Assert.Equal(HttpStatusCode.Created, (await host.PostAsync(li, "/api/duty/log", """{"text":"接班"}""")).Status);

        async Task<string?> CodeAsync(string token, string body) => (string?)(await host.PostAsync(token, "/api/duty/log", body)).Body["code"];
    }

    [Fact]
    public async Task A_line_of_the_log_and_a_handover_stay_as_they_are()
    {
        var wang = await host.SignInAsync("wang");
        await host.PostAsync(wang, "/api/duty/log", """{"text":"接电话"}""");
        await host.PostAsync(wang, "/api/duty/handovers", """{"to":"li"}""");
        foreach (var sql in new[] { "UPDATE duty_entry SET text = 'x'", "DELETE FROM duty_entry", "UPDATE duty_handover SET snapshot = '{}'", "DELETE FROM duty_handover" })
        {
            Assert.Throws<SqliteException>(() => host.Database.Write((store, transaction) => store.Execute(sql, transaction: transaction)));
        }
    }

    [Fact]
    public async Task A_shift_is_handed_over_with_what_was_open_and_accepted_with_the_cases()
    {
        var (wang, li) = (await host.SignInAsync("wang"), await host.SignInAsync("li"));
        var (mine, other) = (await OpenAsync(wang), await OpenAsync(wang));
        await host.PostAsync(wang, $"/api/cases/{mine}/transitions/take", "{}");
        await host.PostAsync(wang, "/api/duty/log", """{"text":"等备件"}""");
        var made = await host.PostAsync(wang, "/api/duty/handovers", """{"to":"li","remark":"注意一号机","passCases":true}""");
        var id = (long)made.Body["handover"]!["id"]!;
        Assert.Equal((HttpStatusCode.Created, $"/api/duty/handovers/{id}"), (made.Status, made.Location));
        Assert.Equal((2, 1, "open"), ((int)made.Body["handover"]!["cases"]!, (int)made.Body["handover"]!["entries"]!, (string)made.Body["handover"]!["state"]!));
        // What comes later is no part of it.
        await OpenAsync(wang);
        var seen = (await host.GetAsync(li, $"/api/duty/handovers/{id}"))["snapshot"]!;
        Assert.Equal([$"{other} ", $"{mine} wang"], seen["cases"]!.AsArray().Select(each => $"{(string)each!["number"]!} {(string?)each["responsibleName"]}"));
        Assert.Equal(["等备件"], seen["entries"]!.AsArray().Select(each => (string)each!["text"]!));

        Assert.Equal("not-the-taker", (string)(await host.PostAsync(wang, $"/api/duty/handovers/{id}/accept", "{}")).Body["code"]!);
        var accepted = await host.PostAsync(li, $"/api/duty/handovers/{id}/accept", """{"remark":"已接"}""");
        Assert.Equal(("accepted", mine), ((string)accepted.Body["handover"]!["state"]!, (string)accepted.Body["cases"]!.AsArray().Single()!["id"]!));
        Assert.Equal("li", (string)(await host.GetAsync(li, $"/api/cases/{mine}"))["assignee"]!);
        Assert.Equal("handover-answered", (string)(await host.PostAsync(li, $"/api/duty/handovers/{id}/object", """{"remark":"x"}""")).Body["code"]!);
        Assert.Empty((await host.GetAsync(li, "/api/duty/handovers?open=true"))["items"]!.AsArray());
        Assert.Equal("已接", (string)(await host.GetAsync(li, "/api/duty/handovers?mine=true"))["items"]!.AsArray().Single()!["answerRemark"]!);
        Assert.Empty(CaseVerification.Run(host.Database).Altered);
    }

    [Fact]
    public async Task Who_is_to_take_over_objects_with_a_reason_and_nothing_passes()
    {
        var (wang, li) = (await host.SignInAsync("wang"), await host.SignInAsync("li"));
        var id = await OpenAsync(wang);
        await host.PostAsync(wang, $"/api/cases/{id}/transitions/take", "{}");
        var made = (long)(await host.PostAsync(wang, "/api/duty/handovers", """{"to":"li","passCases":true}""")).Body["handover"]!["id"]!;
        Assert.Equal("bad-remark", (string)(await host.PostAsync(li, $"/api/duty/handovers/{made}/object", "{}")).Body["code"]!);
        Assert.Equal("objected", (string)(await host.PostAsync(li, $"/api/duty/handovers/{made}/object", """{"remark":"台账不全"}""")).Body["handover"]!["state"]!);
        Assert.Equal("wang", (string)(await host.GetAsync(li, $"/api/cases/{id}"))["assignee"]!);
        Assert.Equal("bad-person", (string)(await host.PostAsync(wang, "/api/duty/handovers", """{"to":"guest"}""")).Body["code"]!);
        Assert.Equal("bad-person", (string)(await host.PostAsync(wang, "/api/duty/handovers", """{"to":"wang"}""")).Body["code"]!);
        // The next one reaches back to this one.
        var next = (await host.PostAsync(wang, "/api/duty/handovers", """{"to":"li"}""")).Body["handover"]!;
        Assert.Equal((string)(await host.GetAsync(li, $"/api/duty/handovers/{made}"))["handover"]!["at"]!, (string)next["since"]!);
    }

    private async Task<string> OpenAsync(string token) =>
        (string)(await host.PostAsync(token, "/api/cases", """{"type":"work-order","thing":"m-01","title":"主轴过热","severity":"orange"}""")).Body["id"]!;

    private static IEnumerable<string> Texts(JsonNode page) => page["items"]!.AsArray().Select(each => (string)each!["text"]!);
}
