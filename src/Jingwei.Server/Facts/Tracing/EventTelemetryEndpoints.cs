using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Tracing;

/// <summary>Readings of the machine at which an event happened.</summary>
internal static class EventTelemetryEndpoints
{
    public static void MapEventTelemetry(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/trace/telemetry", FindAsync).Requires(Right.View).Produces<EventReadings>()
            .WithSummary("What the thing that an event's sensor or read point is reported while it happened: `startTime` to `endTime` of its sensors, else the hour around it.");

    // Only of events that the caller sees whole: by a part of one he would learn the place that it leaves out.
    private static async Task<IResult> FindAsync(Caller caller, string? @event, FactStore store, FactRights rights, EventTelemetry telemetry, CancellationToken cancellation)
    {
        var view = rights.ViewOf(caller);
        using var fact = @event is null ? null : store.WithId(@event).Select(each => view.ShowWhole(store.Find(each.Sequence))).FirstOrDefault(each => each is not null);
        rights.NoteUses(caller, view, AgreementUseKind.Query);
        return fact is null ? Problems.NotFound("event") : TypedResults.Ok(await telemetry.FindAsync(caller, fact.Event, cancellation));
    }
}
