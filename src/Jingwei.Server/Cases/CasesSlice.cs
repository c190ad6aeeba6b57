using Jingwei.Server.Cases.Review;

namespace Jingwei.Server.Cases;

/// <summary>Closed loops: opened, assigned, acted on, verified, closed; with deadlines and a history that only grows.</summary>
public static class CasesSlice
{
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<CaseStore>()
        .AddSingleton(provider => new EvidenceFiles(provider.GetRequiredService<ServerOptions>().Data))
        .AddSingleton<CaseNames>()
        .AddSingleton<CaseView>()
        .AddSingleton<CaseRecipients>()
        .AddSingleton<CaseReview>()
        .AddHostedService<EvidenceSweep>()
        .AddHostedService<CaseDeadlines>()
        .AddHostedService<AlarmCases>()
        .AddHostedService<AgreementCases>();

    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        routes.MapCaseEndpoints();
        routes.MapCaseTypes();
        routes.MapCasePeople();
        routes.MapCaseTasks();
        routes.MapEvidence();
        routes.MapCaseSupervision();
        routes.MapCaseTies();
        routes.MapCaseBulk();
        routes.MapCaseReview();
    }
}
