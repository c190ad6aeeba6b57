using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using Jingwei.Server.Packs;

namespace Jingwei.Acceptance.Packs;

/// <summary>A pack is taken out while its things, readings and cases are there: they stay, with their names, also over a restart.</summary>
public sealed class UninstalledPackTests
{
    [Fact]
    public async Task What_a_pack_that_is_gone_declared_is_still_shown_by_its_names()
    {
        var packs = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;
        var folder = Path.Combine(packs, "yard");
        NewPack.Write(folder, new("yard", "yard-tank", "罐区", "Tank yard"));
        var file = Path.Combine(System.IO.Directory.CreateTempSubdirectory("jingwei-zip-").FullName, "yard.zip");
        await ZipFile.CreateFromDirectoryAsync(folder, file, CancellationToken.None);
        string data;
        await using (var server = await ServerProcess.StartAsync(null, "serve", "--packs", packs))
        {
            data = server.Data;
            await server.AddThingAsync("t1", "yard-tank");
            Assert.Equal(HttpStatusCode.NoContent, (await server.Admin.PostAsync("/write?db=yard", new StringContent("m,thing=t1 temperature=21.5"))).StatusCode);
            (await server.Admin.PostAsJsonAsync("/api/cases", new { type = "yard-check", thing = "t1", title = "看看", severity = "yellow" })).EnsureSuccessStatusCode();
            await server.UntilAsync("/api/things/t1/latest", answer => answer["values"]!.AsObject().Count == 1);

            Assert.Equal(HttpStatusCode.OK, (await server.Admin.DeleteAsync(new Uri("/api/packs/yard", UriKind.Relative))).StatusCode);
            await AssertShownAsync(server);
        }

        await using var again = await ServerProcess.StartAsync(data, "serve", "--packs", packs);
        await AssertShownAsync(again);
        var refused = await again.Admin.PostAsJsonAsync("/api/things", new { id = "t2", type = "yard-tank" });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var installed = await again.Admin.PostAsync(new Uri("/api/packs/install", UriKind.Relative), new ByteArrayContent(await File.ReadAllBytesAsync(file)));
        Assert.True(installed.IsSuccessStatusCode, await installed.Content.ReadAsStringAsync());
        (await again.Admin.PostAsJsonAsync("/api/things", new { id = "t2", type = "yard-tank" })).EnsureSuccessStatusCode();
    }

    private static async Task AssertShownAsync(ServerProcess server)
    {
        Assert.Empty((await server.GetAsync("/api/packs"))["items"]!.AsArray());
        var thing = (await server.GetAsync("/api/things"))["items"]![0]!;
        Assert.Equal("t1", (string)thing["id"]!);
        Assert.NotEqual("yard-tank", (string)thing["typeName"]!["zh"]!);
        var type = (await server.GetAsync("/api/types"))["items"]![0]!;
        Assert.True((bool)type["retired"]! && (bool)type["abstract"]!);
        Assert.Equal(21.5, (double)(await server.UntilAsync("/api/things/t1/latest", answer => answer["values"]!.AsObject().Count == 1))["values"]!["temperature"]!["value"]!);
        Assert.Single((await server.UntilAsync("/api/things/t1/readings?property=temperature", answer => answer["points"]!.AsArray().Count > 0))["points"]!.AsArray());
        var shown = (await server.GetAsync("/api/cases"))["items"]![0]!;
        Assert.NotEqual("yard-check", (string)shown["typeName"]!["zh"]!);
        Assert.NotEqual((string)shown["state"]!, (string)shown["stateName"]!["zh"]!);
        Assert.NotNull((await server.GetAsync($"/api/cases/{shown["id"]}"))["history"]);
        Assert.Equal(HttpStatusCode.OK, (await server.Admin.GetAsync(new Uri("/api/things/t1", UriKind.Relative))).StatusCode);
        Assert.Equal("t1", (string)(await server.GetAsync("/api/search?q=t1"))["items"]![0]!["id"]!);
    }
}
