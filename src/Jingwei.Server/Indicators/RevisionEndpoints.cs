using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Indicators;

/// <summary>A figure at one side of a change.</summary>
public sealed record FigureItem(double? Value, Band? Band, string? Definition);

/// <summary>An input that came to another figure.</summary>
public sealed record InputChangeItem(string Input, Label Name, double? Old, double? New);

/// <summary>Why a figure changed.</summary>
/// <param name="Thing">Empty where the caller may not see it, null for several.</param>
/// <param name="Versions">For one reading: every value that arrived for its time; the last one counts.</param>
public sealed record CauseItem(
    RevisionKind Kind, string? Thing, string? ThingName, string? Property, Label? PropertyName, DateTimeOffset From, DateTimeOffset To, long Readings,
    DateTimeOffset Arrived, IReadOnlyList<ReadingVersion> Versions);

/// <summary>A change of a figure that stood.</summary>
public sealed record RevisionItem(
    string Id, WindowItem? Window, long Version, FigureItem Old, FigureItem New, IReadOnlyList<InputChangeItem> Inputs, CauseItem? Cause, DateTimeOffset At);

/// <summary>How figures changed after they stood.</summary>
public static class RevisionEndpoints
{
    // Changes of one page whose reading is looked up in the engine: a screenful.
    private const int MostLookedUp = 20;

    public static void MapRevisions(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/indicators/{indicator}/{thing}/revisions", ListAsync).Requires(Right.View).WithSummary("The changes of an indicator's values after they stood, newest first.");

    private static async Task<Results<Ok<Page<RevisionItem>>, ProblemHttpResult>> ListAsync(
        Caller caller, string indicator, string thing, DateTimeOffset? from, DateTimeOffset? to, Subjects subjects, IndicatorHistory history, IndicatorView view,
        PackCatalog packs, ReadingsBehind behind, Visible visible, PageRequest page)
    {
        if (subjects.Visible(caller, thing) is null)
        {
            return Problems.NotFound("thing");
        }

        if (packs.Current.Indicator(indicator) is not { } declared)
        {
            return Problems.NotFound("indicator");
        }

        var before = long.TryParse(page.After, CultureInfo.InvariantCulture, out var last) ? last : (long?)null;
        var (first, end) = (from is { } start ? Instant.Of(start) : long.MinValue, to is { } stop ? Instant.Of(stop) : long.MaxValue);
        var found = history.Revisions(indicator, thing, first, end, before, page.Limit + 1);
        var items = new List<RevisionItem>();
        foreach (var revision in found.Take(page.Limit))
        {
            var cause = revision.Cause is { } known
                ? await CauseAsync(known, visible.Thing(caller, known.Thing ?? ""), packs, items.Count < MostLookedUp ? behind : null)
                : null;
            items.Add(Item(revision, declared, cause, view));
        }

        return TypedResults.Ok(new Page<RevisionItem>(
            items, found.Count > page.Limit ? PageRequest.Encode(found[page.Limit - 1].Id.ToString(CultureInfo.InvariantCulture)) : null));
    }

    private static RevisionItem Item(Revision revision, Indicator declared, CauseItem? cause, IndicatorView view) => new(
        revision.Id.ToString(CultureInfo.InvariantCulture),
        view.Window(declared, revision.Window, complete: true),
        revision.Version,
        new FigureItem(revision.OldValue, revision.OldBand, revision.OldDefinition),
        new FigureItem(revision.NewValue, revision.NewBand, revision.NewDefinition),
        [.. revision.Inputs.Select(input => new InputChangeItem(
            input.Input, declared.Inputs.FirstOrDefault(each => each.Id == input.Input)?.Name ?? Label.Of(input.Input), input.Old, input.New))],
        cause,
        revision.At);

    private static async Task<CauseItem> CauseAsync(RevisionCause cause, Thing? thing, PackCatalog packs, ReadingsBehind? behind)
    {
        var isOne = cause is { Readings: 1, Property: not null } && thing is not null;
        var property = thing is null || cause.Property is null ? null : packs.Current.Type(thing.Type)?.Property(cause.Property);
        return new CauseItem(
            cause.Kind, cause.Thing is null ? null : thing?.Id ?? "", thing?.Name, thing is null ? null : cause.Property, property?.Name,
            Instant.ToTime(cause.From), Instant.ToTime(cause.To), cause.Readings, Instant.ToTime(cause.Arrived),
            isOne && behind is not null ? await behind.VersionsAsync(thing!.Id, cause.Property!, cause.From) : []);
    }
}
