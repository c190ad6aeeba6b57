using System.Net;
using System.Net.Http.Json;
using Jingwei.Acceptance.Reports;

namespace Jingwei.Acceptance.Crash;

/// <summary>
/// The server is killed between the steps by which reports become incidents. The table "After a kill" of docs/operations.md says what its user finds
/// after the restart.
/// </summary>
public sealed class ReportKillTests : IDisposable
{
    private readonly string data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
    private readonly string packs = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;

    public ReportKillTests() => IncidentPack.Write(packs);

    public void Dispose()
    {
        System.IO.Directory.Delete(data, recursive: true);
        System.IO.Directory.Delete(packs, recursive: true);
    }

    [Theory]
    [InlineData("reports-read")]
    [InlineData("reports-cases-open")]
    [InlineData("reports-settled")]
    public async Task What_was_acknowledged_is_one_incident_with_one_case(string point)
    {
        await using (var server = await StartAsync(point))
        {
            var answer = await server.Admin.PostAsJsonAsync("/api/reports", new { text = "瑞安市塘下镇一家化工厂今天上午发生爆炸，2人死亡。" });
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            await server.EndAsync();
        }

        await using var again = await StartAsync();
        var report = (await again.UntilAsync("/api/reports", found => (string)found["items"]![0]!["state"]! == "settled"))["items"]!.AsArray().Single()!;
        var incident = (await again.GetAsync("/api/incidents"))["items"]!.AsArray().Single()!;
        Assert.Equal((string)report["incident"]!, (string)incident["id"]!);
        Assert.Equal("orange", (string)incident["severity"]!);
        Assert.Equal((string)incident["id"]!, (string)(await again.GetAsync("/api/cases"))["items"]!.AsArray().Single()!["id"]!);
    }

    [Fact]
    public async Task A_start_finds_what_reports_joined_before()
    {
        await using (var server = await StartAsync())
        {
            (await server.Admin.PostAsJsonAsync("/api/reports?wait=5", new { text = "瑞安市塘下镇一家化工厂今天上午发生爆炸，2人死亡。" })).EnsureSuccessStatusCode();
            await server.KillAsync();
        }

        await using var again = await StartAsync();
        (await again.Admin.PostAsJsonAsync("/api/reports?wait=5", new { text = "瑞安市塘下镇化工厂爆炸事故已造成4人死亡。", sourceKind = "official" })).EnsureSuccessStatusCode();
        var incident = (await again.GetAsync("/api/incidents"))["items"]!.AsArray().Single()!;
        Assert.Equal((2, "red"), ((int)incident["reports"]!, (string)incident["severity"]!));
    }

    [Fact]
    public async Task An_archive_that_was_cut_off_is_loaded_when_it_is_sent_again()
    {
        var opened = TimeProvider.System.GetUtcNow().AddDays(-3);
        var archive = new[] { new { number = "A-1", title = "瑞安市塘下镇化工厂爆炸", severity = "orange", opened, closed = opened.AddHours(10) } };
        await using (var server = await StartAsync("archive-kept"))
        {
            await ServerProcess.CutOffAsync(() => server.Admin.PostAsJsonAsync("/api/incidents/archive", archive));
            await server.EndAsync();
        }

        await using var again = await StartAsync();
        (await again.Admin.PostAsJsonAsync("/api/incidents/archive", archive)).EnsureSuccessStatusCode();
        Assert.Equal("A-1", (string)(await again.GetAsync("/api/incidents?open=false"))["items"]!.AsArray().Single()!["id"]!);
        Assert.Single((await again.GetAsync("/api/reports"))["items"]!.AsArray());
    }

    private Task<ServerProcess> StartAsync(string? killAt = null) => killAt is null
        ? ServerProcess.StartAsync(data, "serve", "--packs", packs)
        : ServerProcess.StartAsync("env", [$"JINGWEI_KILL_AT={killAt}", "dotnet", .. ServerProcess.ServeArguments(data), "--packs", packs], data);
}
