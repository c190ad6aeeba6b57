using System.Text.Json.Nodes;
using System.Web;

namespace Jingwei.Acceptance.Journey;

/// <summary>A report with what it is about, and the incident that the server made it a part of by itself.</summary>
/// <param name="Stories">What it is about: ids of the demonstration's stories; two where it speaks of two.</param>
internal sealed record TruthfulReport(string Id, string SourceKind, IReadOnlyList<string> Stories, string Incident);

/// <summary>Reads what the demonstration told, with what it is about: each bears its truth in the id that its sender gave it.</summary>
internal static class TruthfulReports
{
    /// <summary>The reports of the demonstration, with their truths. What a person moved or merged later does not count.</summary>
    public static async Task<IReadOnlyList<TruthfulReport>> ReadAsync(ServerProcess server)
    {
        var reports = new List<TruthfulReport>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await server.GetAsync($"/api/reports?limit=200&cursor={cursor}");
            foreach (var item in page["items"]!.AsArray())
            {
                var id = (string)item!["id"]!;
                if (await TruthAsync(server, id, (string)item["channel"]!) is { } stories)
                {
                    var detail = await server.GetAsync($"/api/reports/{id}");
                    if (detail["decisions"]!.AsArray() is [{ } first, ..])
                    {
                        reports.Add(new(id, (string)item["sourceKind"]!, stories, (string)first["to"]!));
                    }
                }
            }

            cursor = (string?)page["next"];
        }

        return reports;
    }

    // "20261129T060000/story.3", wherever the way by which the report came keeps the sender's id; null for what the demonstration did not tell.
    private static async Task<IReadOnlyList<string>?> TruthAsync(ServerProcess server, string id, string channel)
    {
        var original = await server.Admin.GetStringAsync($"/api/reports/{id}/original");
        var external = channel switch
        {
            "form" => HttpUtility.ParseQueryString(original)["external"],
            "open311" => HttpUtility.ParseQueryString(original)["device_id"],
            "upload" => (string?)JsonNode.Parse(original)!["编号"],
            "feed" => (string?)JsonNode.Parse(original)!["id"],
            "api" => (string?)JsonNode.Parse(original)!["external"],
            _ => null,
        };
        return external?.LastIndexOf('/') is > 0 and var slash ? external[(slash + 1)..external.LastIndexOf('.')].Split('+') : null;
    }
}
