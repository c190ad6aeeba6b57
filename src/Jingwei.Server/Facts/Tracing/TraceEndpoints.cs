using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.MasterData;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Facts.Tracing;

/// <summary>A line of a recall list: an object, where it was last, and whose.</summary>
/// <param name="AskParties">Whom to ask where the caller does not see all.</param>
public sealed record RecallRow(
    string Id, int Depth, string? Party, string? PartyName, DateTimeOffset? LastSeen, string? BizStep, string? Disposition, string? BizLocation, string AskParties);

/// <summary>Traces: what is in an object, and what it went into, as far as the caller sees.</summary>
internal static class TraceEndpoints
{
    private const int UsualMost = 5_000;

    public static void MapTraces(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/trace", Find).Requires(Right.View).Produces<Trace>()
            .WithSummary("From an object (`id`) `direction=backward` to what went into it, or `forward` to what it went into: objects, links, events. At most `most` objects.");
        routes.MapGet("/api/trace/recall", (Caller caller, string? id, int? most, FactStore store, FactRights rights, NameBook names, Parties parties) =>
            Run(caller, id, TraceDirection.Forward, most ?? FactLimits.Traced, store, rights, names, parties) is { } trace ? TypedResults.Ok(Recall(trace)) : (IResult)NoSuch())
            .Requires(Right.View).Produces<Page<RecallRow>>()
            .WithSummary("Everything that an object went into and that is now somewhere; `format=csv` gives the list as a file.");
        routes.MapGet("/api/trace/common", FindCommon).Requires(Right.View).Produces<CommonOrigins>()
            .WithSummary("What several objects (`id`) come from, compared with others (`other`) that are without their fault: what tells the two apart best first.");
    }

    private static IResult FindCommon(Caller caller, string[] id, string[] other, FactStore store, FactRights rights, NameBook names, Parties parties)
    {
        if (id.Length + other.Length > FactLimits.TracedTogether || id.Length == 0)
        {
            return Problems.Invalid("bad-objects", $"Name the objects with id, and those to compare with other; at most {FactLimits.TracedTogether} together.");
        }

        IReadOnlyList<Trace> Traces(string[] objects) =>
            [.. objects.Distinct(StringComparer.Ordinal).Select(each => Run(caller, each, TraceDirection.Backward, null, store, rights, names, parties)).OfType<Trace>()];
        return Traces(id) is { Count: > 0 } asked ? TypedResults.Ok(CommonOrigins.Of(asked, Traces(other))) : NoSuch();
    }

    private static IResult Find(Caller caller, string? id, string? direction, int? most, FactStore store, FactRights rights, NameBook names, Parties parties, TracePlaces places)
    {
        if (direction is not (null or "backward" or "forward"))
        {
            return Problems.Invalid("bad-direction", "direction is backward or forward.");
        }

        return Run(caller, id, direction == "forward" ? TraceDirection.Forward : TraceDirection.Backward, most, store, rights, names, parties) is { } trace
            ? TypedResults.Ok(trace with { Places = places.Of(caller, trace) })
            : NoSuch();
    }

    private static Trace? Run(
        Caller caller, string? id, TraceDirection direction, int? most, FactStore store, FactRights rights, NameBook names, Parties parties)
    {
        var known = new Dictionary<uint, TraceParty>();
        TraceParty PartyOf(uint number) => known.TryGetValue(number, out var party) ? party
            : known[number] = names.TextOf(number) is { } name ? new(name, parties.Find(name)?.Name ?? name) : new("", "");
        if (string.IsNullOrWhiteSpace(id) || id.Length > FactLimits.NameBytes)
        {
            return null;
        }

        var view = rights.ViewOf(caller);
        var trace = new TraceRun(store, view, PartyOf, direction, Math.Clamp(most ?? UsualMost, 1, FactLimits.Traced)).Run(id);
        rights.NoteUses(caller, view, AgreementUseKind.Trace);
        return trace;
    }

    private static Page<RecallRow> Recall(Trace trace) => new(
        [
            .. trace.Nodes.OrderBy(node => node.Depth).ThenBy(node => node.Id, StringComparer.Ordinal).Select(node => new RecallRow(
                node.Id, node.Depth, node.Party?.Id, node.Party?.Name, node.At, node.BizStep, node.Disposition, node.BizLocation, string.Join("; ", node.Hidden.Select(party => party.Name)))),
        ],
        null);

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult NoSuch() => Problems.NotFound("object");
}
