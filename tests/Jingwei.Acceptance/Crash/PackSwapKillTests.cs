using Jingwei.Acceptance.Notifications;

namespace Jingwei.Acceptance.Crash;

/// <summary>A pack that is swapped while the server runs, killed at each step: the next start has the new version, and each alarm once.</summary>
public sealed class PackSwapKillTests : IDisposable
{
    private readonly string packs = AlarmYard.NewPacks();
    private readonly string data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;

    public void Dispose()
    {
        System.IO.Directory.Delete(packs, recursive: true);
        System.IO.Directory.Delete(data, recursive: true);
    }

    // The versions of the packs are noted at the first start too.
    [Theory]
    [InlineData("pack-read")]
    [InlineData("pack-swapped")]
    [InlineData("pack-versions-written:2")]
    [InlineData("pack-versions-committed:2")]
    public async Task A_killed_swap_is_done_by_the_next_start(string point)
    {
        string secret;
        await using (var server = await ServerProcess.StartAsync("env", [$"JINGWEI_KILL_AT={point}", "dotnet", .. ServerProcess.ServeArguments(data), "--packs", packs], data))
        {
            secret = await server.AddThingAsync("tank-1", "yard-tank");
            await AlarmYard.ReadAsync(server, "tank-1", secret, 95);
            await server.UntilAsync("/api/alarms", alarms => alarms["items"]!.AsArray().Count == 1);
            await ReplaceAsync("pack.yaml", "version: 0.1.0", "version: 0.2.0");
            await ReplaceAsync(Path.Combine("rules", "yard-hot.yaml"), "clear: temperature < 40.0", "clear: temperature < 60.0");
            await ServerProcess.CutOffAsync(() => server.Admin.PostAsync(new Uri("/api/packs/reload", UriKind.Relative), null));
            await server.EndAsync();
        }

        await using var again = await ServerProcess.StartAsync(data, "serve", "--packs", packs);
        Assert.Equal("0.2.0", (string)(await again.GetAsync("/api/packs"))["items"]!.AsArray().Single()!["version"]!);
        Assert.Equal("raised", (string)(await again.GetAsync("/api/alarms"))["items"]!.AsArray().Single()!["state"]!);
        // By the new version's own words.
        await AlarmYard.ReadAsync(again, "tank-1", secret, 50);
        await again.UntilAsync("/api/alarms", alarms => (string)Assert.Single(alarms["items"]!.AsArray())!["state"]! == "cleared");
        Assert.Equal(2, (int)(await again.GetAsync("/api/accounting"))["received"]!);
    }

    private async Task ReplaceAsync(string file, string before, string after)
    {
        var path = Path.Combine(packs, "yard", file);
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(before, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(before, after, StringComparison.Ordinal));
    }
}
