using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Identifiers.Blocking;
using Jingwei.Server.Identifiers.Codes;
using Jingwei.Server.Identifiers.CompanyPrefixes;
using Jingwei.Server.Identifiers.DigitalLinks;
using Jingwei.Server.Identifiers.Node;
using Jingwei.Server.Identifiers.Prefixes;
using Jingwei.Server.Identifiers.Registration;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Identifiers.Resolution;
using Jingwei.Server.Identifiers.Statistics;
using Jingwei.Server.Identifiers.Templates;
using Jingwei.Server.Identifiers.Values;

namespace Jingwei.Server.Identifiers;

/// <summary>The identifier node: prefixes, registration, resolution.</summary>
public static class IdentifiersSlice
{
    public static IServiceCollection AddIdentifiers(this IServiceCollection services, ServerOptions options) => services
        .AddSingleton(options.Identifiers)
        .AddSingleton<Prefixes.Prefixes>()
        .AddSingleton<IKnownParties>(provider => provider.GetRequiredService<Prefixes.Prefixes>())
        .AddSingleton<PrefixRights>()
        .AddSingleton<PrefixItems>()
        .AddSingleton(provider => new PrefixCounts().Limiting(provider.GetRequiredService<Prefixes.Prefixes>()))
        .AddSingleton<NameBook>()
        .AddSingleton<Audiences>()
        .AddSingleton<Askers>()
        .AddSingleton<IdentifierStore>()
        .AddSingleton<IdentifierItems>()
        .AddSingleton<ProductTemplates>()
        .AddSingleton<Registrar>()
        .AddSingleton<ResolvedPrefixes>()
        .AddSingleton<Blocks>()
        .AddSingleton<SharedValues>()
        .AddSingleton<Resolver>()
        .AddSingleton<ElsewhereAnswers>()
        .AddSingleton<HandleAnswers>()
        .AddSingleton<CompanyPrefixes.CompanyPrefixes>()
        .AddSingleton<CompanyPrefixItems>()
        .AddSingleton<NodeAddress>()
        .AddSingleton<LinkLevels>()
        .AddSingleton<DigitalLinkAnswers>()
        .AddSingleton<IdentifierCodes>()
        .AddSingleton(options.Identifiers.Node)
        .AddSingleton<NodeSite>()
        .AddSingleton<ForeignHandles>()
        .AddSingleton<NodeAdministration>()
        .AddSingleton<NodeDoor>()
        .AddSingleton<NodeListener>()
        .AddHostedService(services => services.GetRequiredService<NodeListener>())
        .AddSingleton<ResolutionCounts>()
        .AddHostedService(services => services.GetRequiredService<ResolutionCounts>());

    /// <summary>Answers plain resolutions before anything else looks at them.</summary>
    public static void UseResolution(this WebApplication app)
    {
        var answers = app.Services.GetRequiredService<HandleAnswers>();
        app.Use((context, next) => answers.TryAnswer(context) ? Task.CompletedTask : next(context));
    }

    public static void MapIdentifiers(this IEndpointRouteBuilder routes)
    {
        routes.MapPrefixes();
        routes.MapTemplates();
        routes.MapRegistrations();
        routes.MapIdentifierRoutes();
        routes.MapErasures();
        routes.MapResolution();
        routes.MapCompanyPrefixes();
        routes.MapDigitalLinks();
        routes.MapCodes();
        routes.MapBlocks();
    }
}
