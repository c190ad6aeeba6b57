using System.Collections.Immutable;
using Jingwei.Server.Access;
using Jingwei.Server.Notifications.Mail;
using Jingwei.Server.Notifications.Sending;
using Jingwei.Server.Notifications.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Notifications.Deciding;

/// <summary>A user's settings with what the platform can do for him.</summary>
/// <param name="MailOn">The operator has named a mail server.</param>
/// <param name="EffectiveZone">The zone that his quiet hours are in.</param>
public sealed record SettingsItem(
    string? Mail, string Language, string? Zone, QuietHours? Quiet, ImmutableArray<Subscription> Subscriptions, bool MailOn, string EffectiveZone);

/// <summary>How the caller wants to be told.</summary>
internal static class SettingsEndpoints
{
    public static void MapSettingsRoutes(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/api/me/notification-settings").Requires(Right.View);
        own.MapGet("", Get).WithSummary("How the caller wants to be notified.");
        own.MapPut("", Put).WithSummary("Sets how the caller wants to be notified; takes If-Match.");
        own.MapPost("/test", TestAsync).WithSummary("Sends a test to the caller's mail address once, and says what came of it.");
    }

    private static Results<Ok<SettingsItem>, ProblemHttpResult> Get(Caller caller, SettingsBook book, Users users, MailSender mail, HttpContext context) =>
        UserOf(caller, users) is { } user ? TypedResults.Ok(Item(user, book, mail, context)) : NotAUser();

    private static Results<Ok<SettingsItem>, ProblemHttpResult> Put(
        Caller caller, NotificationSettings request, SettingsBook book, Users users, MailSender mail, HttpContext context)
    {
        if (UserOf(caller, users) is not { } user)
        {
            return NotAUser();
        }

        var settings = Whole(request);
        if (Fault(settings) is { } fault)
        {
            return Problems.Invalid("bad-settings", fault);
        }

        return book.Save(user.Id, settings, Versions.Seen(context)) is null ? Problems.Stale() : TypedResults.Ok(Item(user, book, mail, context));
    }

    private static async Task<Results<Ok<TestAnswer>, ProblemHttpResult>> TestAsync(
        Caller caller, SettingsBook book, Users users, MailSender mail, Outbox outbox, CancellationToken cancellation)
    {
        if (UserOf(caller, users) is not { } user)
        {
            return NotAUser();
        }

        var (settings, _) = book.Of(user.Id);
        if (settings.Mail is not { } address)
        {
            return Problems.Conflict("no-address", "Save a mail address first.");
        }

        var outcome = await mail.SendAsync(outbox.NewMessage(), MailMessage.OfTest(address, settings.Language), cancellation);
        return TypedResults.Ok(new TestAnswer(outcome.Error is null, outcome.Error));
    }

    private static NotificationSettings Whole(NotificationSettings request) => request with
    {
        Mail = string.IsNullOrWhiteSpace(request.Mail) ? null : request.Mail.Trim(),
        Language = request.Language ?? "zh",
        Zone = string.IsNullOrEmpty(request.Zone) ? null : request.Zone,
        Subscriptions = request.Subscriptions.IsDefault ? [] : [.. request.Subscriptions.Select(each => each with { Interest = Interests.Whole(each.Interest) })],
    };

    private static string? Fault(NotificationSettings settings) =>
        settings.Mail is { } mail && MailSender.Fault(mail) is { } fault ? $"mail: {fault}"
        : settings.Language is not ("zh" or "en") ? "language: zh or en."
        : settings.Zone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? "zone: no such IANA time zone."
        : settings.Quiet is { } quiet && quiet.From == quiet.To ? "quiet: from and to are the same."
        : settings.Subscriptions.Length > NotificationLimits.Subscriptions ? $"subscriptions: at most {NotificationLimits.Subscriptions}."
        : settings.Subscriptions.Select(each => Interests.Fault(each.Interest)).FirstOrDefault(each => each is not null) is { } interest ? $"subscriptions: {interest}"
        : null;

    private static SettingsItem Item(User user, SettingsBook book, MailSender mail, HttpContext context)
    {
        var (settings, version) = book.Of(user.Id);
        Versions.Show(context, version);
        return new(settings.Mail, settings.Language, settings.Zone, settings.Quiet, settings.Subscriptions, mail.IsOn, book.ZoneOf(user).Id);
    }

    private static User? UserOf(Caller caller, Users users) => caller.Kind == CallerKind.User ? users.Find(caller.Id) : null;

    private static ProblemHttpResult NotAUser() => Problems.Forbidden("Only a user is notified.");
}
