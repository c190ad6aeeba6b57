using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Directory.Calendars;
using Jingwei.Server.Indicators.Control;
using Jingwei.Server.Indicators.Recent;
using Jingwei.Server.Packs;

namespace Jingwei.Server.Indicators;

/// <summary>Indicators: figures over hours, shifts, days, weeks and months, live and corrected by late readings.</summary>
public static class IndicatorsSlice
{
    public static IServiceCollection AddIndicators(this IServiceCollection services) => services
        .AddSingleton<IndicatorHistory>()
        .AddSingleton<IndicatorView>()
        .AddSingleton<EngineSamples>()
        .AddSingleton<PlaceTree>()
        .AddSingleton<Subjects>()
        .AddSingleton<ReadingsBehind>()
        .AddSingleton<SignOffStore>()
        .AddSingleton<Comparing>()
        .AddSingleton<ControlSamples>()
        .AddSingleton(provider =>
        {
            var things = provider.GetRequiredService<Things>();
            return new LiveIndicators(
                provider.GetRequiredService<PackCatalog>(),
                ThingTree.Of(things, provider.GetRequiredService<PlaceTree>()),
                () => things.All,
                provider.GetRequiredService<Parties>().ZoneOf,
                provider.GetRequiredService<EngineSamples>().ReadAsync,
                provider.GetRequiredService<IndicatorHistory>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<OwnShifts>().Of);
        })
        .AddSingleton(provider => new RecentIndicators(
            provider.GetRequiredService<LiveIndicators>(),
            ThingTree.Of(provider.GetRequiredService<Things>()),
            provider.GetRequiredService<EngineSamples>().ReadAsync,
            provider.GetRequiredService<TimeProvider>()))
        .AddHostedService<IndicatorLoop>();

    public static void MapIndicators(this IEndpointRouteBuilder routes)
    {
        routes.MapIndicatorEndpoints();
        routes.MapRevisions();
        routes.MapComparison();
        routes.MapSignOffs();
        routes.MapControlCharts();
        routes.MapRecentIndicators();
    }
}
