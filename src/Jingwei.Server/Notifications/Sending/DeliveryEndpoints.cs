using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Notifications.Inbox;
using Jingwei.Server.Notifications.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Notifications.Sending;

/// <summary>What left the platform or did not; for those who administer the webhook or the user.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveryRoutes(this IEndpointRouteBuilder routes)
    {
        var deliveries = routes.MapGroup("/api/deliveries").Requires(Right.Administer);
        deliveries.MapGet("", List).WithSummary("Deliveries to webhooks and mail servers, newest first.");
        deliveries.MapGet("/{id:long}", Get).WithSummary("A delivery.");
        deliveries.MapPost("/{id:long}/replay", Replay).WithSummary("Sends a dead delivery again, with the same id.");
    }

    private static Results<Ok<Page<DeliveryItem>>, ProblemHttpResult> List(
        Caller caller, string? state, string? webhook, DeliveryBook book, WebhookBook webhooks, Users users, Parties parties, PageRequest page)
    {
        var isState = Enum.TryParse<DeliveryState>(state, ignoreCase: true, out var asked) && char.IsAsciiLetter(state![0]);
        if (!string.IsNullOrEmpty(state) && !isState)
        {
            return Problems.Invalid("bad-state", "state: waiting, delivered or dead.");
        }

        var rows = book.List(
            isState ? asked : null, webhook is null ? null : Delivery.Webhook + webhook, target => Administers(caller, target, webhooks, users, parties),
            NotificationEndpoints.BeforeOf(page), page.Limit + 1);
        return TypedResults.Ok(NotificationEndpoints.Cut([.. rows.Select(row => Item(row, webhooks, users))], page, item => item.Id));
    }

    private static Results<Ok<DeliveryItem>, ProblemHttpResult> Get(
        Caller caller, long id, DeliveryBook book, WebhookBook webhooks, Users users, Parties parties) =>
        book.Find(id) is { } row && Administers(caller, row.Target, webhooks, users, parties)
            ? TypedResults.Ok(Item(row, webhooks, users))
            : Problems.NotFound("delivery");

    private static Results<Ok<DeliveryItem>, ProblemHttpResult> Replay(
        Caller caller, long id, DeliveryBook book, Outbox outbox, WebhookBook webhooks, Users users, Parties parties)
    {
        if (book.Find(id) is not { } row || !Administers(caller, row.Target, webhooks, users, parties))
        {
            return Problems.NotFound("delivery");
        }

        return outbox.Replay(id)
            ? TypedResults.Ok(Item(book.Find(id)!, webhooks, users))
            : Problems.Conflict("not-dead", "Only a dead delivery is sent again.");
    }

    private static bool Administers(Caller caller, string target, WebhookBook webhooks, Users users, Parties parties)
    {
        var id = IdOf(target);
        return target.StartsWith(Delivery.Webhook, StringComparison.Ordinal)
            ? webhooks.Find(id) is { } webhook && caller.May(Right.Administer, webhooks.ScopeOf(webhook))
            : users.Find(id) is { } user && UserEndpoints.Administers(caller, parties, user.Party);
    }

    private static DeliveryItem Item(DeliveryRow row, WebhookBook webhooks, Users users)
    {
        var state = (DeliveryState)row.State;
        var id = IdOf(row.Target);
        var isMail = row.Target.StartsWith(Delivery.Mail, StringComparison.Ordinal);
        return new(
            row.Id.ToString(CultureInfo.InvariantCulture), row.Message, isMail ? "mail" : "webhook", id,
            (isMail ? users.Find(id)?.Name : webhooks.Find(id)?.Name) ?? id, row.Kind, row.Notice?.ToString(CultureInfo.InvariantCulture), state, row.Attempts,
            NoticeRow.Time(row.Created)!.Value, state == DeliveryState.Waiting ? NoticeRow.Time(row.Next) : null, NoticeRow.Time(row.Finished), row.Error);
    }

    private static string IdOf(string target) => target[(target.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
