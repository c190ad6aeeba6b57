using Jingwei.Server.Devices;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Intake.Sparkplug;
using Jingwei.Server.Telemetry.Intake.ThingsBoard;
using Jingwei.Server.Telemetry.Keeping;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Repair;
using Jingwei.Server.Telemetry.Store;
using Jingwei.Server.Telemetry.Twin;

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
        .AddSingleton<DecodedPayloads>()
        .AddSingleton<MessageIntake>()
        .AddSingleton<ReadingsTopic>()
        .AddSingleton<ForeignThings>()
        .AddSingleton<ThingsBoardGateways>()
        .AddSingleton<ThingsBoardIntake>()
        .AddSingleton<ThingsBoardAttributes>()
        .AddSingleton<SparkplugReadings>()
        .AddSingleton<SparkplugRebirths>()
        .AddSingleton<SparkplugHost>()
        .AddSingleton<SparkplugCommands>()
        .AddSingleton<SparkplugState>()
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
        .AddSingleton<Desired>()
        .AddHostedService<DesiredStart>()
        .AddHostedService<Upkeep>()
        .AddHostedService(provider => provider.GetRequiredService<SparkplugState>());

    public static void MapTelemetry(this IEndpointRouteBuilder routes)
    {
        // Set before the MQTT port listens.
        routes.ServiceProvider.GetRequiredService<ThingsBoardIntake>();
        routes.ServiceProvider.GetRequiredService<ThingsBoardAttributes>();
        routes.ServiceProvider.GetRequiredService<ThingsBoardGateways>();
        routes.ServiceProvider.GetRequiredService<SparkplugHost>();
        routes.ServiceProvider.GetRequiredService<SparkplugCommands>();
        var topic = routes.ServiceProvider.GetRequiredService<ReadingsTopic>();
        routes.ServiceProvider.GetRequiredService<DeviceServer>().Take(Topic.Readings, topic.TakeAsync);
        routes.MapLatest();
        routes.MapTwin();
        routes.MapReadings();
        routes.MapAccounting();
        routes.MapRejects();
        routes.MapStorage();
        routes.MapWrite();
        routes.MapQuery();
    }
}
