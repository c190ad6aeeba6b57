using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Notifications.Inbox;

/// <summary>What was told to whom, and how far it came; for those who operate what it is about.</summary>
internal static class NoticeEndpoints
{
    public static void MapNoticeRoutes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/notices", List).Requires(Right.Operate).WithSummary("What people were notified of, newest first, with how many were told, reached, read and acknowledged.");
        routes.MapGet("/api/notices/{id:long}", Get).Requires(Right.Operate).WithSummary("A notice with its counts.");
        routes.MapGet("/api/notices/{id:long}/recipients", Recipients).Requires(Right.Operate).WithSummary("Whom a notice went to, and how far it came with each.");
    }

    private static Ok<Page<CountedNotice>> List(Caller caller, string? alarm, string? @case, NoticeBook book, PageRequest page) =>
        TypedResults.Ok(NotificationEndpoints.Cut(book.List(caller, alarm, @case, NotificationEndpoints.BeforeOf(page), page.Limit + 1), page, notice => notice.Id));

    private static Results<Ok<CountedNotice>, ProblemHttpResult> Get(Caller caller, long id, NoticeBook book) =>
        book.Find(caller, id) is { } notice ? TypedResults.Ok(notice) : Problems.NotFound("notice");

    private static Results<Ok<Page<NoticeRecipient>>, ProblemHttpResult> Recipients(Caller caller, long id, NoticeBook book, PageRequest page) =>
        book.Find(caller, id) is null ? Problems.NotFound("notice") : TypedResults.Ok(Page.Cut(book.Recipients(id), recipient => recipient.User, page));
}
