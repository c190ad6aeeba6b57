using Jingwei.Server.Access;
using Jingwei.Server.Packs;
using Jingwei.Server.Telemetry.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Telemetry;

/// <param name="Sync">When it is synced; with anything but always a power cut loses what was acknowledged since the last time.</param>
public sealed record LogUse(long Bytes, long LimitBytes, int Segments, LogSync Sync);

public sealed record EngineUse(long Rows, long Bytes);

/// <summary>All values that ever came: received = stored + pending + rejected + duplicate.</summary>
/// <param name="Replayed">Rejects that were judged again and went where they belong; they count there, and not as rejected.</param>
/// <param name="Reasons">Rejected values by reason.</param>
/// <param name="Gone">Rejects that count as rejected and are kept no more: "expired" by number or age, "deleted" by people.</param>
public sealed record AccountingAnswer(
    long Received, long Stored, long Pending, long Rejected, long Duplicate, long Corrections, long Replayed,
    IReadOnlyDictionary<string, long> Reasons, IReadOnlyDictionary<string, long> Gone,
    IReadOnlyList<ChannelAccount> Channels, LogUse Log, EngineUse Engine);

/// <summary>A way in, with what came by it.</summary>
public sealed record ChannelItem(
    string Id, Label Name, string? Protocol, long Received, long Stored, long Pending, long Rejected, long Duplicate, DateTimeOffset? LastAt);

/// <summary>What became of every value: accounts and channels.</summary>
public static class AccountingEndpoints
{
    public static void MapAccounting(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/accounting", Get).Requires(Right.View).WithSummary("What became of every value that was ever received.");
        routes.MapGet("/api/channels", Channels).Requires(Right.View).WithSummary("The ways in, with what came by each.");
    }

    private static async Task<Results<Ok<AccountingAnswer>, ProblemHttpResult>> Get(
        Caller caller, Accounting accounting, RejectStore rejects, Readings readings, TelemetryOptions options)
    {
        if (!caller.May(Right.View, Scope.Everything))
        {
            return Problems.Forbidden("The accounts span all parties; they are for those who may see all of them.");
        }

        var channels = accounting.Channels;
        var (rows, bytes) = await readings.Store.SizeAsync();
        var reasons = channels
            .SelectMany(channel => channel.Reasons)
            .GroupBy(reason => reason.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(reason => reason.Value));
        return TypedResults.Ok(new AccountingAnswer(
            channels.Sum(channel => channel.Received), channels.Sum(channel => channel.Stored), channels.Sum(channel => channel.Pending),
            channels.Sum(channel => channel.Rejected), channels.Sum(channel => channel.Duplicate), channels.Sum(channel => channel.Corrections),
            channels.Sum(channel => channel.Replayed), reasons, rejects.Gone, channels,
            new LogUse(readings.LogSize.Bytes, options.LogBytes, readings.LogSize.Segments, options.Sync), new EngineUse(rows, bytes)));
    }

    private static Results<Ok<Page<ChannelItem>>, ProblemHttpResult> Channels(Caller caller, Accounting accounting, PackCatalog packs, PageRequest page)
    {
        if (!caller.May(Right.View, Scope.Everything))
        {
            return Problems.Forbidden("Channels span all parties; they are for those who may see all of them.");
        }

        var accounts = accounting.Channels.ToDictionary(account => account.Channel, StringComparer.Ordinal);
        var declared = packs.Current.Channels.ToDictionary(channel => channel.Id, StringComparer.Ordinal);
        var items = accounts.Keys.Union(declared.Keys).Order(StringComparer.Ordinal).Select(id =>
        {
            var account = accounts.GetValueOrDefault(id);
            var channel = declared.GetValueOrDefault(id);
            return new ChannelItem(
                id, channel?.Name ?? Label.Of(id), channel?.Protocol, account?.Received ?? 0, account?.Stored ?? 0, account?.Pending ?? 0,
                account?.Rejected ?? 0, account?.Duplicate ?? 0, account?.LastAt);
        });
        return TypedResults.Ok(Page.Cut(items, item => item.Id, page));
    }
}
