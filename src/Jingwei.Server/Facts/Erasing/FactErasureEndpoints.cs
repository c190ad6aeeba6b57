using System.Text;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Identifiers;
using Jingwei.Server.Identifiers.Registry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Facts.Erasing;

/// <summary>What is to be erased of an event.</summary>
/// <param name="EventId">Its id; what declares it wrong has the same and is meant as well.</param>
/// <param name="Fields">Members of the event, as `ilmd`; null: all of it.</param>
/// <param name="Reason">Kept for ever beside what is left.</param>
public sealed record FactErasureRequest(string? EventId, IReadOnlyList<string>? Fields, string? Reason);

/// <summary>What is left of an event.</summary>
/// <param name="EventId">Its id from now on: another where its own was the hash of its content; null where all was erased.</param>
public sealed record FactErased(string? EventId);

/// <summary>What an event has and had, for who sees it whole.</summary>
/// <param name="MayErase">Whether the caller may erase of it.</param>
/// <param name="Members">In their order.</param>
public sealed record ErasableEvent(bool MayErase, IReadOnlyList<ErasableMember> Members);

/// <summary>A member of an event.</summary>
/// <param name="Erased">When, by whom and why it was erased; null where it is there.</param>
public sealed record ErasableMember(string Name, MemberErasure? Erased);

/// <summary>When, by whom and why a member was erased.</summary>
/// <param name="Name">Of the member.</param>
/// <param name="By">The id of the user or token.</param>
public sealed record MemberErasure(string Name, DateTimeOffset At, string By, string ByName, string Reason)
{
    internal static MemberErasure Of(ErasureMark mark, NameBook names, Actors actors)
    {
        var by = names.TextOf(mark.Author) ?? "";
        return new(mark.Name, FactTime.ToTime(mark.At), by, actors.NameOf(by), mark.Reason);
    }
}

/// <summary>Erasing what events said; that something happened, and the proofs of it, stay.</summary>
internal static class FactErasureEndpoints
{
    private const int MostFields = 100;
    private const string Declaration = "errorDeclaration";

    private const string Path = "/api/fact-erasures";

    public static void MapFactErasures(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Find).Requires(Right.View).Produces<ErasableEvent>()
            .WithSummary("The members of an event (`event`, its id), what was erased of it, and whether the caller may erase; for who sees it whole.");
        routes.MapPost(Path, Erase).Requires(Right.Configure)
            .WithSummary("Erases members of an event, or all of it, with a reason; proofs show their commitments. When it answers, no file of the store holds it any more.");
    }

    private static Results<Ok<ErasableEvent>, ProblemHttpResult> Find(Caller caller, string? @event, FactStore store, FactRights rights, NameBook names, Actors actors)
    {
        var view = rights.ViewOf(caller);
        var seen = @event is null ? [] : store.WithId(@event).Where(each => view.SeesWhole(store.Find(each.Sequence))).ToList();
        rights.NoteUses(caller, view, AgreementUseKind.Query);
        if (seen.Count == 0)
        {
            return Problems.NotFound("event");
        }

        // Why something is not there is told to its own people; others see what is there.
        var members = store.Open(seen[^1].Sequence, record => Members(record, names, actors))!;
        return TypedResults.Ok(new ErasableEvent(
            seen.Any(each => rights.MayErase(caller, names.TextOf(each.Party)!)), view.Of(seen[^1].Party).SeesAll ? members : members.FindAll(member => member.Erased is null)));
    }

    private static List<ErasableMember> Members(FactRecord record, NameBook names, Actors actors)
    {
        var members = new List<ErasableMember>();
        var walk = new FactMembers(record.Event);
        foreach (var gone in record.Remains()?.Members ?? [])
        {
            if (gone.Erased is { } mark)
            {
                members.Add(new(mark.Name, MemberErasure.Of(mark, names, actors)));
            }
            else if (walk.Next())
            {
                members.Add(new(Encoding.UTF8.GetString(walk.Name), null));
            }
        }

        while (walk.Next())
        {
            members.Add(new(Encoding.UTF8.GetString(walk.Name), null));
        }

        return members;
    }

    private static Results<Ok<FactErased>, ProblemHttpResult> Erase(Caller caller, FactErasureRequest request, FactStore store, FactRights rights, NameBook names)
    {
        if (Fault(request) is { } fault)
        {
            return Problems.Invalid("bad-erasure", fault);
        }

        var view = rights.ViewOf(caller);
        var seen = store.WithId(request.EventId!).Select(each => each.Party).Distinct().Where(party => view.Of(party).SeesAll).ToList();
        if (seen.Count == 0)
        {
            return Problems.NotFound("event");
        }

        var own = seen.Where(party => rights.MayErase(caller, names.TextOf(party)!)).ToList();
        return own.Count == 0
            ? Problems.Forbidden("Events are erased by who may configure the party that captured them.")
            : Answer(own.ConvertAll(party => store.Erase(request.EventId!, party, request.Fields, names.NumberOf(caller.Actor), request.Reason!.Trim())));
    }

    private static string? Fault(FactErasureRequest request) =>
        string.IsNullOrEmpty(request.EventId) ? "eventId: Say which event is meant."
        : request.Fields is { Count: 0 or > MostFields } ? $"fields: 1 to {MostFields} members of the event, or none at all for the whole event."
        : request.Fields?.Contains(Declaration) == true ? "fields: An event stays declared wrong for as long as it is there. Erase all of it, or other fields."
        : request.Reason?.Trim() is not { Length: > 0 and <= IdentifierLimits.ReasonLength } ? $"reason: 1 to {IdentifierLimits.ReasonLength} characters."
        : null;

    private static Results<Ok<FactErased>, ProblemHttpResult> Answer(IReadOnlyList<FactErasureResult> results) =>
        results.FirstOrDefault(each => each.Outcome == FactErasureOutcome.Done) is { } done ? TypedResults.Ok(new FactErased(done.EventId))
        : results.Any(each => each.Outcome == FactErasureOutcome.NoEvent) ? Problems.Conflict("no-event-left", "What would be left is no event. Erase other members, or all of it.")
        : Problems.Conflict("nothing-to-erase", "The event has none of these members, or they were erased before.");
}
