using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.Capture;
using Jingwei.Server.Facts.Erasing;
using Jingwei.Server.Facts.MasterData;
using Jingwei.Server.Facts.Queries;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Sharing;
using Jingwei.Server.Facts.Statistics;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Facts.Subscriptions;
using Jingwei.Server.Facts.Tracing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Facts;

/// <summary>What happened: events are captured and queried as EPCIS 2.0 has it.</summary>
public static class FactsSlice
{
    public static IServiceCollection AddFacts(this IServiceCollection services) => services
        .AddSingleton<FactStore>()
        .AddSingleton<EventAliases>()
        .AddSingleton<CursorCipher>()
        .AddSingleton<FactRights>()
        .AddSingleton<FactCiphers>()
        .AddSingleton<Traces>()
        .AddSingleton<IKnownParties, TracedParties>()
        .AddSingleton<MasterDataBook>()
        .AddSingleton<TracePlaces>()
        .AddSingleton<EventTelemetry>()
        .AddSingleton<CompanyPrefixLengths>()
        .AddSingleton<EpcForms>()
        .AddSingleton<Capturing>()
        .AddSingleton<FactSearch>()
        .AddSingleton<FactAnswers>()
        .AddSingleton<CountedEvents>()
        .AddSingleton<NamedQueries>()
        .AddSingleton<SubscriptionBook>()
        .AddSingleton<SubscriptionSender>()
        .AddSingleton<SubscriptionLoop>()
        .AddSingleton<EventSocket>()
        .AddHostedService(services => services.GetRequiredService<SubscriptionLoop>());

    public static void MapFacts(this IEndpointRouteBuilder routes)
    {
        var epcis = routes.MapGroup("/epcis").WithMetadata(new RefusalForm(Refusal)).AddEndpointFilter(SayVersionAsync);
        epcis.MapCapture();
        epcis.MapEvents();
        epcis.MapResources();
        epcis.MapQueries();
        epcis.MapSubscriptions();
        routes.MapTraces();
        routes.MapEventTelemetry();
        routes.MapStatistics();
        routes.MapFactErasures();
        epcis.MapMethods("/{**rest}", [HttpMethods.Options], Describe).RequiresSignIn().WithMetadata(new NotAudited()).ExcludeFromDescription();
    }

    private static async ValueTask<object?> SayVersionAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        EpcisHeaders.Write(context.HttpContext.Response);
        return await next(context);
    }

    private static EpcisProblemResult Refusal(int status) =>
        new(status == StatusCodes.Status401Unauthorized ? EpcisProblemType.Unauthorised : EpcisProblemType.Security, null);

    private static NoContent Describe(string? rest, HttpResponse response)
    {
        EpcisHeaders.Describe(response, rest is null or "capture");
        response.Headers.Allow = rest?.Split('/') switch
        {
            ["capture" or "events" or "queries"] or ["queries", _, "subscriptions"] => "GET, OPTIONS, POST",
            ["queries", _] or ["queries", _, "subscriptions", _] => "GET, OPTIONS, DELETE",
            _ => "GET, OPTIONS",
        };
        return TypedResults.NoContent();
    }
}
