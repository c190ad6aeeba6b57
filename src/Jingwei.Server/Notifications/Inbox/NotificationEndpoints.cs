using System.Globalization;
using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Notifications.Inbox;

public sealed record UnreadCount(long Count);

/// <param name="Id">The newest notification that it is about.</param>
public sealed record UpTo(string? Id);

/// <summary>A user's own notifications. Reading and acknowledging them is his own business and no change of the platform, so it is not audited.</summary>
internal static class NotificationEndpoints
{
    public static void MapNotificationRoutes(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/api/notifications").Requires(Right.View);
        own.MapGet("", List).WithSummary("The caller's notifications, newest first.");
        own.MapGet("/unread", Unread).WithSummary("How many notifications the caller has not read.");
        own.MapPost("/reached", (Caller caller, UpTo request, NotificationBook book) => Mark(caller, request, book, read: false))
            .WithMetadata(new NotAudited()).WithSummary("The caller's notifications up to one were shown to him.");
        own.MapPost("/read", (Caller caller, UpTo request, NotificationBook book) => Mark(caller, request, book, read: true))
            .WithMetadata(new NotAudited()).WithSummary("The caller has read his notifications up to one.");
        own.MapPost("/{id:long}/read", (Caller caller, long id, NotificationBook book, CancellationToken cancellation) => MarkOne(caller, id, false, book, cancellation))
            .WithMetadata(new NotAudited()).WithSummary("The caller has read a notification.");
        own.MapPost("/{id:long}/acknowledge", (Caller caller, long id, NotificationBook book, CancellationToken cancellation) => MarkOne(caller, id, true, book, cancellation))
            .WithSummary("The caller acknowledges a notification: it is counted.");
    }

    private static Ok<Page<Notification>> List(Caller caller, bool? unread, NotificationBook book, PageRequest page)
    {
        var found = book.List(caller, unread ?? false, BeforeOf(page), page.Limit + 1);
        return TypedResults.Ok(Cut(found, page, notification => notification.Id));
    }

    private static Ok<UnreadCount> Unread(Caller caller, NotificationBook book) => TypedResults.Ok(new UnreadCount(book.CountUnread(caller)));

    private static Results<NoContent, ProblemHttpResult> Mark(Caller caller, UpTo request, NotificationBook book, bool read)
    {
        if (!long.TryParse(request.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var last))
        {
            return Problems.Invalid("bad-id", "id names the newest notification that it is about.");
        }

        book.MarkUpTo(caller, last, read);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<Notification>, ProblemHttpResult>> MarkOne(
        Caller caller, long id, bool acknowledge, NotificationBook book, CancellationToken cancellation) =>
        await book.MarkAsync(caller, id, acknowledge, cancellation) is { } after ? TypedResults.Ok(after) : Problems.NotFound("notification");

    /// <summary>The number behind which a list that runs backwards goes on; null at its front.</summary>
    public static long? BeforeOf(PageRequest page) => long.TryParse(page.After, CultureInfo.InvariantCulture, out var last) ? last : null;

    /// <summary>One page out of the items of one more than it holds.</summary>
    public static Page<T> Cut<T>(IReadOnlyList<T> found, PageRequest page, Func<T, string> id) =>
        new([.. found.Take(page.Limit)], found.Count > page.Limit ? PageRequest.Encode(id(found[page.Limit - 1])) : null);
}
