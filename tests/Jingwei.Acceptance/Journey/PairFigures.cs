using System.Globalization;
using System.Text.Json.Nodes;
using System.Web;

namespace Jingwei.Acceptance.Journey;

/// <summary>A report with what it is about, and the incident that the server made it a part of by itself.</summary>
/// <param name="Stories">What it is about: ids of the demonstration's stories; two where it speaks of two.</param>
internal sealed record TruthfulReport(string Id, string SourceKind, IReadOnlyList<string> Stories, string Incident);

/// <summary>How well the server joins reports: each bears its truth in the id that its sender gave it.</summary>
/// <param name="Right">Pairs of one story and one incident.</param>
/// <param name="Joined">Pairs of two stories in one incident.</param>
/// <param name="Split">Pairs of one story in two incidents.</param>
internal sealed record PairFigures(int Reports, int Stories, int Incidents, int Right, int Joined, int Split)
{
    public double Precision => (double)Right / (Right + Joined);

    public double Recall => (double)Right / (Right + Split);

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

    public static PairFigures Of(IReadOnlyList<TruthfulReport> reports)
    {
        var single = reports.Where(report => report.Stories.Count == 1).ToList();
        var (right, joined, split) = (0, 0, 0);
        for (var one = 0; one < single.Count; one++)
        {
            for (var other = one + 1; other < single.Count; other++)
            {
                var (same, together) = (single[one].Stories[0] == single[other].Stories[0], single[one].Incident == single[other].Incident);
                right += same && together ? 1 : 0;
                joined += !same && together ? 1 : 0;
                split += same && !together ? 1 : 0;
            }
        }

        return new(single.Count, single.DistinctBy(each => each.Stories[0]).Count(), single.DistinctBy(each => each.Incident).Count(), right, joined, split);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Reports} reports of {Stories} stories in {Incidents} incidents: pair precision {Precision:F3}, recall {Recall:F3} ({Right} right, {Joined} wrongly joined, {Split} split)");

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
