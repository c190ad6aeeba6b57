using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Jingwei.Acceptance.Crash;

/// <summary>
/// The server is killed between the steps of each write of cases that has several. The table "After a kill" of docs/operations.md says what
/// its user finds after the restart.
/// </summary>
public sealed class CaseKillTests : IDisposable
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 7];

    private readonly string data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
    private readonly string packs = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;

    public CaseKillTests() => JobPack.Write(packs, "1h");

    public void Dispose()
    {
        System.IO.Directory.Delete(data, recursive: true);
        System.IO.Directory.Delete(packs, recursive: true);
    }

    [Theory]
    [InlineData("case-written", false)]
    [InlineData("case-group-written", false)]
    [InlineData("case-group-committed", true)]
    public async Task A_case_that_was_being_opened_is_there_once_or_not_at_all(string point, bool isThere)
    {
        await using (var server = await StartAsync(point))
        {
            await KilledAsync(server, () => OpenAsync(server, "key-1"));
        }

        await using var again = await StartAsync();
        Assert.Equal(isThere ? 1 : 0, (await again.GetAsync("/api/cases"))["items"]!.AsArray().Count);
        // Who asks again with his key, not knowing how it went, has one case and knows it.
        var answer = await OpenAsync(again, "key-1");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var id = (string)(await again.GetAsync("/api/cases"))["items"]!.AsArray().Single()!["id"]!;
        Assert.Equal(id, (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!);
        await AssertIntactAsync();
    }

    [Theory]
    [InlineData("case-group-written:2")]
    [InlineData("case-group-committed:2")]
    public async Task A_deadline_fires_once(string point)
    {
        JobPack.Write(packs, "2s");
        await using (var server = await StartAsync(point))
        {
            // The second transaction is that of the deadline; on a slow machine it may come before the answer.
            await Task.WhenAll(Record.ExceptionAsync(() => OpenAsync(server)).AsTask(), server.EndAsync());
        }

        await using var again = await StartAsync();
        await again.UntilAsync($"/api/cases/{Year}-000001", found => (bool)found["late"]!);
        var history = (await again.GetAsync($"/api/cases/{Year}-000001"))["history"]!.AsArray();
        Assert.Equal(["opened", "field", "overdue"], history.Select(line => (string)line!["kind"]!));
        await AssertIntactAsync();
    }

    [Theory]
    [InlineData("case-group-written:3")]
    [InlineData("case-group-committed:3")]
    public async Task An_answer_to_those_above_is_overdue_once(string point)
    {
        await using (var server = await StartAsync(point))
        {
            await OpenAsync(server);
            await Task.WhenAll(
                Record.ExceptionAsync(() => server.Admin.PostAsJsonAsync($"/api/cases/{Year}-000001/supervisions", new { kind = "ask", text = "What is it?", answerWithin = "2s" })).AsTask(),
                server.EndAsync());
        }

        await using var again = await StartAsync();
        await again.UntilAsync($"/api/cases/{Year}-000001", found => (bool)found["supervision"]![0]!["late"]!);
        var found = await again.GetAsync($"/api/cases/{Year}-000001");
        Assert.Equal(["opened", "field", "supervised", "answer-overdue"], found["history"]!.AsArray().Select(line => (string)line!["kind"]!));
        await AssertIntactAsync();
    }

    [Theory]
    [InlineData("evidence-received", 0)]
    [InlineData("evidence-kept", 0)]
    [InlineData("case-group-written:2", 0)]
    [InlineData("evidence-added", 1)]
    public async Task A_file_that_was_coming_in_is_part_of_the_case_as_a_whole_or_not_at_all(string point, int isThere)
    {
        await using (var server = await StartAsync(point))
        {
            await OpenAsync(server);
            await KilledAsync(server, () => AddAsync(server));
        }

        await using var again = await StartAsync();
        Assert.Equal(isThere, (int)(await again.GetAsync($"/api/cases/{Year}-000001"))["evidenceCount"]!);
        Assert.False(System.IO.Directory.Exists(Path.Combine(data, "evidence", "incoming")));
        // Sent again it is there, once.
        Assert.Equal(HttpStatusCode.OK, (await AddAsync(again)).StatusCode);
        var file = (await again.GetAsync($"/api/cases/{Year}-000001"))["evidence"]!.AsArray().Single()!;
        Assert.Equal(Png, await again.Admin.GetByteArrayAsync(new Uri($"/api/cases/{Year}-000001/evidence/{(string)file["hash"]!}", UriKind.Relative)));
        await AssertIntactAsync();
    }

    [Theory]
    [InlineData("case-group-committed:2")]
    [InlineData("case-lists-written")]
    public async Task A_case_that_moved_on_is_listed_as_it_is(string point)
    {
        await using (var server = await StartAsync(point))
        {
            await OpenAsync(server);
            await Task.WhenAll(Record.ExceptionAsync(() => TakeAsync(server)).AsTask(), server.EndAsync());
        }

        await using var again = await StartAsync();
        Assert.Equal("doing", (string)(await again.GetAsync("/api/cases"))["items"]!.AsArray().Single()!["state"]!);
        Assert.Single((await again.GetAsync("/api/cases?assignee=admin"))["items"]!.AsArray());
        await AssertIntactAsync();
    }

    [Theory]
    [InlineData("case-group-written:2", false)]
    [InlineData("case-group-committed:2", true)]
    public async Task A_case_that_was_being_migrated_goes_by_one_version_or_the_other(string point, bool isMigrated)
    {
        await using (var server = await StartAsync(point))
        {
            await OpenAsync(server);
            JobPack.Write(packs, "5h");
            (await server.Admin.PostAsync(new Uri("/api/packs/reload", UriKind.Relative), null)).EnsureSuccessStatusCode();
            await KilledAsync(server, () => server.Admin.PostAsJsonAsync($"/api/cases/{Year}-000001/migrate", new { reason = "new version" }));
        }

        await using var again = await StartAsync();
        var found = await again.GetAsync($"/api/cases/{Year}-000001");
        Assert.Equal(!isMigrated, (bool)found["outdated"]!);
        Assert.Equal(isMigrated ? 5 : 1, ((DateTimeOffset)found["due"]! - (DateTimeOffset)found["openedAt"]!).TotalHours);
        (await again.Admin.PostAsJsonAsync($"/api/cases/{Year}-000001/migrate", new { reason = "new version" })).EnsureSuccessStatusCode();
        found = await again.GetAsync($"/api/cases/{Year}-000001");
        Assert.Equal(["opened", "field", "migrated"], found["history"]!.AsArray().Select(line => (string)line!["kind"]!));
        Assert.False((bool)found["outdated"]!);
        await AssertIntactAsync();
    }

    // Numbers begin with the year of the root party's own zone.
    private static string Year { get; } =
        TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).Year.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Task<ServerProcess> StartAsync(string? point = null) => ServerProcess.StartAsync(
        "env", [$"JINGWEI_KILL_AT={point}", "dotnet", .. ServerProcess.ServeArguments(data), "--packs", packs], data);

    private static async Task KilledAsync(ServerProcess server, Func<Task<HttpResponseMessage>> request)
    {
        await ServerProcess.CutOffAsync(request);
        await server.EndAsync();
    }

    private static async Task<HttpResponseMessage> OpenAsync(ServerProcess server, string key = "key")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/cases")
        {
            Content = JsonContent.Create(new { type = "job", title = "Mend the pump", severity = "blue" }),
        };
        request.Headers.Add("Idempotency-Key", key);
        return await server.Admin.SendAsync(request);
    }

    private static Task<HttpResponseMessage> TakeAsync(ServerProcess server) =>
        server.Admin.PostAsJsonAsync($"/api/cases/{Year}-000001/transitions/take", new { });

    private static Task<HttpResponseMessage> AddAsync(ServerProcess server) => server.Admin.PostAsync(
        new Uri($"/api/cases/{Year}-000001/evidence?kind=photo&name=pump.png", UriKind.Relative), new ByteArrayContent(Png));

    private async Task AssertIntactAsync()
    {
        var (exit, output) = await ExternalProgram.RunAsync("dotnet", ServerProcess.Program, "verify", "--data", data);
        Assert.True(exit == 0, output);
    }
}
