using Jingwei.Server.Access;
using Jingwei.Server.Packs;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>Puts names to what incidents hold by id, and how their cases stand.</summary>
internal sealed class IncidentView(
    IncidentTypes types, IncidentRanking ranking, CaseFollowing cases, Regions regions, Parties parties, PackCatalog packs, Users users, Proposals proposals, IncidentBook book, TimeProvider time)
{
    /// <summary>The party and region that rights over an incident are checked against.</summary>
    public Scope ScopeOf(Incident incident) => new(parties.PathOf(incident.Party), regions.PathOf(incident.Region));

    public string RegionName(string region) => regions.Find(region)?.Name ?? region;

    /// <param name="rank">Its place among those that the caller may see.</param>
    public IncidentItem Item(Incident incident, int? rank = null, int? rankBefore = null)
    {
        var row = cases.RowOf(incident);
        var state = row?.State ?? packs.Current.CaseType(types.Find(incident.Type)?.Type.Case ?? "")?.Initial ?? "";
        return new IncidentItem(
            incident.Case, incident.Type, incident.Title, Text(incident, "class"), Text(incident, "kind"), incident.Facts.GetValueOrDefault("level")?.Number is { } level ? (int)level : null,
            incident.Severity, state, packs.Current.StateName(row?.Type ?? types.Find(incident.Type)?.Type.Case ?? "", state), incident.IsOpen, row?.Late ?? false,
            row?.Due is { } due ? Instant.ToTime(due) : null, row?.Assignee, row?.Assignee is { } assignee ? users.Find(assignee)?.Name ?? assignee : null,
            incident.Party, incident.Region, RegionName(incident.Region), incident.Position, Instant.ToTime(incident.First), Instant.ToTime(incident.Last), incident.Reports,
            incident.Moments.Select(moment => moment.Source).Distinct().Count(), Math.Round(incident.Risk, 1), Math.Round(ranking.Of(incident.Id)?.Heat ?? 0, 2), rank, rankBefore,
            IncidentRanking.Spark(incident, Instant.Of(time.GetUtcNow())), [.. incident.Facts.Values.Select(Fact)], proposals.CountOf(incident.Id),
            incident.Merged is { } into ? book.Find(into)?.Case : null, incident.Exercise);
    }

    private static string? Text(Incident incident, string fact) => incident.Facts.GetValueOrDefault(fact)?.Text;

    private static FactItem Fact(Statement statement) => new(statement.Fact, statement.Number, statement.Text, statement.Official, statement.By);
}
