using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Directory.Edits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Directory.Imports;

/// <summary>How a file is read.</summary>
/// <param name="File">Its name, for the history.</param>
/// <param name="Map">"column=field", as often as needed.</param>
public sealed record ImportQuery(
    [property: FromQuery] string? File, [property: FromQuery] string? Sheet, [property: FromQuery] string[]? Map,
    [property: FromQuery] string? Type, [property: FromQuery] string? Party, [property: FromQuery] string? Region);

/// <summary>What a file would do.</summary>
public sealed record ImportItem(
    string Id, string File, DateTimeOffset At, string Format, string? Encoding, string? Separator, IReadOnlyList<ImportColumn> Columns,
    int Rows, int Make, int Change, int Same, int Bad);

/// <summary>Things from a file: sent, looked at, written, and as an edit undone.</summary>
public static class ImportEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/imports", SendAsync).Requires(Right.Configure).WithMetadata(new BodyLimit(ImportLimits.Default.FileBytes))
            .WithSummary("Takes a CSV or Excel file of things and says what it would make and change; writes nothing.");
        routes.MapGet("/api/imports/{id}", Get).Requires(Right.Configure).WithSummary("A file that was sent.");
        routes.MapGet("/api/imports/{id}/rows", Rows).Requires(Right.Configure).WithSummary("Its rows, each with what it does or what is wrong; ?outcome= chooses.");
        routes.MapPost("/api/imports/{id}/apply", ApplyAsync).Requires(Right.Configure).WithSummary("Writes it; where rows are bad only with ?bad=leave.");
        routes.MapDelete("/api/imports/{id}", Forget).Requires(Right.Configure).WithSummary("Forgets a file that was not written.");
    }

    private static async Task<Results<Created<ImportItem>, ProblemHttpResult>> SendAsync(
        Caller caller, [AsParameters] ImportQuery query, HttpRequest request, Imports imports, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, cancellation);
        try
        {
            var file = query.File is { Length: > 0 and <= Ids.MaximumName } name ? name : "import";
            var import = imports.Read(
                caller, file, content.ToArray(), query.Sheet, query.Map ?? [], new(query.Type, query.Party, query.Region), ImportLimits.Default);
            return TypedResults.Created($"/api/imports/{import.Id}", Item(import));
        }
        catch (BadTableException fault)
        {
            return Problems.Invalid("bad-file", fault.Message);
        }
    }

    private static Results<Ok<ImportItem>, ProblemHttpResult> Get(Caller caller, string id, Imports imports) =>
        imports.Find(caller, id) is { } import ? TypedResults.Ok(Item(import)) : Problems.NotFound("import");

    private static Results<Ok<Page<ImportRow>>, ProblemHttpResult> Rows(Caller caller, string id, string? outcome, Imports imports, PageRequest page)
    {
        if (outcome is not null && !Enum.GetNames<RowOutcome>().Contains(outcome, StringComparer.OrdinalIgnoreCase))
        {
            return Problems.Invalid("bad-outcome", "outcome is one of make, change, same, bad.");
        }

        if (imports.Find(caller, id) is not { } import)
        {
            return Problems.NotFound("import");
        }

        // Row numbers as keys of equal length, which sort as text as they do as numbers.
        return TypedResults.Ok(Page.Cut(
            import.Rows.Where(row => outcome is null || row.Outcome.ToString().Equals(outcome, StringComparison.OrdinalIgnoreCase)), row => row.Row.ToString("D9", CultureInfo.InvariantCulture), page));
    }

    private static async Task<Results<Ok<EditItem>, ProblemHttpResult>> ApplyAsync(
        Caller caller, string id, string? bad, Imports imports, IHostApplicationLifetime lifetime)
    {
        if (imports.Find(caller, id) is not { } import)
        {
            return Problems.NotFound("import");
        }

        if (Item(import) is { Bad: > 0 } item && bad != "leave")
        {
            return Problems.Conflict("bad-rows", $"{item.Bad} rows have faults. Mend the file, or leave them out with bad=leave.");
        }

        // Who asks twice writes once.
        return imports.Forget(id) ? TypedResults.Ok(await imports.ApplyAsync(import, caller, lifetime.ApplicationStopping)) : Problems.NotFound("import");
    }

    private static Results<NoContent, ProblemHttpResult> Forget(Caller caller, string id, Imports imports) =>
        imports.Find(caller, id) is not null && imports.Forget(id) ? TypedResults.NoContent() : Problems.NotFound("import");

    private static ImportItem Item(PendingImport import)
    {
        int Count(RowOutcome outcome) => import.Rows.Count(row => row.Outcome == outcome);

        return new(
            import.Id, import.File, import.At, import.Table.Format, import.Table.Encoding, import.Table.Separator, import.Columns, import.Rows.Count,
            Count(RowOutcome.Make), Count(RowOutcome.Change), Count(RowOutcome.Same), Count(RowOutcome.Bad));
    }
}
