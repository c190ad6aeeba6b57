using Jingwei.Server.Access;
using Jingwei.Server.Facts.MasterData;

namespace Jingwei.Server.Facts.Tracing;

/// <summary>A line of a recall list: an object, where it was last, and whose.</summary>
/// <param name="AskParties">Whom to ask where the caller does not see all.</param>
public sealed record RecallRow(
    string Id, int Depth, string? Party, string? PartyName, DateTimeOffset? LastSeen, string? BizStep, string? Disposition, string? BizLocation, string AskParties);

/// <summary>Traces: what is in an object, and what it went into, as far as the caller sees.</summary>
internal static class TraceEndpoints
{
    public static void MapTraces(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/trace", Find).Requires(Right.View).Produces<Trace>()
            .WithSummary("From an object (`id`) `direction=backward` to what went into it, or `forward` to what it went into: objects, links, events. At most `most` objects.");
        routes.MapGet("/api/trace/recall", (Caller caller, string? id, int? most, Traces traces, CancellationToken cancellation) =>
            traces.Find(caller, id, TraceDirection.Forward, most ?? FactLimits.Traced, cancellation) is { } trace ? TypedResults.Ok(Recall(trace)) : (IResult)NoSuch())
            .Requires(Right.View).Produces<Page<RecallRow>>()
            .WithSummary("Everything that an object went into and that is now somewhere; `format=csv` gives the list as a file.");
        routes.MapGet("/api/trace/common", FindCommon).Requires(Right.View).Produces<CommonOrigins>()
            .WithSummary("What several objects (`id`) come from, compared with others (`other`) that are without their fault: what tells the two apart best first.");
    }

    private static IResult FindCommon(Caller caller, string[] id, string[] other, Traces traces, CancellationToken cancellation)
    {
        if (id.Length + other.Length > FactLimits.TracedTogether || id.Length == 0)
        {
            return Problems.Invalid("bad-objects", $"Name the objects with id, and those to compare with other; at most {FactLimits.TracedTogether} together.");
        }

        return traces.FindAll(caller, id, TraceDirection.Backward, null, cancellation) is { Count: > 0 } asked
            ? TypedResults.Ok(CommonOrigins.Of(asked, traces.FindAll(caller, other, TraceDirection.Backward, null, cancellation)))
            : NoSuch();
    }

    private static IResult Find(Caller caller, string? id, string? direction, int? most, Traces traces, TracePlaces places, CancellationToken cancellation)
    {
        if (direction is not (null or "backward" or "forward"))
        {
            return Problems.Invalid("bad-direction", "direction is backward or forward.");
        }

        return traces.Find(caller, id, direction == "forward" ? TraceDirection.Forward : TraceDirection.Backward, most, cancellation) is { } trace
            ? TypedResults.Ok(trace with { Places = places.Of(caller, trace) })
            : NoSuch();
    }

    private static Page<RecallRow> Recall(Trace trace) => new(
        [
            .. trace.Nodes.OrderBy(node => node.Depth).ThenBy(node => node.Id, StringComparer.Ordinal).Select(node => new RecallRow(
                node.Id, node.Depth, node.Party?.Id, node.Party?.Name, node.At, node.BizStep, node.Disposition, node.BizLocation, string.Join("; ", node.Hidden.Select(party => party.Name)))),
        ],
        null);

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult NoSuch() => Problems.NotFound("object");
}
