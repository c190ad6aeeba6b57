using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jingwei.Server.Access;
using Jingwei.Server.Devices.Commanding;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Telemetry.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Telemetry.Twin;

/// <summary>What is wanted of a thing, what it says, and where the two differ.</summary>
/// <param name="Reported">The newest values of the properties that something is wanted of.</param>
/// <param name="Difference">Those whose newest value is another, or that were never reported.</param>
public sealed record ThingTwin(DesiredState Desired, IReadOnlyDictionary<string, LatestItem> Reported, IReadOnlyList<string> Difference);

public sealed record DesiredChange(JsonObject? Values);

/// <summary>Desired against reported state.</summary>
internal static class TwinEndpoints
{
    public static void MapTwin(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/things/{id}/twin", Get).Requires(Right.View).WithSummary("What is wanted of a thing's properties, what it reported, and the difference.");
        routes.MapPatch("/api/things/{id}/twin", ChangeAsync).Requires(Right.Operate).WithSummary("Says what properties of a thing should be; null takes a wish back; takes If-Match.");
    }

    private static Results<Ok<ThingTwin>, ProblemHttpResult> Get(Caller caller, string id, Visible visible, Desired desired, SeriesRegistry series, HttpContext context) =>
        visible.Thing(caller, id) is null ? Problems.NotFound("thing") : TypedResults.Ok(Twin(id, desired.Of(id), series, context));

    private static async Task<Results<Ok<ThingTwin>, ProblemHttpResult>> ChangeAsync(
        Caller caller, string id, DesiredChange request, Visible visible, Things things, PackCatalog packs, Desired desired, SeriesRegistry series,
        HttpContext context, CancellationToken cancellation)
    {
        if (visible.Thing(caller, id) is not { } thing)
        {
            return Problems.NotFound("thing");
        }

        if (!caller.May(Right.Operate, things.ScopeOf(thing)))
        {
            return Problems.Forbidden("Your grants over this thing do not go that far.");
        }

        if (request.Values is not { Count: > 0 } values || values.ToJsonString().Length > CommandLimits.Parameters)
        {
            return Problems.Invalid("bad-values", $"values: an object by property, of at most {CommandLimits.Parameters} characters of JSON.");
        }

        if (CommandParameters.Faults(packs.Current.Type(thing.Type)?.Properties ?? [], values) is { Count: > 0 } faults)
        {
            return Problems.Invalid("bad-values", string.Join(' ', faults), faults);
        }

        return await desired.ChangeAsync(id, values, Seen(context), caller.Id, cancellation) is { } state
            ? TypedResults.Ok(Twin(id, state, series, context))
            : Problems.Stale();
    }

    private static ThingTwin Twin(string id, DesiredState desired, SeriesRegistry series, HttpContext context)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{desired.Version}\"");
        var reported = new SortedDictionary<string, LatestItem>(StringComparer.Ordinal);
        foreach (var one in series.OfThing(id))
        {
            if (desired.Values.ContainsKey(one.PropertyId) && one.Latest is { } latest)
            {
                reported[one.PropertyId] = LatestEndpoints.Item(latest);
            }
        }

        return new(desired, reported, [.. desired.Values.Where(wanted => !(reported.TryGetValue(wanted.Key, out var found) && Same(wanted.Value!, found.Value))).Select(wanted => wanted.Key)]);
    }

    private static bool Same(JsonNode wanted, object reported) => reported switch
    {
        double number => wanted.GetValueKind() == JsonValueKind.Number && wanted.GetValue<JsonElement>().GetDouble() == number,
        bool flag => wanted.GetValueKind() == (flag ? JsonValueKind.True : JsonValueKind.False),
        string text => wanted.GetValueKind() == JsonValueKind.String && wanted.GetValue<string>() == text,
        Place place => wanted is JsonArray { Count: 2 } pair && pair[0]!.GetValue<JsonElement>().GetDouble() == place.Lon && pair[1]!.GetValue<JsonElement>().GetDouble() == place.Lat,
        _ => false,
    };

    private static long? Seen(HttpContext context)
    {
        var asked = context.Request.Headers.IfMatch.ToString().Trim().Trim('"');
        return asked is "" or "*" ? null : long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
    }
}
