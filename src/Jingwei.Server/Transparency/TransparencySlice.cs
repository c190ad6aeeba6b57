using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Cases;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Transparency.Witnessing;

namespace Jingwei.Server.Transparency;

/// <summary>The ledger: that what was recorded was not altered, for anybody to check.</summary>
public static class TransparencySlice
{
    public static IServiceCollection AddTransparency(this IServiceCollection services) => services
        .AddSingleton<LedgerRuns>()
        .AddSingleton(provider => LedgerSource.Identifiers(provider.GetRequiredService<IdentifierStore>()))
        .AddSingleton(provider => LedgerSource.Cases(provider.GetRequiredService<CaseStore>(), provider.GetRequiredService<Database>()))
        .AddSingleton(provider => LedgerSource.Facts(provider.GetRequiredService<FactStore>()))
        .AddSingleton(provider => LedgerSource.Agreements(provider.GetRequiredService<AgreementBook>(), provider.GetRequiredService<Database>()))
        .AddSingleton<ServerLedger>()
        .AddHostedService<LedgerFollowing>()
        .AddSingleton<WitnessBook>()
        .AddSingleton<WitnessClient>()
        .AddSingleton<ServerWitness>()
        .AddSingleton<CosignedCheckpoints>()
        .AddSingleton<LedgerProving>()
        .AddSingleton<Cosigning>()
        .AddHostedService(provider => provider.GetRequiredService<Cosigning>());

    public static void MapTransparency(this IEndpointRouteBuilder routes)
    {
        routes.MapLedgerFiles();
        routes.MapProofs();
        routes.MapWitness();
        routes.MapWitnessSettings();
    }
}
