using System.Text;
using System.Text.Json.Nodes;

namespace Jingwei.Acceptance.Crash;

/// <summary>A server that is killed in the middle of an import or of its undo leaves whole batches, says so, and goes on from there.</summary>
public sealed class ImportKillTests
{
    private const int Things = 20_000;

    [Fact]
    public async Task What_a_killed_import_wrote_is_told_and_can_be_finished_and_undone()
    {
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        await using (var server = await ServerProcess.StartAsync(data))
        {
            var import = await SendAsync(server);
            await KillWhileAsync(server, server.Admin.PostAsync(new Uri($"/api/imports/{import["id"]}/apply", UriKind.Relative), null), written => written > 0);
        }

        string finished;
        await using (var server = await ServerProcess.StartAsync(data))
        {
            var edit = (await server.GetAsync("/api/edits"))["items"]![0]!;
            var made = (int)edit["made"]!;
            // Batches are of 1,000, each whole or not there.
            Assert.Equal(("interrupted", 0), ((string)edit["state"]!, made % 1000));
            Assert.InRange(made, 1000, Things);
            Assert.Equal(made, await CountAsync(server));

            var again = await SendAsync(server);
            Assert.Equal((Things - made, made, 0), ((int)again["make"]!, (int)again["same"]!, (int)again["bad"]!));
            finished = (string)(await PostAsync(server, $"/api/imports/{again["id"]}/apply"))["id"]!;
            Assert.Equal(Things, await CountAsync(server));
            await KillWhileAsync(server, server.Admin.PostAsync(new Uri($"/api/edits/{edit["id"]}/undo", UriKind.Relative), null), left => left < Things);
        }

        await using var last = await ServerProcess.StartAsync(data);
        var edits = (await last.GetAsync("/api/edits"))["items"]!.AsArray();
        var half = edits.Single(each => (string)each!["kind"]! == "undo")!;
        Assert.Equal("interrupted", (string)half["state"]!);
        Assert.Equal(Things - (int)half["takenBack"]!, await CountAsync(last));
        await PostAsync(last, $"/api/edits/{half["undoes"]}/undo");
        if (finished != (string)half["undoes"]!)
        {
            await PostAsync(last, $"/api/edits/{finished}/undo");
        }

        Assert.Equal(0, await CountAsync(last));
    }

    private static async Task KillWhileAsync(ServerProcess server, Task<HttpResponseMessage> work, Predicate<int> isUnderWay)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!work.IsCompleted && !isUnderWay(await CountAsync(server)))
        {
            await pause.WaitForNextTickAsync(CancellationToken.None);
        }

        Assert.False(work.IsCompleted, "It was done before the kill.");
        await server.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => work);
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
