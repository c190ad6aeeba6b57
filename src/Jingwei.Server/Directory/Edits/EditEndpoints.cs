using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Directory.Edits;

/// <param name="Edit">What was written; null for a preview, or when nothing was to be written.</param>
public sealed record SelectionAnswer(EditItem? Edit, IReadOnlyList<SelectionItem> Items);

/// <param name="Edit">The edit that took back; null for a preview.</param>
/// <param name="TakesBack">Things that are, or would be, taken back.</param>
public sealed record UndoAnswer(EditItem? Edit, int TakesBack, IReadOnlyList<UndoObstacle> Obstacles);

/// <summary>Many things changed in one go, and undone in one go.</summary>
public static class EditEndpoints
{
    // What an answer names; the number of all is told.
    private const int MostObstacles = 200;

    public static void MapEdits(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/things/edit", EditAsync).Requires(Right.Configure).WithSummary("Changes the same of many things; with ?preview=true says what it would do to each.");
        routes.MapGet("/api/edits", List).Requires(Right.Configure).WithSummary("The caller's edits, newest first; everybody's for who administers everything.");
        routes.MapGet("/api/edits/{id}", Get).Requires(Right.Configure).WithSummary("An edit.");
        routes.MapGet("/api/edits/{id}/changes", Changes).Requires(Right.Configure).WithSummary("What an edit did, the last first.");
        routes.MapPost("/api/edits/{id}/undo", UndoAsync).Requires(Right.Configure)
            .WithSummary("Takes an edit back where nobody changed anything since; ?preview=true says what stands in the way, ?partial=true leaves that.");
    }

    private static async Task<Results<Ok<SelectionAnswer>, ProblemHttpResult>> EditAsync(
        Caller caller, SelectionRequest request, bool? preview, SelectionEdit selection, Edits edits, Visible visible, IHostApplicationLifetime lifetime)
    {
        if (Fault(caller, request, visible) is { } fault)
        {
            return fault;
        }

        var plan = selection.Plan(request, caller);
        var writes = plan.Select(each => each.Write).OfType<ThingWrite>().ToList();
        if (preview is true || writes.Count == 0)
        {
            return TypedResults.Ok(new SelectionAnswer(null, [.. plan.Select(each => each.Item)]));
        }

        var edit = await edits.RunAsync(EditKind.Selection, NameOf(request.Set!), caller, writes, null, lifetime.ApplicationStopping);
        var failed = edit.Failures.ToDictionary(failure => failure.Thing, StringComparer.Ordinal);
        return TypedResults.Ok(new SelectionAnswer(edit, [.. plan.Select(each => failed.TryGetValue(each.Item.Thing, out var failure)
            ? each.Item with { Outcome = "refused", Code = failure.Code, Detail = failure.Detail, Fields = [] }
            : each.Item)]));
    }

    private static ProblemHttpResult? Fault(Caller caller, SelectionRequest request, Visible visible)
    {
        if (request.Things is not { Count: > 0 and <= SelectionEdit.Most })
        {
            return Problems.Invalid("bad-things", $"things names 1 to {SelectionEdit.Most} things.");
        }

        if (request.Set is not { } set || set == new SelectionChange(null, null, null, null, null))
        {
            return Problems.Invalid("bad-set", "set says what to change: party, region, parent, gateway or name.");
        }

        return set.Name is { } pattern && NamePattern.Fault(pattern) is { } fault ? Problems.Invalid("bad-name", fault)
            : set.Parent is { Length: > 0 } parent && visible.Thing(caller, parent) is null ? Problems.Invalid("unknown-parent", $"There is no thing \"{parent}\" to be part of.")
            : set.Gateway is { Length: > 0 } gateway && visible.Thing(caller, gateway) is null ? Problems.Invalid("unknown-gateway", $"There is no gateway \"{gateway}\".")
            : null;
    }

    private static string NameOf(SelectionChange set) => string.Join(", ", new[]
    {
        set.Party is null ? null : $"party = {set.Party}",
        set.Region is null ? null : $"region = {set.Region}",
        set.Parent is null ? null : $"parent = {set.Parent}",
        set.Gateway is null ? null : $"gateway = {set.Gateway}",
        set.Name is null ? null : $"name = {set.Name}",
    }.OfType<string>());

    private static Ok<Page<EditItem>> List(Caller caller, Edits edits, PageRequest page)
    {
        var items = edits.List(caller.May(Right.Administer, Scope.Everything) ? null : caller.Actor, page.After, page.Limit + 1);
        return TypedResults.Ok(items.Count <= page.Limit
            ? new Page<EditItem>(items, null)
            : new Page<EditItem>([.. items.Take(page.Limit)], PageRequest.Encode(items[page.Limit - 1].Id)));
    }

    private static Results<Ok<EditItem>, ProblemHttpResult> Get(Caller caller, string id, Edits edits) =>
        Find(caller, id, edits) is { } edit ? TypedResults.Ok(edit) : Problems.NotFound("edit");

    private static Results<Ok<Page<ThingEntry>>, ProblemHttpResult> Changes(
        Caller caller, string id, Edits edits, ThingHistory history, Things things, Visible visible, PageRequest page)
    {
        if (Find(caller, id, edits) is null)
        {
            return Problems.NotFound("edit");
        }

        var cut = ThingHistoryEndpoints.Cut(page, (before, limit) => history.OfEdit(id, before, limit));
        // Things may have gone out of his sight since; those that are removed are in nobody's.
        return TypedResults.Ok(cut with { Items = [.. cut.Items.Where(entry => !things.TryGet(entry.Thing, out var thing) || visible.May(caller, thing))] });
    }

    private static async Task<Results<Ok<UndoAnswer>, ProblemHttpResult>> UndoAsync(
        Caller caller, string id, bool? preview, bool? partial, Edits edits, EditUndo undo, IHostApplicationLifetime lifetime)
    {
        if (Find(caller, id, edits) is not { } edit)
        {
            return Problems.NotFound("edit");
        }

        if (edit.Kind == EditKind.Undo || edit.State is EditState.Running or EditState.Undone)
        {
            return Problems.Conflict("not-undoable", edit.Kind == EditKind.Undo ? "An undo is not undone; do the change again." : "It runs still, or is undone already.");
        }

        var (writes, obstacles) = undo.Plan(edit, caller);
        var shown = new UndoAnswer(null, writes.Count, [.. obstacles.Take(MostObstacles)]);
        if (preview is true)
        {
            return TypedResults.Ok(shown);
        }

        if (obstacles.Count > 0 && partial is not true)
        {
            return Problems.Conflict(
                "in-the-way", $"{obstacles.Count} things stand in the way; nothing was undone. With partial=true the others are.", shown);
        }

        var done = await edits.RunAsync(EditKind.Undo, edit.Name, caller, writes, edit.Id, lifetime.ApplicationStopping);
        return TypedResults.Ok(shown with { Edit = done });
    }

    private static EditItem? Find(Caller caller, string id, Edits edits) =>
        edits.Find(id) is { } edit && (edit.Actor == caller.Actor || caller.May(Right.Administer, Scope.Everything)) ? edit : null;
}
