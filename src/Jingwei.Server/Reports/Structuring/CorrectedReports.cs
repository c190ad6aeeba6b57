using System.Globalization;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Telemetry;
using Jingwei.Text;

namespace Jingwei.Server.Reports.Structuring;

/// <summary>A report that persons corrected, as training data of the text models.</summary>
/// <param name="Facts">What it states, as corrected.</param>
/// <param name="Corrected">The facts that persons changed.</param>
public sealed record TrainingLine(
    string Id, string Title, DateTimeOffset ReportTime, string Text, IReadOnlyList<StatedFact> Facts, IReadOnlyList<string> Corrected, IReadOnlyList<TextSpan> Spans);

/// <summary>Gives out what persons corrected.</summary>
internal sealed class CorrectedReports(Database database, ReportView view)
{
    public Page<TrainingLine> List(Caller caller, PageRequest page)
    {
        var before = long.TryParse(page.After, CultureInfo.InvariantCulture, out var seq) ? seq : long.MaxValue;
        var rows = database.Read(store => store.Query<ReportRow>(
            $"SELECT {ReportTables.Columns} FROM report WHERE seq < @before AND seq IN (SELECT report FROM report_correction) ORDER BY seq DESC LIMIT @limit",
            new { before, limit = page.Limit + 1 }).AsList());
        var shown = rows.Take(page.Limit).Where(row => caller.May(Right.Administer, view.ScopeOf(row))).Select(Line).ToList();
        return new(shown, rows.Count > page.Limit ? PageRequest.Encode(rows[page.Limit - 1].Seq.ToString(CultureInfo.InvariantCulture)) : null);
    }

    private static TrainingLine Line(ReportRow row)
    {
        var structure = ReportStructure.Parse(row.Structure);
        return new(
            row.Id, row.Title, Instant.ToTime(row.ReportedAt), row.Text, structure.Facts, [.. structure.Facts.Where(fact => fact.By is not null).Select(fact => fact.Fact)], structure.Spans);
    }
}
