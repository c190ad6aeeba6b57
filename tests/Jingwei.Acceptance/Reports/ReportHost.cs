using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Jingwei.Acceptance.Reports;

/// <summary>The real server with <see cref="IncidentPack"/> and some regions.</summary>
internal sealed class ReportHost : IAsyncDisposable
{
    private readonly string packs = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;

    private ReportHost() => IncidentPack.Write(packs);

    public string Data { get; } = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;

    public ServerProcess Server { get; private set; } = null!;

    public static async Task<ReportHost> StartAsync(params string[] more)
    {
        var host = new ReportHost();
        await host.StartServerAsync(more);
        await host.AddRegionAsync("330000", "浙江省", "root", "province");
        await host.AddRegionAsync("330300", "温州市", "330000", "city");
        await host.AddRegionAsync("330381", "瑞安市", "330300", "county");
        await host.AddRegionAsync("330382", "乐清市", "330300", "county");
        return host;
    }

    /// <summary>Starts the server on the same data, after it ended.</summary>
    public async Task StartServerAsync(params string[] more) => Server = await ServerProcess.StartAsync(Data, "serve", ["--packs", packs, .. more]);

    public async Task AddRegionAsync(string id, string name, string parent, string kind) =>
        (await Server.Admin.PostAsJsonAsync("/api/regions", new { id, name, parent, kind })).EnsureSuccessStatusCode();

    /// <summary>Sends a report and waits for what becomes of it.</summary>
    public async Task<JsonNode> SendAsync(string text, string kind = "citizen", string? source = null, string? time = null)
    {
        var answer = await Server.Admin.PostAsJsonAsync("/api/reports?wait=5", new { text, sourceKind = kind, source, time });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["report"]!;
    }

    public async Task<JsonNode> IncidentAsync(JsonNode report) => await Server.GetAsync($"/api/incidents/{(string)report["incident"]!}");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        System.IO.Directory.Delete(packs, recursive: true);
        if (System.IO.Directory.Exists(Data))
        {
            System.IO.Directory.Delete(Data, recursive: true);
        }
    }
}
