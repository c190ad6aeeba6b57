using System.Text.Json;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Directory.Layers;
using Jingwei.Server.Reports.Settling;
using Jingwei.Server.Reports.Structuring;
using Jingwei.Server.Reports.Warnings;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>All that is to be said of one incident: why its risk, its heat, its merges; who says what; what is near.</summary>
internal sealed class IncidentDetails(
    Database database, IncidentBook book, IncidentView view, IncidentList list, IncidentTypes types, IncidentScoring scoring, IncidentRanking ranking, IncidentMatching matching,
    IncidentChanges changes, Proposals proposals, WarningBook warnings, Layers layers, TimeProvider time)
{
    private const int MostNear = 5;
    private const int MostHistory = 5;

    public IncidentDetail Read(Caller caller, Incident incident)
    {
        var now = Instant.Of(time.GetUtcNow());
        var formulas = types.Find(incident.Type);
        var sees = list.Sight(caller);
        var (_, rank, before) = list.Ranked(sees, incident.Exercise).FirstOrDefault(each => each.Heat.Incident.Id == incident.Id);
        var (volume, acceleration) = formulas?.Volume(incident, now) ?? default;
        return new IncidentDetail(
            view.Item(incident, rank == 0 ? null : rank, before),
            [
                .. incident.Parts.Select(part => (part, Declared: formulas?.Type.Risk.FirstOrDefault(each => each.Id == part.Part)))
                    .Select(each => new RiskItem(
                        each.part.Part, each.Declared?.Name ?? Label.Of(each.part.Part), each.part.Weight, each.part.Value, Math.Round(each.part.Points, 1), each.Declared?.Value)),
            ],
            formulas?.Type.Severity ?? "",
            incident.SeverityByHand,
            scoring.Inputs(incident, warnings.GravestAt(incident.Region, now), now),
            Statements(incident),
            [.. proposals.Of(incident.Id).Select(each => Proposal(each, sees)).OfType<ProposalItem>()],
            History(incident, sees),
            Near(incident),
            new HeatItem(formulas?.Type.Heat ?? "", formulas?.Type.HalfLife ?? default, Math.Round(volume, 2), Math.Round(acceleration, 3), incident.Risk, ranking.Of(incident.Id)?.Heat ?? 0));
    }

    // By fact; what goes comes first, then as it would go if that were not there.
    private List<StatementItem> Statements(Incident incident)
    {
        var type = types.Find(incident.Type)?.Type;
        var stated = new List<(Statement Statement, ReportRow Row)>();
        foreach (var row in changes.Rows(incident.Id))
        {
            var kind = type?.SourceKind(row.SourceKind) ?? type?.SourceKind(type.Source);
            if (kind is not null)
            {
                stated.AddRange(ReportEvidence.Of(row, ReportStructure.Parse(row.Structure), kind).Statements.Select(each => (each, row)));
            }
        }

        return
        [
            .. stated.GroupBy(each => each.Statement.Fact, StringComparer.Ordinal).SelectMany(fact => fact
                .Order(Comparer<(Statement Statement, ReportRow Row)>.Create(static (one, other) => one.Statement.Precedes(other.Statement) ? -1 : other.Statement.Precedes(one.Statement) ? 1 : 0))
                .Select((each, place) => new StatementItem(
                    each.Statement.Fact, each.Statement.Number, each.Statement.Text, each.Row.Id, each.Row.SourceKind, type?.SourceKind(each.Row.SourceKind)?.Name ?? Label.Of(each.Row.SourceKind),
                    each.Row.Source, each.Statement.Official, Instant.ToTime(each.Statement.At), each.Statement.By, place == 0))),
        ];
    }

    private ProposalItem? Proposal((long Other, double Score, string Why) proposal, Func<Incident, bool> sees) =>
        book.Find(proposal.Other) is { Merged: null } other && sees(other)
            ? new(other.Case, other.Title, proposal.Score, JsonSerializer.Deserialize<Likeness>(proposal.Why, JsonSerializerOptions.Web)!, other.IsOpen)
            : null;

    // Those that are like it and ended: what was done then may help now.
    private List<ProposalItem> History(Incident incident, Func<Incident, bool> sees)
    {
        var first = database.Read(store => store.ExecuteScalar<byte[]?>(
            "SELECT profile FROM report_profile WHERE seq = (SELECT min(seq) FROM report WHERE incident = @Id)", incident));
        return first is null || IncidentMatching.Read(first) is not { } profile
            ? []
            :
            [
                .. matching.Like(incident.Type, incident.Party, incident.Exercise, profile, book.Find)
                    .Where(each => each.Incident.Id != incident.Id && !each.Incident.IsOpen && sees(each.Incident)).Take(MostHistory)
                    .Select(each => new ProposalItem(each.Incident.Case, each.Incident.Title, each.Likeness.Score, Likeness.Of(each.Report, each.Likeness), false)),
            ];
    }

    private List<NearItem> Near(Incident incident) => incident.Position is not { } place || types.Find(incident.Type) is not { Type: var type }
        ? []
        :
        [
            .. type.Layers.SelectMany(layer => layers.Nearest(layer.Id, place, MostNear)
                .Where(near => near.Kilometres <= (layer.Radius ?? (layer.Resource ? double.PositiveInfinity : 0)))
                .Select(near => new NearItem(layer.Id, layer.Name, near.Feature.Name, near.Feature.Position!, Math.Round(near.Kilometres, 2), near.Feature.Value, near.Feature.Contact, layer.Resource))),
        ];
}
