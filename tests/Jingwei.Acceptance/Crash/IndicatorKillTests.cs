using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Jingwei.Tests;

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

    // The first two writes of the database's log by a thread after a correction: the head of a page and the page, before and inside a transaction.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_correction_is_computed_once_wherever_the_server_is_killed(int write)
    {
        var strace = External.Program("strace", "apt-get install strace");
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        await using (var server = await ServerProcess.StartAsync(data))
        {
            await ReportAsync(server);
            await using var killer = await Killer.AttachAsync(strace, server, write);
            await TryCorrectAsync(server);
        }

        await using var again = await ServerProcess.StartAsync(data);
        await CorrectAsync(again);
        var figure = await again.UntilAsync(Quality, answer => (double?)answer["value"] == 0.5);
        Assert.Equal(2, (int)figure["version"]!);
        var revisions = (await again.GetAsync("/api/indicators/quality-ratio/m1/revisions"))["items"]!.AsArray();
        var revision = Assert.Single(revisions)!;
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

    [Fact]
    public async Task A_sign_off_that_is_killed_while_it_is_written_is_there_as_a_whole_or_not_at_all()
    {
        var strace = External.Program("strace", "apt-get install strace");
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        var acknowledged = false;
        await using (var server = await ServerProcess.StartAsync(data))
        {
            await ReportAsync(server);
            await using var killer = await Killer.AttachAsync(strace, server, 1);
            try
            {
                acknowledged = (await SignOffAsync(server)).StatusCode == HttpStatusCode.Created;
            }
            catch (HttpRequestException)
            {
                // Killed before it answered.
            }
        }

        await using var again = await ServerProcess.StartAsync(data);
        var signOffs = (await again.GetAsync("/api/indicators/sign-offs"))["items"]!.AsArray();
        Assert.Equal(signOffs.Count == 1, (await again.GetAsync(Quality))["signedOff"] is not null);
        Assert.True(signOffs.Count == 1 || !acknowledged);
    }

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

    private async Task TryCorrectAsync(ServerProcess server)
    {
        try
        {
            await CorrectAsync(server);
        }
        catch (HttpRequestException)
        {
            // Killed before it answered: it is sent again after the start.
        }
    }

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
