using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>Which incidents a list is about, as it is asked for.</summary>
/// <param name="Open">Default: true.</param>
/// <param name="Level">1 (gravest) to 4.</param>
/// <param name="Proposed">Whether another incident may be the same, and nobody decided.</param>
/// <param name="Q">Words that stand in title or number.</param>
/// <param name="Exercise">True: those of drills; default: those of real life.</param>
public sealed record IncidentQuery(
    [property: FromQuery] string? Type, [property: FromQuery] string? Class, [property: FromQuery] string? Kind, [property: FromQuery] int? Level, [property: FromQuery] string? Severity,
    [property: FromQuery] string? Region, [property: FromQuery] string? Party, [property: FromQuery] bool? Open, [property: FromQuery] bool? Late, [property: FromQuery] string? Assignee,
    [property: FromQuery] bool? Proposed, [property: FromQuery] string? Q, [property: FromQuery] bool? Exercise);

/// <summary>Lists incidents: those that are open by their heat, those that ended by when.</summary>
internal sealed class IncidentList(IncidentBook book, IncidentRanking ranking, IncidentView view, CaseFollowing cases, Proposals proposals, Regions regions, Parties parties)
{
    public Page<IncidentItem> Read(Caller caller, IncidentQuery query, PageRequest page)
    {
        var sees = Sight(caller);
        var after = int.TryParse(page.After, CultureInfo.InvariantCulture, out var seen) ? seen : 0;
        var found = query.Open is false
            ? book.All.Where(each => !each.IsOpen && each.Exercise == (query.Exercise ?? false) && sees(each) && Fits(query, each))
                .OrderByDescending(each => each.Closed).Skip(after).Take(page.Limit + 1).Select(each => view.Item(each)).ToList()
            : [.. Ranked(sees, query.Exercise ?? false).Where(each => Fits(query, each.Heat.Incident)).Skip(after).Take(page.Limit + 1).Select(each => view.Item(each.Heat.Incident, each.Rank, each.Before))];
        if (found.Count <= page.Limit)
        {
            return new(found, null);
        }

        found.RemoveAt(page.Limit);
        return new(found, PageRequest.Encode((after + page.Limit).ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The open incidents that a caller may see, with their ranks now and a day ago.</summary>
    public IEnumerable<(IncidentHeat Heat, int Rank, int? Before)> Ranked(Func<Incident, bool> sees, bool exercise)
    {
        var visible = ranking.Open.Where(each => each.Incident.Exercise == exercise && sees(each.Incident)).ToList();
        var before = visible.Where(each => each.Before is not null).OrderByDescending(each => each.Before).Select((each, place) => (each.Incident.Id, Rank: place + 1))
            .ToDictionary(each => each.Id, each => each.Rank);
        return visible.Select((each, place) => (each, place + 1, before.TryGetValue(each.Incident.Id, out var rank) ? rank : (int?)null));
    }

    /// <summary>Whether a caller may see an incident: each place is judged once.</summary>
    public Func<Incident, bool> Sight(Caller caller)
    {
        var known = new Dictionary<(string Party, string Region), bool>();
        return incident =>
        {
            if (!known.TryGetValue((incident.Party, incident.Region), out var sees))
            {
                known[(incident.Party, incident.Region)] = sees = caller.May(Right.View, view.ScopeOf(incident));
            }

            return sees;
        };
    }

    /// <summary>Whether a caller may see an incident, and it fits.</summary>
    public Func<Incident, bool> Narrowed(Caller caller, IncidentQuery query)
    {
        var sees = Sight(caller);
        return incident => incident.Exercise == (query.Exercise ?? false) && sees(incident) && Fits(query, incident);
    }

    private bool Fits(IncidentQuery query, Incident incident)
    {
        var row = query.Late is null && query.Assignee is null ? null : cases.RowOf(incident);
        return (query.Type is null || incident.Type == query.Type) &&
            (query.Class is null || incident.Text("class") == query.Class) &&
            (query.Kind is null || incident.Text("kind") == query.Kind) &&
            (query.Level is null || (int)incident.Number("level") == query.Level) &&
            (query.Severity is null || incident.Severity == Words.Of<Band>(query.Severity)) &&
            (query.Region is null || regions.PathOf(incident.Region).Covers(query.Region)) &&
            (query.Party is null || parties.PathOf(incident.Party).Covers(query.Party)) &&
            (query.Late is null || (row?.Late ?? false) == query.Late) &&
            (query.Assignee is null || row?.Assignee == query.Assignee) &&
            (query.Proposed is null || proposals.CountOf(incident.Id) > 0 == query.Proposed) &&
            (string.IsNullOrWhiteSpace(query.Q) || incident.Title.Contains(query.Q, StringComparison.OrdinalIgnoreCase) || incident.Case.Contains(query.Q, StringComparison.Ordinal));
    }
}
