using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Cases;

/// <summary>The same over HTTP, with sign-in, rights, audit and names: what programs see.</summary>
public static class CasesOverHttp
{
    private const int CasesEach = 20;

    /// <summary>Durable transitions a second.</summary>
    public static async Task<double> RunAsync(int callers)
    {
        await using var server = new ServerUnderLoad(Layout.Server, Layout.Packs);
        await server.StartAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => OpenAsync(server.Api)));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(ids.Select(mine => MoveAsync(server.Api, mine)));
        return callers * CasesEach * 5 / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<List<string>> OpenAsync(HttpClient api)
    {
        var ids = new List<string>();
        for (var index = 0; index < CasesEach; index++)
        {
            var answer = await api.PostAsJsonAsync("/api/cases", new { type = "order", title = $"Load order {index}", severity = "blue" });
            ids.Add((string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["id"]!);
        }

        return ids;
    }

    private static async Task MoveAsync(HttpClient api, List<string> ids)
    {
        foreach (var id in ids)
        {
            foreach (var transition in new[] { "take", "finish", "reject", "finish", "close" })
            {
                (await api.PostAsJsonAsync($"/api/cases/{id}/transitions/{transition}", new { })).EnsureSuccessStatusCode();
            }
        }
    }
}
