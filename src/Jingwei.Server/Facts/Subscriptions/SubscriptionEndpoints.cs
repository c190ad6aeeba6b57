using System.Text.Json.Serialization;
using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Identifiers.Epcis.Reading;
using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Server.Access;
using Jingwei.Server.Facts.Capture;
using Jingwei.Server.Facts.Queries;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Subscriptions;

/// <summary>What a subscriber asks for.</summary>
internal sealed record SubscriptionRequest(string? Dest, string? SignatureToken, bool? ReportIfEmpty, string? InitialRecordTime, bool? Stream, QuerySchedule? Schedule);

/// <summary>A subscription as it is told: without its secret.</summary>
/// <param name="EpcFormat">How EPCs are told, as the header GS1-EPC-Format names it.</param>
/// <param name="LastFault">Why the last attempt failed; null where it did not.</param>
internal sealed record SubscriptionItem(
    [property: JsonPropertyName("subscriptionID")] string Id, string QueryName, string Dest, DateTimeOffset CreatedAt, DateTimeOffset? LastNotifiedAt, DateTimeOffset? InitialRecordTime,
    bool ReportIfEmpty, string EpcFormat, bool? Stream, QuerySchedule? Schedule, int Failures, string? LastFault);

/// <summary>Standing queries: by webhook, and over a WebSocket at the query's events (EPCIS 2.0, 12.7.1.3 and 12.7.1.4).</summary>
internal static class SubscriptionEndpoints
{
    /// <summary>Most subscriptions of the installation.</summary>
    private const long MostSubscriptions = 10_000;

    private const int LongestToken = 512;

    public static void MapSubscriptions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/queries/{name}/subscriptions", Add).Requires(Right.Operate).Produces<SubscriptionItem>(StatusCodes.Status201Created)
            .WithSummary("Subscribes an address to a named query: `{\"dest\", \"signatureToken\", \"stream\": true}`, or with `schedule` in place of `stream`.");
        routes.MapGet("/queries/{name}/subscriptions", List).Requires(Right.View).Produces<IReadOnlyList<SubscriptionItem>>().WithSummary("The subscriptions of a named query.");
        routes.MapGet("/queries/{name}/subscriptions/{id}", (Caller caller, string id, HttpContext context, SubscriptionBook book, FactRights rights) =>
            book.Find(rights.HomeOf(caller), NameOf(context), id) is { } found ? TypedResults.Json(Item(found), Capturing.JobJson) : (IResult)NoSuch()).Requires(Right.View)
            .Produces<SubscriptionItem>().WithSummary("A subscription, and how its last attempt went.");
        routes.MapDelete("/queries/{name}/subscriptions/{id}", (Caller caller, string id, HttpContext context, SubscriptionBook book, FactRights rights) =>
            book.Remove(rights.HomeOf(caller), NameOf(context), id) ? TypedResults.NoContent() : (IResult)NoSuch()).Requires(Right.Operate)
            .Produces(StatusCodes.Status204NoContent).WithSummary("Ends a subscription.");
    }

    /// <summary>Answers a request for a WebSocket; its controls are in the query.</summary>
    public static async Task<IResult> TellAsync(Caller caller, HttpContext context, NamedQuery named, EventSocket sockets, FactStore store)
    {
        var query = context.Request.Query;
        string? Said(string name) => query.TryGetValue(name, out var values) ? values.ToString() : null;
        var schedule = new QuerySchedule(Said("second"), Said("minute"), Said("hour"), Said("dayOfMonth"), Said("month"), Said("dayOfWeek"));
        if (Fault(Said("stream") == "true", schedule.IsEmpty ? null : schedule, Said("initialRecordTime")) is { } fault)
        {
            return new EpcisProblemResult(EpcisProblemType.SubscriptionControls, fault);
        }

        if (sockets.IsFull)
        {
            return new EpcisProblemResult(EpcisProblemType.Implementation, $"{EventSocket.Most} clients listen; try again later, or subscribe an address.");
        }

        var position = PositionOf(TimeOf(Said("initialRecordTime")), store);
        await sockets.TellAsync(
            context, caller, named.Name, EventQuery.Read(named.Definition).Query!, schedule.IsEmpty ? null : schedule, Said("reportIfEmpty") == "true", position, EpcisHeaders.EpcFormat(context.Request));
        return TypedResults.Empty;
    }

    private static IResult Add(
        Caller caller, SubscriptionRequest asked, HttpContext context, NamedQueries queries, SubscriptionBook book, FactRights rights, FactStore store, WebhookAddress addresses, TimeProvider clock)
    {
        if (EpcisHeaders.Refuse(context.Request) is { } refusal)
        {
            return refusal;
        }

        var (party, name) = (rights.HomeOf(caller), NameOf(context));
        if (queries.Find(party, name) is null)
        {
            return new EpcisProblemResult(EpcisProblemType.NoSuchName, "There is no query of that name.");
        }

        if (FaultOf(asked, book) is { } fault)
        {
            return new EpcisProblemResult(EpcisProblemType.SubscriptionControls, fault);
        }

        if (addresses.Fault(asked.Dest) is { } closed)
        {
            return new EpcisProblemResult(EpcisProblemType.SubscriptionControls, closed);
        }

        var (now, since) = (clock.GetUtcNow(), TimeOf(asked.InitialRecordTime));
        var added = new Subscription(
            Ulid.New(now), party, name, caller, asked.Dest!, asked.SignatureToken, asked.ReportIfEmpty == true, asked.Schedule, EpcisHeaders.EpcFormat(context.Request), since,
            now, null, PositionOf(since, store), FactLimits.MostPerPage, asked.Schedule?.Next(now) ?? DateTimeOffset.UnixEpoch, 0, null);
        book.Add(added);
        context.Response.Headers.Location = $"/epcis/queries/{Uri.EscapeDataString(name)}/subscriptions/{added.Id}";
        return TypedResults.Json(Item(added), Capturing.JobJson, statusCode: StatusCodes.Status201Created);
    }

    private static string? FaultOf(SubscriptionRequest asked, SubscriptionBook book) =>
        Fault(asked.Stream == true, asked.Schedule, asked.InitialRecordTime) is { } fault ? fault
        : asked.SignatureToken is { Length: 0 or > LongestToken } ? $"A signatureToken has 1 to {LongestToken} characters."
        : book.Count >= MostSubscriptions ? $"There are {MostSubscriptions} subscriptions; end those that nobody needs."
        : null;

    private static string? Fault(bool stream, QuerySchedule? schedule, string? since) =>
        stream == schedule is not null ? "A subscription has either \"stream\": true or a schedule."
        : since is not null && TimeOf(since) is null ? "initialRecordTime is a time with a time zone, like 2026-07-22T10:30:00+08:00."
        : schedule?.Fault();

    private static DateTimeOffset? TimeOf(string? text) => text is not null && Timestamps.TryParse(text, out var time) ? time : null;

    private static ulong PositionOf(DateTimeOffset? since, FactStore store) => since is { } from ? store.FirstSince(FactTime.Of(from)) - 1 : store.Newest;

    private static IResult List(Caller caller, int? perPage, string? nextPageToken, HttpContext context, NamedQueries queries, SubscriptionBook book, FactRights rights)
    {
        var (party, name) = (rights.HomeOf(caller), NameOf(context));
        if (queries.Find(party, name) is null)
        {
            return new EpcisProblemResult(EpcisProblemType.NoSuchName, "There is no query of that name.");
        }

        var most = Math.Clamp(perPage ?? FactLimits.PerPage, 1, FactLimits.MostPerPage);
        var found = book.After(party, name, nextPageToken, most + 1);
        if (found.Count > most)
        {
            PageLink.Write(context, found[most - 1].Id);
        }

        return TypedResults.Json(found.Take(most).Select(Item).ToList(), Capturing.JobJson);
    }

    private static SubscriptionItem Item(Subscription each) => new(
        each.Id, each.Query, each.Dest, each.Created, each.LastNotified, each.InitialRecordTime, each.ReportIfEmpty, EpcisHeaders.Name(each.Format), each.Schedule is null ? true : null, each.Schedule, each.Failures, each.Fault);

    private static string NameOf(HttpContext context) => RawPath.Segment(context, 2);

    private static EpcisProblemResult NoSuch() => new(EpcisProblemType.NoSuchResource, "There is no such subscription.");
}
