using System.Text;
using System.Text.Json.Nodes;

namespace Jingwei.Acceptance.Crash;

/// <summary>A server that is killed in the middle of an import or of its undo leaves whole batches, says so, and goes on from there.</summary>
public sealed class ImportKillTests
{
    private const int Things = 10_000;

    // Batches are of 1,000, each whole or not there.
    private const int Killed = 3_000;

    [Fact]
    public async Task What_a_killed_import_wrote_is_told_and_can_be_finished_and_undone()
    {
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        await using (var server = await StartAsync(data, "edit-batch-written:3"))
        {
            await KilledAsync(server, $"/api/imports/{(await SendAsync(server))["id"]}/apply");
        }

        string finished;
        // Seven batches are left, and the second one of the undo is the ninth.
        await using (var server = await StartAsync(data, "edit-batch-written:9"))
        {
            var edit = (await server.GetAsync("/api/edits"))["items"]![0]!;
            Assert.Equal(("interrupted", Killed), ((string)edit["state"]!, (int)edit["made"]!));
            Assert.Equal(Killed, await CountAsync(server));

            var again = await SendAsync(server);
            Assert.Equal((Things - Killed, Killed, 0), ((int)again["make"]!, (int)again["same"]!, (int)again["bad"]!));
            finished = (string)(await PostAsync(server, $"/api/imports/{again["id"]}/apply"))["id"]!;
            Assert.Equal(Things, await CountAsync(server));
            await KilledAsync(server, $"/api/edits/{edit["id"]}/undo");
        }

        await using var last = await ServerProcess.StartAsync(data);
        var edits = (await last.GetAsync("/api/edits"))["items"]!.AsArray();
        var half = edits.Single(each => (string)each!["kind"]! == "undo")!;
        Assert.Equal(("interrupted", 2_000), ((string)half["state"]!, (int)half["takenBack"]!));
        Assert.Equal(Things - 2_000, await CountAsync(last));
        await PostAsync(last, $"/api/edits/{half["undoes"]}/undo");
        await PostAsync(last, $"/api/edits/{finished}/undo");
        Assert.Equal(0, await CountAsync(last));
    }

    private static Task<ServerProcess> StartAsync(string data, string point) =>
        ServerProcess.StartAsync("env", [$"JINGWEI_KILL_AT={point}", "dotnet", .. ServerProcess.ServeArguments(data)], data);

    private static async Task KilledAsync(ServerProcess server, string path)
    {
        await ServerProcess.CutOffAsync(() => server.Admin.PostAsync(new Uri(path, UriKind.Relative), null));
        await server.EndAsync();
    }

    private static async Task<int> CountAsync(ServerProcess server)
    {
        var line = (await server.Admin.GetStringAsync("/metrics")).Split('\n').Single(each => each.StartsWith("jingwei_things ", StringComparison.Ordinal));
        return int.Parse(line["jingwei_things ".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<JsonNode> SendAsync(ServerProcess server)
    {
        var file = new StringBuilder("id,type,name\n");
        for (var number = 0; number < Things; number++)
        {
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"m-{number},drilling-machine,{number} 号钻机\n");
        }

        return await PostAsync(server, "/api/imports?file=machines.csv", new StringContent(file.ToString()));
    }

    private static async Task<JsonNode> PostAsync(ServerProcess server, string path, HttpContent? content = null)
    {
        var answer = await server.Admin.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
