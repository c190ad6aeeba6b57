using System.Collections.Immutable;
using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Notifications.Rotas;

/// <summary>A rota with its version and the zone that its clock is in.</summary>
public sealed record RotaItem(
    string Id, string Name, string Party, string Region, Role Role, DateOnly Start, int Days, ImmutableArray<RotaShift> Shifts, string Zone, long Version);

public sealed record RotaRequest(
    string? Id, string? Name, string? Party, string? Region, Role? Role, DateOnly? Start, int? Days, ImmutableArray<RotaShift>? Shifts);

/// <summary>Rotas: whoever may see the place sees who is on call; who configures it makes them.</summary>
internal static class RotaEndpoints
{
    // A shift a day and a half of a week each; a team that fits into a room.
    private const int MaximumShifts = 12;
    private const int MaximumTeams = 100;
    private const int MaximumTeam = 50;
    private const int MaximumDays = 366;

    public static void MapRotaRoutes(this IEndpointRouteBuilder routes)
    {
        var rotas = routes.MapGroup("/api/rotas");
        rotas.MapGet("", List).Requires(Right.View).WithSummary("The rotas of what the caller may see.");
        rotas.MapPost("", Create).Requires(Right.Configure).WithSummary("Makes a rota.");
        rotas.MapGet("/{id}", Get).Requires(Right.View).WithSummary("A rota.");
        rotas.MapPut("/{id}", Put).Requires(Right.Configure).WithSummary("Writes a rota anew; takes If-Match.");
        rotas.MapDelete("/{id}", Remove).Requires(Right.Configure).WithSummary("Removes a rota.");
        rotas.MapRotaChanges();
    }

    private static Ok<Page<RotaItem>> List(Caller caller, RotaBook book, Parties parties, PageRequest page) => TypedResults.Ok(Page.Cut(
        book.All.Where(kept => caller.May(Right.View, book.ScopeOf(kept.Rota))).Select(kept => Item(kept, parties)), item => item.Id, page));

    private static Results<Ok<RotaItem>, ProblemHttpResult> Get(Caller caller, string id, RotaBook book, Parties parties, HttpContext context)
    {
        if (Visible(caller, id, book) is not { } kept)
        {
            return Problems.NotFound("rota");
        }

        Versions.Show(context, kept.Version);
        return TypedResults.Ok(Item(kept, parties));
    }

    private static Results<Created<RotaItem>, ProblemHttpResult> Create(
        Caller caller, RotaRequest request, RotaBook book, Users users, Parties parties, TimeProvider clock)
    {
        var id = request.Id ?? Ulid.New(clock.GetUtcNow());
        if (Ids.Fault(id) is { } bad)
        {
            return Problems.Invalid("bad-id", $"id: {bad}");
        }

        var rota = Of(id, request, clock);
        if (Fault(caller, rota, book, users) is { } fault)
        {
            return fault;
        }

        if (book.All.Count() >= NotificationLimits.Rotas)
        {
            return Problems.Conflict("too-many-rotas", $"There are at most {NotificationLimits.Rotas} rotas.");
        }

        return book.Save(rota, 0) is { } kept
            ? TypedResults.Created($"/api/rotas/{Uri.EscapeDataString(id)}", Item(kept, parties))
            : Problems.Conflict("exists", "The id is taken.");
    }

    private static Results<Ok<RotaItem>, ProblemHttpResult> Put(
        Caller caller, string id, RotaRequest request, RotaBook book, Users users, Parties parties, TimeProvider clock, HttpContext context)
    {
        if (Visible(caller, id, book) is not { } before)
        {
            return Problems.NotFound("rota");
        }

        var rota = Of(id, request, clock);
        var refusal = caller.May(Right.Configure, book.ScopeOf(before.Rota)) ? Fault(caller, rota, book, users) : NotYours();
        if (refusal is not null)
        {
            return refusal;
        }

        if (book.Save(rota, Versions.Seen(context) ?? before.Version) is not { } kept)
        {
            return Problems.Stale();
        }

        Versions.Show(context, kept.Version);
        return TypedResults.Ok(Item(kept, parties));
    }

    private static Results<NoContent, ProblemHttpResult> Remove(Caller caller, string id, RotaBook book)
    {
        if (Visible(caller, id, book) is not { } kept)
        {
            return Problems.NotFound("rota");
        }

        if (!caller.May(Right.Configure, book.ScopeOf(kept.Rota)))
        {
            return NotYours();
        }

        book.Remove(id);
        return TypedResults.NoContent();
    }

    private static Rota Of(string id, RotaRequest request, TimeProvider clock) => new(
        id, request.Name ?? "", request.Party ?? Parties.Root, request.Region ?? Regions.Root, request.Role ?? Role.Operator,
        request.Start ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), request.Days ?? 1, request.Shifts is { IsDefault: false } shifts ? shifts : []);

    private static ProblemHttpResult? Fault(Caller caller, Rota rota, RotaBook book, Users users) =>
        (ShapeFault(rota) ?? PeopleFault(rota, users)) is { } fault ? Problems.Invalid("bad-rota", fault)
        : caller.May(Right.Configure, book.ScopeOf(rota)) ? null
        : NotYours();

    private static string? ShapeFault(Rota rota) =>
        string.IsNullOrWhiteSpace(rota.Name) ? "name: a rota needs one."
        : Ids.NameFault(rota.Name) is { } name ? $"name: {name}"
        : rota.Days is < 1 or > MaximumDays ? $"days: 1 to {MaximumDays}."
        : rota.Shifts.Length is < 1 or > MaximumShifts ? $"shifts: 1 to {MaximumShifts}."
        : rota.Shifts.Any(shift => string.IsNullOrWhiteSpace(shift.Id) || shift.Id.Length > Ids.MaximumName || shift.Name is not { Length: > 0 and <= Ids.MaximumName })
            ? "shifts: each needs an id and a name."
        : rota.Shifts.DistinctBy(shift => shift.Id).Count() < rota.Shifts.Length ? "shifts: each has an id of its own."
        : rota.Shifts.Any(shift => shift.Teams.IsDefaultOrEmpty || shift.Teams.Length > MaximumTeams) ? $"shifts: each has 1 to {MaximumTeams} teams."
        : rota.Shifts.Any(shift => shift.Teams.Any(team => team.IsDefaultOrEmpty || team.Length > MaximumTeam)) ? $"shifts: a team is 1 to {MaximumTeam} people."
        : null;

    private static string? PeopleFault(Rota rota, Users users) =>
        rota.Shifts.SelectMany(shift => shift.Teams).SelectMany(team => team).FirstOrDefault(person => person is null || users.Find(person) is null) is { } unknown
            ? $"shifts: there is no user {unknown}."
            : null;

    internal static KeptRota? Visible(Caller caller, string id, RotaBook book) =>
        book.Find(id) is { } kept && caller.May(Right.View, book.ScopeOf(kept.Rota)) ? kept : null;

    internal static ProblemHttpResult NotYours() => Problems.Forbidden("A rota belongs to a party and a region that you configure.");

    private static RotaItem Item(KeptRota kept, Parties parties) => new(
        kept.Rota.Id, kept.Rota.Name, kept.Rota.Party, kept.Rota.Region, kept.Rota.Role, kept.Rota.Start, kept.Rota.Days, kept.Rota.Shifts,
        parties.ZoneOf(kept.Rota.Party).Id, kept.Version);
}
