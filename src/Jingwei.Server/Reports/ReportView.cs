using System.Globalization;
using System.Text.Json;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Reports.Incidents;
using Jingwei.Server.Reports.Settling;
using Jingwei.Server.Reports.Structuring;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports;

/// <summary>Which reports a list is about; what is null does not narrow it.</summary>
public sealed record ReportFilter(
    string? Type, string? Incident, ReportState? State, ReportChannel? Channel, string? SourceKind, string? Q, string? Party, string? Region, DateTimeOffset? From, DateTimeOffset? To,
    bool Exercise);

/// <summary>Reads reports, and puts names to what they hold by id.</summary>
internal sealed class ReportView(Database database, IncidentBook book, IncidentTypes types, Regions regions, Parties parties)
{
    // As much as two lines of a list hold.
    private const int Beginning = 160;

    /// <summary>The party and region that rights over a report are checked against.</summary>
    public Scope ScopeOf(ReportRow row) => new(parties.PathOf(row.Party), regions.PathOf(row.Scope));

    /// <summary>A report; null when there is none or the caller may not see it.</summary>
    public ReportRow? Find(Caller caller, string id) => database.Read(store =>
        store.QueryFirstOrDefault<ReportRow>($"SELECT {ReportTables.Columns} FROM report WHERE id = @id", new { id }) is { } row && caller.May(Right.View, ScopeOf(row)) ? row : null);

    /// <summary>A page of the reports that the caller may see and that fit, newest first.</summary>
    public Page<ReportItem> List(Caller caller, ReportFilter filter, PageRequest page) => database.Read(store =>
    {
        var incident = filter.Incident is { } @case ? book.OfCase(@case)?.Id ?? store.ExecuteScalar<long?>("SELECT id FROM incident WHERE \"case\" = @case", new { @case }) ?? -1 : (long?)null;
        var scopes = store.Query<(string Party, string Scope)>("SELECT DISTINCT party, scope FROM report").Where(each => Shows(caller, each.Party, each.Scope, filter));
        var rows = store.Query<ReportRow>(
            $"""
            SELECT {ReportTables.Columns} FROM report
            WHERE (@before IS NULL OR seq < @before) AND (@Type IS NULL OR type = @Type) AND (@incident IS NULL OR incident = @incident) AND (@State IS NULL OR state = @State)
                AND (@Channel IS NULL OR channel = @Channel) AND (@SourceKind IS NULL OR source_kind = @SourceKind) AND exercise = @Exercise
                AND (@from IS NULL OR reported_at >= @from) AND (@to IS NULL OR reported_at < @to)
                AND (@Q IS NULL OR instr(title, @Q) > 0 OR instr(text, @Q) > 0 OR instr(source, @Q) > 0)
                AND party || '/' || scope IN (SELECT value FROM json_each(@scopes))
            ORDER BY seq DESC LIMIT @limit
            """,
            new
            {
                before = long.TryParse(page.After, CultureInfo.InvariantCulture, out var before) ? before : (long?)null,
                filter.Type,
                incident,
                State = (int?)filter.State,
                Channel = (int?)filter.Channel,
                filter.SourceKind,
                filter.Q,
                filter.Exercise,
                from = filter.From is { } from ? Instant.Of(from) : (long?)null,
                to = filter.To is { } to ? Instant.Of(to) : (long?)null,
                scopes = JsonSerializer.Serialize(scopes.Select(each => $"{each.Party}/{each.Scope}")),
                limit = page.Limit + 1,
            }).AsList();
        var more = rows.Count > page.Limit;
        var items = rows.Take(page.Limit).Select(Item).ToList();
        return new Page<ReportItem>(items, more ? PageRequest.Encode(rows[page.Limit - 1].Seq.ToString(CultureInfo.InvariantCulture)) : null);
    });

    public ReportItem Item(ReportRow row) => new(
        row.Id, row.Type, (ReportState)row.State, (ReportChannel)row.Channel, row.SourceKind, SourceName(row.Type, row.SourceKind), row.Source, row.Title,
        row.Text.Length > Beginning ? row.Text[..Beginning] : row.Text, Instant.ToTime(row.ReportedAt), Instant.ToTime(row.ReceivedAt), row.Place, LonLat.Of(row.Lon, row.Lat),
        row.Party, row.Scope, regions.Find(row.Scope)?.Name ?? row.Scope, row.Incident is { } incident ? CaseOf(incident) : null, (Joining?)row.How, row.Score, row.Exercise != 0, row.Link, row.Actor);

    public ReportDetail Detail(ReportRow row) => database.Read(store =>
    {
        var (why, reason) = WhyOf(row);
        return new ReportDetail(
            Item(row),
            row.Text,
            ReportStructure.Parse(row.Structure),
            why,
            why is { With: var with } ? store.ExecuteScalar<string?>("SELECT id FROM report WHERE seq = @with", new { with }) : null,
            reason,
            Files(row.Seq),
            [
                .. store.Query<DecisionRow>("""SELECT at, actor, "from", "to", how, score, reason FROM report_decision WHERE report = @Seq ORDER BY position""", row)
                    .Select(each => new DecisionItem(
                        Instant.ToTime(each.At), each.Actor, each.From is { } from ? CaseOf(from) : null, CaseOf(each.To) ?? "", (Joining)each.How, each.Score, each.Reason)),
            ],
            [
                .. store.Query<CorrectionRow>("SELECT at, actor, fact, was, now FROM report_correction WHERE report = @Seq ORDER BY position", row)
                    .Select(each => new CorrectionItem(Instant.ToTime(each.At), each.Actor, each.Fact, each.Was, each.Now)),
            ],
            store.QuerySingle<OriginalItem>("SELECT media_type AS MediaType, length(body) AS Bytes FROM report_original WHERE seq = @Seq", row));
    });

    /// <summary>The files of a report, in their order.</summary>
    public IReadOnlyList<ReportFile> Files(long seq) => database.Read(store =>
        store.Query<ReportFile>("SELECT hash, name, media_type AS MediaType, bytes FROM report_file WHERE seq = @seq ORDER BY place", new { seq }).AsList());

    /// <summary>A report as it came.</summary>
    public ReportOriginal Original(long seq) => database.Read(store =>
        store.QuerySingle<ReportOriginal>("SELECT media_type AS MediaType, body FROM report_original WHERE seq = @seq", new { seq }));

    public Label SourceName(string type, string kind) => types.Find(type)?.Type.SourceKind(kind)?.Name ?? Label.Of(kind);

    private static (Likeness? Why, string? Reason) WhyOf(ReportRow row) => row.Why is null
        ? (null, null)
        : (ReportState)row.State == ReportState.SetAside
            ? (null, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Why)!.GetValueOrDefault("reason"))
            : (JsonSerializer.Deserialize<Likeness>(row.Why, JsonSerializerOptions.Web), null);

    private string? CaseOf(long incident) =>
        book.Find(incident)?.Case ?? database.Read(store => store.ExecuteScalar<string?>("SELECT \"case\" FROM incident WHERE id = @incident", new { incident }));

    private bool Shows(Caller caller, string party, string region, ReportFilter filter)
    {
        var scope = new Scope(parties.PathOf(party), regions.PathOf(region));
        return caller.May(Right.View, scope) && (filter.Party is null || scope.PartyPath.Covers(filter.Party)) && (filter.Region is null || scope.RegionPath.Covers(filter.Region));
    }

    private sealed record DecisionRow(long At, string Actor, long? From, long To, long How, double? Score, string? Reason);

    private sealed record CorrectionRow(long At, string Actor, string Fact, string? Was, string? Now);
}
