using Jingwei.Server.Access;
using Jingwei.Server.Directory.Imports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Reports.Intake;

/// <summary>What a file of reports came to, or would come to.</summary>
/// <param name="Columns">Which column of the file each field was read from.</param>
/// <param name="Bad">Rows that are no reports, each with what is wrong.</param>
public sealed record UploadAnswer(
    string Format, string? Encoding, IReadOnlyDictionary<string, string> Columns, int Rows, int Taken, int Duplicates, IReadOnlyList<string> Bad, bool Written);

/// <summary>Reports from a CSV or Excel file.</summary>
internal static class UploadEndpoints
{
    private const int MostFaults = 1000;

    private static readonly ImportLimits Limits = ImportLimits.Default with { Rows = ReportLimits.Batch };

    public static void MapUploads(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/reports/upload", UploadAsync).Requires(Right.Operate).WithMetadata(new BodyLimit(Limits.FileBytes))
            .WithSummary("Takes reports out of a CSV or Excel file; with ?preview=true says what it would do; rows that are bad stop it, unless ?bad=leave.");

    private static async Task<Results<Ok<UploadAnswer>, ProblemHttpResult>> UploadAsync(
        Caller caller, bool? preview, string? bad, string? sheet, string? type, string? sourceKind, HttpRequest request, ReportCheck check, ReportIntake intake, Parties parties,
        CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, cancellation);
        var file = content.ToArray();
        try
        {
            var table = ExcelTable.IsOne(file) ? ExcelTable.Read(file, sheet, Limits) : CsvTable.Read(file, Limits);
            var columns = ReportTable.Columns(table);
            if (!columns.ContainsKey("text") && !columns.ContainsKey("title"))
            {
                return Problems.Invalid("bad-file", "No column is called text or title (内容, 标题).");
            }

            var faults = new List<string>();
            var zone = parties.ZoneOf(caller.Grants.IsEmpty ? Parties.Root : caller.Grants[0].Party);
            var reports = new List<NewReport>();
            foreach (var row in ReportTable.Read(table, columns, zone, faults))
            {
                var wrong = new List<string>();
                var asked = row.Request with { Type = type, SourceKind = row.Request.SourceKind ?? sourceKind };
                if (check.Check(caller, asked, ReportChannel.Upload, wrong) is { } report)
                {
                    reports.Add(report with { Original = row.Original });
                }

                faults.AddRange(wrong.Select(fault => $"row {row.Number}: {fault}"));
            }

            var named = columns.ToDictionary(column => column.Key, column => table.Head[column.Value], StringComparer.Ordinal);
            if (preview is true || (faults.Count > 0 && bad != "leave"))
            {
                var would = new UploadAnswer(table.Format, table.Encoding, named, table.Rows.Count, reports.Count, 0, [.. faults.Take(MostFaults)], false);
                return preview is true ? TypedResults.Ok(would) : Problems.Invalid("bad-rows", "Nothing was taken in: mend the rows, or leave them out with bad=leave.", would.Bad);
            }

            var duplicates = intake.Receive(caller, reports)!.Count(receipt => receipt.Duplicate);
            return TypedResults.Ok(new UploadAnswer(
                table.Format, table.Encoding, named, table.Rows.Count, reports.Count - duplicates, duplicates, [.. faults.Take(MostFaults)], true));
        }
        catch (BadTableException fault)
        {
            return Problems.Invalid("bad-file", fault.Message);
        }
        catch (ReportsFullException full)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "reports-full", "No more reports are taken in now.", full.Message);
        }
    }
}
