using Jingwei.Server.Reports.Drills;
using Jingwei.Server.Reports.Feeds;
using Jingwei.Server.Reports.Incidents;
using Jingwei.Server.Reports.Intake;
using Jingwei.Server.Reports.Open311;
using Jingwei.Server.Reports.Settling;
using Jingwei.Server.Reports.Structuring;
using Jingwei.Server.Reports.Warnings;
using Jingwei.Text.Likeness;
using Jingwei.Text.Models;

namespace Jingwei.Server.Reports;

/// <summary>Reports of people, feeds and rules: kept as they came, structured, made into incidents that are ranked, mapped and handled.</summary>
public static class ReportsSlice
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton(new ModelFolder(ModelFolder.Shipped))
        // Read when somebody asks: a server without packs that have incidents needs none of them.
        .AddSingleton(provider => new Lazy<ProfileReader>(provider.GetRequiredService<ModelFolder>().OpenProfiles))
        .AddSingleton(provider => new Lazy<LikenessModel>(provider.GetRequiredService<ModelFolder>().OpenLikeness))
        .AddSingleton<ReportIntake>()
        .AddSingleton<ReportView>()
        .AddSingleton<ReportCheck>()
        .AddSingleton<ReportSending>()
        .AddSingleton<Attachments>()
        .AddSingleton<Structurer>()
        .AddSingleton<ReportReading>()
        .AddSingleton<CorrectedReports>()
        .AddSingleton<IncidentTypes>()
        .AddSingleton<IncidentBook>()
        .AddSingleton<IncidentMatching>()
        .AddSingleton<IncidentScoring>()
        .AddSingleton<IncidentCases>()
        .AddSingleton<IncidentRanking>()
        .AddSingleton<IncidentView>()
        .AddSingleton<IncidentList>()
        .AddSingleton<IncidentDetails>()
        .AddSingleton<IncidentChanges>()
        .AddSingleton<IncidentMap>()
        .AddSingleton<IncidentArchive>()
        .AddSingleton<Proposals>()
        .AddSingleton<SettledReports>()
        .AddSingleton<WarningBook>()
        .AddSingleton<AlertReading>()
        .AddSingleton<AlertIntake>()
        .AddSingleton<WarningIssuing>()
        .AddSingleton<CaseFollowing>()
        .AddHostedService(provider => provider.GetRequiredService<CaseFollowing>())
        .AddHostedService<ReportSettling>()
        .AddSingleton<DrillBook>()
        .AddSingleton<FeedBook>()
        .AddSingleton<Open311Services>()
        .AddSingleton<Open311Requests>()
        .AddSingleton<FeedFetch>()
        .AddSingleton<FeedTurns>()
        .AddHostedService<IncidentRescoring>()
        .AddHostedService<AlarmReporting>()
        .AddHostedService<DrillReplay>()
        .AddHostedService<FeedPolling>();

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapReportRoutes();
        routes.MapIncidentRoutes();
        routes.MapMapRoutes();
        routes.MapUploads();
        var options = routes.ServiceProvider.GetRequiredService<ServerOptions>();
        routes.MapWarnings(options);
        routes.MapOpen311(options);
        routes.MapFeeds();
        routes.MapDrills();
    }
}
