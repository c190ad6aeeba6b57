using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Rules;

/// <summary>Which alarms a list is about.</summary>
/// <param name="State">open (raised or acknowledged), raised, acknowledged, suppressed or cleared; without it all.</param>
/// <param name="Type">Of things of this type or one that extends it.</param>
public sealed record AlarmQuery(
    [property: FromQuery] string? State, [property: FromQuery] string? Severity, [property: FromQuery] string? Thing,
    [property: FromQuery] string? Rule, [property: FromQuery] string? Type, [property: FromQuery] string? Party,
    [property: FromQuery] string? Region, [property: FromQuery] string? Parent);

public sealed record AcknowledgeRequest(string? Comment);

/// <summary>Alarms: list, see, acknowledge.</summary>
public static class AlarmEndpoints
{
    // A sentence or two for the next shift; longer words belong to a case.
    private const int MaximumComment = 2_000;

    public static void MapAlarmEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/alarms", List).Requires(Right.View).WithSummary("Alarms, newest first.");
        routes.MapGet("/api/alarms/{id:long}", Get).Requires(Right.View).WithSummary("An alarm with its cause.");
        routes.MapPost("/api/alarms/{id:long}/acknowledge", Acknowledge).Requires(Right.View).WithSummary("Acknowledges an alarm: somebody has seen it.");
    }

    private static Results<Ok<Page<AlarmItem>>, ProblemHttpResult> List(
        Caller caller, [AsParameters] AlarmQuery query, Alarms alarms, AlarmView view, Visible visible, PageRequest page)
    {
        AlarmState? state = null;
        if (query.State is { } stateText and not "open" && !TryParse(stateText, out state))
        {
            return Problems.Invalid("bad-state", "The state is open, raised, acknowledged, suppressed or cleared.");
        }

        Band? severity = null;
        if (query.Severity is { } severityText && !TryParse(severityText, out severity))
        {
            return Problems.Invalid("bad-severity", "The severity is red, orange, yellow or blue.");
        }

        var things = visible
            .Things(caller, new ThingFilter(query.Type, query.Party, query.Region, query.Parent, null))
            .Select(thing => thing.Id)
            .ToHashSet(StringComparer.Ordinal);
        var filter = new AlarmFilter(query.State == "open", state, severity, query.Thing, query.Rule, things.Contains);
        var before = long.TryParse(page.After, CultureInfo.InvariantCulture, out var last) ? last : (long?)null;
        var found = alarms.List(filter, before, page.Limit + 1);
        var items = found.Take(page.Limit).Select(view.Item).OfType<AlarmItem>().ToList();
        return TypedResults.Ok(new Page<AlarmItem>(items, found.Count > page.Limit ? PageRequest.Encode(found[page.Limit - 1].Id.ToString(CultureInfo.InvariantCulture)) : null));
    }

    private static Results<Ok<AlarmItem>, ProblemHttpResult> Get(Caller caller, long id, Alarms alarms, AlarmView view, Visible visible) =>
        alarms.Find(id) is { } alarm && visible.Thing(caller, alarm.Thing) is not null && view.Item(alarm) is { } item
            ? TypedResults.Ok(item)
            : Problems.NotFound("alarm");

    private static async Task<Results<Ok<AlarmItem>, ProblemHttpResult>> Acknowledge(
        Caller caller, long id, AcknowledgeRequest? request, Alarms alarms, AlarmView view, Visible visible, Things things,
        CancellationToken cancellation)
    {
        if (alarms.Find(id) is not { } alarm || visible.Thing(caller, alarm.Thing) is not { } thing)
        {
            return Problems.NotFound("alarm");
        }

        if (!caller.May(Right.Operate, things.ScopeOf(thing)))
        {
            return Problems.Forbidden("Acknowledging an alarm needs the right to operate its thing.");
        }

        if (request?.Comment?.Length > MaximumComment)
        {
            return Problems.Invalid("comment-too-long", $"A comment has at most {MaximumComment} characters.");
        }

        return await alarms.AcknowledgeAsync(id, caller.Id, request?.Comment, cancellation) is { } after && view.Item(after) is { } item
            ? TypedResults.Ok(item)
            : Problems.NotFound("alarm");
    }

    private static bool TryParse<T>(string text, out T? value) where T : struct, Enum
    {
        value = Enum.TryParse<T>(text, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) && !char.IsAsciiDigit(text[0]) ? parsed : null;
        return value is not null;
    }
}
