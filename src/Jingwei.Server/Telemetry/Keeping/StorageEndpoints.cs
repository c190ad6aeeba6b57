using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Telemetry.Keeping;

/// <summary>Days that each form is kept; null: for ever.</summary>
public sealed record KeptDays(double? Readings, double? Minutes, double? Hours, double? Days);

/// <summary>What is on the disk, how it grows, and when the disk will be full. Bytes.</summary>
public sealed record StorageAnswer(
    DiskState State, long Free, long Total, long Used, long Log, long Engine, long Database, IReadOnlyList<TableUse> Tables,
    StorageGrowth Growth, StorageForecast Full, KeptDays Kept, IReadOnlyList<StorageSample> History);

/// <summary>The disk, for those who look after the whole platform.</summary>
public static class StorageEndpoints
{
    public static void MapStorage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/system/storage", GetAsync).Requires(Right.Administer).WithSummary("What is on the disk, how it grows, and when the disk will be full.");

    private static async Task<Results<Ok<StorageAnswer>, ProblemHttpResult>> GetAsync(
        Caller caller, StorageUse use, StorageHistory history, TelemetryOptions options)
    {
        if (!caller.May(Right.Administer, Scope.Everything))
        {
            return Problems.Forbidden("The disk is for those who administer the whole platform.");
        }

        var tables = await use.TablesAsync();
        var now = use.Measure(tables);
        var samples = history.All;
        var retention = options.Retention;
        var age = await use.OldestAsync() is { } oldest ? now.At - Instant.ToTime(oldest) : TimeSpan.Zero;
        var disk = use.Disk;
        return TypedResults.Ok(new StorageAnswer(
            StorageUse.StateOf(disk, options), disk.Free, disk.Total, now.Used, now.Log, now.Engine, now.Database, tables,
            StorageForecast.Growth(samples, now), StorageForecast.Of(samples, now, retention.Readings, age),
            new KeptDays(retention.Readings?.TotalDays, retention.Minutes?.TotalDays, retention.Hours?.TotalDays, retention.Days?.TotalDays),
            [.. samples, now]));
    }
}
