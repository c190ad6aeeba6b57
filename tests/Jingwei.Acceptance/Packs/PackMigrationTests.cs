using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Server.Packs;

namespace Jingwei.Acceptance.Packs;

/// <summary>A new version of a pack calls things otherwise: what is stored follows at the next start, once, and there is no way back.</summary>
public sealed class PackMigrationTests
{
    [Fact]
    public async Task Things_and_readings_follow_the_new_names_of_a_newer_version()
    {
        var packs = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;
        var folder = Path.Combine(packs, "yard");
        NewPack.Write(folder, new("yard", "yard-tank", "罐区", "Tank yard"));
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        await using (var server = await ServerProcess.StartAsync(data, "serve", "--packs", packs))
        {
            await server.AddThingAsync("t1", "yard-tank");
            Assert.Equal(HttpStatusCode.NoContent, (await server.Admin.PostAsync("/write?db=yard", new StringContent("m,thing=t1 temperature=21.5"))).StatusCode);
            await server.UntilAsync("/api/accounting", answer => (long)answer["stored"]! == 1);

            Rename(folder);
            var refused = await server.Admin.PostAsync(new Uri("/api/packs/reload", UriKind.Relative), null);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("a restart of the server", (string)(await refused.Content.ReadFromJsonAsync<JsonNode>())!["errors"]![0]!, StringComparison.Ordinal);
        }

        await AssertRenamedAsync(data, packs);
        // Once: the second start finds nothing to do.
        await AssertRenamedAsync(data, packs);

        var manifest = Path.Combine(folder, "pack.yaml");
        var older = (await File.ReadAllTextAsync(manifest)).Replace("version: 0.2.0", "version: 0.1.0", StringComparison.Ordinal).Split("migrations:")[0];
        await File.WriteAllTextAsync(manifest, older);
        var start = await Assert.ThrowsAsync<InvalidOperationException>(() => ServerProcess.StartAsync(data, "serve", "--packs", packs));
        Assert.Contains("follows 0.2.0 already", start.Message, StringComparison.Ordinal);
    }

    private static async Task AssertRenamedAsync(string data, string packs)
    {
        await using var server = await ServerProcess.StartAsync(data, "serve", "--packs", packs);
        Assert.Equal("yard-vessel", (string)(await server.GetAsync("/api/things/t1"))["type"]!);
        Assert.Equal(21.5, (double)(await server.UntilAsync("/api/things/t1/latest", answer => answer["values"]!.AsObject().Count == 1))["values"]!["warmth"]!["value"]!);
        Assert.Single((await server.UntilAsync("/api/things/t1/readings?property=warmth", answer => answer["points"]!.AsArray().Count > 0))["points"]!.AsArray());
        Assert.Equal("type", (string)(await server.GetAsync("/api/things/t1/changes"))["items"]![0]!["fields"]![0]!["field"]!);
        Assert.Single((await server.GetAsync("/api/things/t1/changes"))["items"]!.AsArray(), entry => (string)entry!["deed"]! == "changed");
    }

    private static void Rename(string folder)
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories))
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace("yard-tank", "yard-vessel", StringComparison.Ordinal).Replace("temperature", "warmth", StringComparison.Ordinal));
        }

        File.Move(Path.Combine(folder, "things", "yard-tank.yaml"), Path.Combine(folder, "things", "yard-vessel.yaml"));
        var manifest = Path.Combine(folder, "pack.yaml");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("version: 0.1.0", "version: 0.2.0", StringComparison.Ordinal) +
            "migrations:\n  - {to: 0.2.0, types: {yard-tank: yard-vessel}, properties: {yard-vessel.temperature: warmth}}\n");
    }
}
