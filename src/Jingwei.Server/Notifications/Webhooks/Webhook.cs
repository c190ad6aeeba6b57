using Jingwei.Server.Notifications.Deciding;

namespace Jingwei.Server.Notifications.Webhooks;

/// <summary>An address that is told of what happens in a party and a region and all below them.</summary>
/// <param name="Secret">Signs what is sent; shown once, when it is made.</param>
/// <param name="Former">The secret before, which signs too until <paramref name="FormerUntil"/>, so that the other side can change over.</param>
internal sealed record Webhook(
    string Id, string Name, string Url, string Party, string Region, Interest Interest, string Secret, string? Former, DateTimeOffset? FormerUntil,
    bool Disabled, long Version, DateTimeOffset Created)
{
    public IEnumerable<string> SecretsAt(DateTimeOffset now) => Former is { } former && FormerUntil > now ? [Secret, former] : [Secret];
}
