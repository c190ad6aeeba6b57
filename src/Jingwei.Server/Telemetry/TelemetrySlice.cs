using Jingwei.Server.Devices;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Keeping;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Repair;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry;

/// <summary>Readings: intake, the durable log, the engine, queries.</summary>
public static class TelemetrySlice
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services) => services
        .AddSingleton(provider => provider.GetRequiredService<ServerOptions>().Telemetry)
        .AddSingleton<SeriesRegistry>()
        .AddSingleton<Accounting>()
        .AddSingleton<RejectStore>()
        .AddSingleton<Readings>()
        .AddSingleton<ReadingCheck>()
        .AddSingleton<JsonReadings>()
        .AddSingleton<ReadingsTopic>()
        .AddSingleton<LineWrite>()
        .AddSingleton<LineRequest>()
        .AddSingleton<ReadingQueries>()
        .AddSingleton<ReadingsRequest>()
        .AddSingleton<OperatorSql>()
        .AddSingleton<RejectReplay>()
        .AddSingleton<Retention>()
        .AddSingleton<StorageUse>()
        .AddSingleton<StorageHistory>()
        .AddHostedService<TelemetryHost>()
        .AddHostedService<Upkeep>();

    public static void MapTelemetry(this IEndpointRouteBuilder routes)
    {
        // Set before the MQTT port listens.
        var topic = routes.ServiceProvider.GetRequiredService<ReadingsTopic>();
        routes.ServiceProvider.GetRequiredService<DeviceServer>().Take(Topic.Readings, topic.TakeAsync);
        routes.MapLatest();
        routes.MapReadings();
        routes.MapAccounting();
        routes.MapRejects();
        routes.MapStorage();
        routes.MapWrite();
        routes.MapQuery();
    }
}
