using System.Globalization;
using System.Net;
using System.Net.Http.Json;

namespace Jingwei.Acceptance.Crash;

/// <summary>
/// Killed at the writes of the database after a correction, or around a sign-off: what was acknowledged is there after the next start, whole,
/// and every figure is the one that the readings give.
/// </summary>
public sealed class IndicatorKillTests
{
    // Noon of the day before yesterday, in the day shift of the installation's zone (UTC+8), 00:00-08:00 UTC.
    private readonly DateTimeOffset shift = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-2), TimeSpan.Zero);

    private string Quality => $"/api/indicators/quality-ratio/m1?at={shift.AddHours(4):yyyy-MM-ddTHH:mm:ssZ}";

    [Theory]
    [InlineData("figures-revised")]
    [InlineData("figures-revised-committed")]
    public async Task A_correction_is_computed_once_wherever_the_server_is_killed(string point)
    {
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        await using (var server = await StartAsync(data, point))
        {
            await ReportAsync(server);
            await CorrectAsync(server);
            await server.EndAsync();
        }

        await using var again = await ServerProcess.StartAsync(data);
        await CorrectAsync(again);
        var figure = await again.UntilAsync(Quality, answer => (double?)answer["value"] == 0.5);
        Assert.Equal(2, (int)figure["version"]!);
        // The next shift's growth is counted from the corrected value, so its figure has a revision of its own; a kill may come between the two.
        var listed = await again.UntilAsync("/api/indicators/quality-ratio/m1/revisions", answer => answer["items"]!.AsArray().Count >= 2);
        var revisions = listed["items"]!.AsArray();
        Assert.Equal(["day", "swing"], revisions.Select(each => (string)each!["window"]!["shift"]!).Order());
        var revision = revisions.Single(each => (string)each!["window"]!["shift"]! == "day")!;
        Assert.Equal((0.9, 0.5), ((double)revision["old"]!["value"]!, (double)revision["new"]!["value"]!));
    }

    [Fact]
    public async Task A_correction_that_was_acknowledged_is_computed_after_a_kill_at_once()
    {
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        await using (var server = await ServerProcess.StartAsync(data))
        {
            await ReportAsync(server);
            await CorrectAsync(server);
            await server.KillAsync();
        }

        await using var again = await ServerProcess.StartAsync(data);
        await again.UntilAsync(Quality, answer => (double?)answer["value"] == 0.5);
    }

    [Fact]
    public async Task A_sign_off_that_was_acknowledged_outlives_a_kill_and_holds_against_a_correction()
    {
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        await using (var server = await ServerProcess.StartAsync(data))
        {
            await ReportAsync(server);
            Assert.Equal(HttpStatusCode.Created, (await SignOffAsync(server)).StatusCode);
            await server.KillAsync();
        }

        await using var again = await ServerProcess.StartAsync(data);
        await CorrectAsync(again);
        var figure = await again.UntilAsync(Quality, answer => (double?)answer["signedOff"]?["recomputed"] == 0.5);
        Assert.Equal(0.9, (double)figure["value"]!);
        Assert.True((bool)figure["signedOff"]!["differs"]!);
        Assert.Equal("admin", (string)figure["signedOff"]!["by"]!);
    }

    [Theory]
    [InlineData("sign-off-written", false)]
    [InlineData("sign-off-committed", true)]
    public async Task A_sign_off_that_is_killed_while_it_is_written_is_there_as_a_whole_or_not_at_all(string point, bool isThere)
    {
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        await using (var server = await StartAsync(data, point))
        {
            await ReportAsync(server);
            await ServerProcess.CutOffAsync(() => SignOffAsync(server));
            await server.EndAsync();
        }

        await using var again = await ServerProcess.StartAsync(data);
        var signOffs = (await again.GetAsync("/api/indicators/sign-offs"))["items"]!.AsArray();
        Assert.Equal((isThere ? 1 : 0, isThere), (signOffs.Count, (await again.GetAsync(Quality))["signedOff"] is not null));
    }

    private static Task<ServerProcess> StartAsync(string data, string point) =>
        ServerProcess.StartAsync("env", [$"JINGWEI_KILL_AT={point}", "dotnet", .. ServerProcess.ServeArguments(data)], data);

    // 100 panels, 90 of them good, well inside the shift; then the figure stands.
    private async Task ReportAsync(ServerProcess server)
    {
        await server.AddThingAsync("m1", "drilling-machine");
        await WriteAsync(server, (1, 0, 0), (5, 100, 90), (12, 100, 90));
        await server.UntilAsync("/api/indicators?at=" + shift.AddHours(4).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), answer =>
            answer["items"]!.AsArray().Any(item => (string)item!["indicator"]! == "quality-ratio" && (double?)item["value"] == 0.9));
        await server.UntilAsync("/api/accounting", accounting => (long)accounting["pending"]! == 0);
    }

    // Only 50 were good.
    private Task CorrectAsync(ServerProcess server) => WriteAsync(server, (5, 100, 50));

    private Task<HttpResponseMessage> SignOffAsync(ServerProcess server)
    {
        var day = DateOnly.FromDateTime(shift.UtcDateTime);
        return server.Admin.PostAsJsonAsync("/api/indicators/sign-offs", new { party = "root", from = day, to = day.AddDays(1), note = "as reported" });
    }

    // In one message, so that the figure is computed once.
    private async Task WriteAsync(ServerProcess server, params (int Hour, int Produced, int Good)[] counts)
    {
        var lines = string.Join('\n', counts.Select(count => string.Create(
            CultureInfo.InvariantCulture, $"d,machine=m1 produced_count={count.Produced},good_count={count.Good} {shift.AddHours(count.Hour).ToUnixTimeSeconds()}")));
        (await server.Admin.PostAsync("/write?db=factory&precision=s", new StringContent(lines))).EnsureSuccessStatusCode();
    }
}
