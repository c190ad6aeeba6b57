using Jingwei.Server.Access;
using Jingwei.Server.Notifications.Deciding;
using Jingwei.Server.Notifications.Sending;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Notifications.Webhooks;

/// <summary>A webhook as it is made or changed; of a change what is null stays.</summary>
public sealed record WebhookRequest(string? Name, string? Url, string? Party, string? Region, Interest? Interest, bool? Disabled);

/// <summary>A webhook without its secret.</summary>
public record WebhookItem(
    string Id, string Name, string Url, string Party, string Region, Interest Interest, bool Disabled, DateTimeOffset CreatedAt, long Version);

/// <summary>A webhook with its secret, which is shown this once.</summary>
public sealed record NewWebhook(
    string Id, string Name, string Url, string Party, string Region, Interest Interest, bool Disabled, DateTimeOffset CreatedAt, long Version, string Secret)
    : WebhookItem(Id, Name, Url, Party, Region, Interest, Disabled, CreatedAt, Version);

/// <summary>What came of a test.</summary>
/// <param name="Error">Null when the other side took it.</param>
public sealed record TestAnswer(bool Delivered, string? Error);

/// <summary>Webhooks: they carry what happens out of the platform, so only administrators make them.</summary>
internal static class WebhookEndpoints
{
    // Both secrets sign for as long as the other side may need to change over.
    private static readonly TimeSpan ChangeOver = TimeSpan.FromHours(24);

    public static void MapWebhookRoutes(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/api/webhooks").Requires(Right.Administer);
        webhooks.MapGet("", List).WithSummary("Webhooks of the parties and regions that the caller administers.");
        webhooks.MapPost("", Create).WithSummary("Makes a webhook; its secret is shown this once.");
        webhooks.MapGet("/{id}", Get).WithSummary("A webhook.");
        webhooks.MapPatch("/{id}", Change).WithSummary("Changes a webhook; takes If-Match.");
        webhooks.MapDelete("/{id}", Remove).WithSummary("Removes a webhook with what waits for it.");
        webhooks.MapPost("/{id}/secret", Renew).WithSummary("Makes a new secret, shown this once; the old one signs too for a day.");
        webhooks.MapPost("/{id}/test", TestAsync).WithSummary("Sends a test once, and says what came of it.");
    }

    private static Ok<Page<WebhookItem>> List(Caller caller, WebhookBook book, PageRequest page) => TypedResults.Ok(Page.Cut(
        book.All.Where(webhook => caller.May(Right.Administer, book.ScopeOf(webhook))).Select(Item), item => item.Id, page));

    private static Results<Ok<WebhookItem>, ProblemHttpResult> Get(Caller caller, string id, WebhookBook book, HttpContext context)
    {
        if (Visible(caller, id, book) is not { } webhook)
        {
            return Problems.NotFound("webhook");
        }

        Versions.Show(context, webhook.Version);
        return TypedResults.Ok(Item(webhook));
    }

    private static Results<Created<NewWebhook>, ProblemHttpResult> Create(
        Caller caller, WebhookRequest request, WebhookBook book, WebhookAddress address, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var webhook = new Webhook(
            Guid.CreateVersion7(now).ToString("N"), request.Name ?? "", request.Url ?? "", request.Party ?? Parties.Root, request.Region ?? Regions.Root,
            Interests.Whole(request.Interest), WebhookSignature.NewSecret(), null, null, request.Disabled ?? false, 0, now);
        if (Fault(caller, webhook, book, address) is { } fault)
        {
            return fault;
        }

        if (book.Count >= NotificationLimits.Webhooks)
        {
            return Problems.Conflict("too-many-webhooks", $"There are at most {NotificationLimits.Webhooks} webhooks.");
        }

        var made = book.Save(webhook, 0)!;
        return TypedResults.Created($"/api/webhooks/{made.Id}", WithSecret(made));
    }

    private static Results<Ok<WebhookItem>, ProblemHttpResult> Change(
        Caller caller, string id, WebhookRequest request, WebhookBook book, WebhookAddress address, HttpContext context)
    {
        if (Visible(caller, id, book) is not { } before)
        {
            return Problems.NotFound("webhook");
        }

        var after = before with
        {
            Name = request.Name ?? before.Name,
            Url = request.Url ?? before.Url,
            Party = request.Party ?? before.Party,
            Region = request.Region ?? before.Region,
            Interest = request.Interest is null ? before.Interest : Interests.Whole(request.Interest),
            Disabled = request.Disabled ?? before.Disabled,
        };
        if (Fault(caller, after, book, address) is { } fault)
        {
            return fault;
        }

        if (book.Save(after, Versions.Seen(context) ?? before.Version) is not { } saved)
        {
            return Problems.Stale();
        }

        Versions.Show(context, saved.Version);
        return TypedResults.Ok(Item(saved));
    }

    private static Results<NoContent, ProblemHttpResult> Remove(Caller caller, string id, WebhookBook book)
    {
        if (Visible(caller, id, book) is null)
        {
            return Problems.NotFound("webhook");
        }

        book.Remove(id);
        return TypedResults.NoContent();
    }

    private static Results<Ok<NewWebhook>, ProblemHttpResult> Renew(Caller caller, string id, WebhookBook book, TimeProvider clock)
    {
        if (Visible(caller, id, book) is not { } before)
        {
            return Problems.NotFound("webhook");
        }

        var after = before with { Secret = WebhookSignature.NewSecret(), Former = before.Secret, FormerUntil = clock.GetUtcNow() + ChangeOver };
        return book.Save(after, before.Version) is { } saved ? TypedResults.Ok(WithSecret(saved)) : Problems.Stale();
    }

    private static async Task<Results<Ok<TestAnswer>, ProblemHttpResult>> TestAsync(
        Caller caller, string id, WebhookBook book, WebhookSender sender, Outbox outbox, TimeProvider clock, CancellationToken cancellation)
    {
        if (Visible(caller, id, book) is not { } webhook)
        {
            return Problems.NotFound("webhook");
        }

        var outcome = await sender.SendAsync(webhook, outbox.NewMessage(), WebhookMessage.OfTest(webhook.Name, clock.GetUtcNow()), cancellation);
        return TypedResults.Ok(new TestAnswer(outcome.Error is null, outcome.Error));
    }

    private static ProblemHttpResult? Fault(Caller caller, Webhook webhook, WebhookBook book, WebhookAddress address) =>
        string.IsNullOrWhiteSpace(webhook.Name) ? Problems.Invalid("bad-name", "name: a webhook needs one.")
        : Ids.NameFault(webhook.Name) is { } name ? Problems.Invalid("bad-name", $"name: {name}")
        : address.Fault(webhook.Url) is { } url ? Problems.Invalid("bad-url", $"url: {url}")
        : Interests.Fault(webhook.Interest) is { } interest ? Problems.Invalid("bad-interest", $"interest: {interest}")
        : caller.May(Right.Administer, book.ScopeOf(webhook)) ? null
        : Problems.Forbidden("A webhook belongs to a party and a region that you administer.");

    private static Webhook? Visible(Caller caller, string id, WebhookBook book) =>
        book.Find(id) is { } webhook && caller.May(Right.Administer, book.ScopeOf(webhook)) ? webhook : null;

    private static WebhookItem Item(Webhook webhook) => new(
        webhook.Id, webhook.Name, webhook.Url, webhook.Party, webhook.Region, webhook.Interest, webhook.Disabled, webhook.Created, webhook.Version);

    private static NewWebhook WithSecret(Webhook webhook) => new(
        webhook.Id, webhook.Name, webhook.Url, webhook.Party, webhook.Region, webhook.Interest, webhook.Disabled, webhook.Created, webhook.Version, webhook.Secret);
}
