using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Access.Outlines;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Jingwei.Server.Access;

/// <summary>Parties, regions, users, roles, tokens, audit.</summary>
public static class AccessSlice
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddAuthentication(HttpSignIn.SchemeName).AddScheme<AuthenticationSchemeOptions, HttpSignIn>(HttpSignIn.SchemeName, null);
        services.AddAuthorization(Requirements.DenyByDefault);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalAnswers>();
        return services
            .AddSingleton<Parties>()
            .AddSingleton<Regions>()
            .AddSingleton<RegionOutlines>()
            .AddSingleton<Users>()
            .AddSingleton<Tokens>()
            .AddSingleton<Actors>()
            .AddSingleton<Authenticator>()
            .AddSingleton<SignInThrottle>()
            .AddSingleton<Audit>()
            .AddSingleton<AuditTrail>()
            .AddSingleton<AgreementBook>()
            .AddSingleton<AgreementRights>()
            .AddSingleton<AgreementPartners>()
            .AddSingleton<AgreementCaseLinks>()
            .AddSingleton<AgreementUses>()
            .AddSingleton<AgreementItems>()
            .AddSingleton<AgreementList>();
    }

    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        routes.MapSignIn();
        routes.MapUsers();
        routes.MapTokens();
        routes.MapPlaces();
        routes.MapOutlines();
        routes.MapAudit();
        routes.MapAgreements();
    }

    /// <summary>Makes the first user of an empty store; returns his password where one had to be made.</summary>
    public static string? AddFirstUser(this IServiceProvider services, string? password)
    {
        // Parties before users: the store's foreign keys point that way.
        services.GetRequiredService<Parties>();
        var users = services.GetRequiredService<Users>();
        if (users.Find(Users.First) is not null)
        {
            return null;
        }

        var chosen = password ?? Secret.New();
        users.Add(Users.First, "管理员", Parties.Root, chosen);
        users.AddGrant(Users.First, Role.Administrator, Parties.Root, Regions.Root);
        return password is null ? chosen : null;
    }
}
