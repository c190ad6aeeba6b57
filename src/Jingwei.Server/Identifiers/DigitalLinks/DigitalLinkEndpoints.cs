using Jingwei.Identifiers.Gs1.Resolution;
using Jingwei.Server.Access;

namespace Jingwei.Server.Identifiers.DigitalLinks;

/// <summary>GS1 Digital Links: `/01/{gtin}` and the paths of the other primary keys, compressed ones, the resolver's description.</summary>
internal static class DigitalLinkEndpoints
{
    private static readonly string[] Asking = [HttpMethods.Get, HttpMethods.Head];

    public static void MapDigitalLinks(this IEndpointRouteBuilder routes)
    {
        foreach (var key in DigitalLinkPaths.Keys)
        {
            var path = $"/{key}/{{**link}}";
            routes.MapMethods(path, Asking, (HttpContext context, DigitalLinkAnswers answers) => answers.AnswerAsync(context)).AllowAnonymous()
                .WithSummary("Redirects to the link of a GS1 key (GS1-Conformant Resolver Standard 1.2); `linkType` and `context` choose it, `linkType=linkset` lists all.");
            routes.MapPreflight(path, (HttpContext context, DigitalLinkAnswers answers) => answers.Preflight(context));
        }

        routes.MapMethods(
                $"/{{packed:minlength({DigitalLinkPaths.PackedCharacters})}}", Asking,
                (HttpContext context, DigitalLinkAnswers answers) => answers.AnswerPackedAsync(context))
            .AllowAnonymous().ExcludeFromDescription();
        routes.MapMethods(ResolverDescription.Path, Asking, (HttpContext context, DigitalLinkAnswers answers) => answers.Describe(context)).AllowAnonymous()
            .WithSummary("What this server says of itself as a resolver of GS1 Digital Links.");
        routes.MapPreflight(ResolverDescription.Path, ResolverHeaders.Preflight);
    }

    // It changes nothing, and comes before every request of a page.
    private static void MapPreflight(this IEndpointRouteBuilder routes, string path, Delegate answer) =>
        routes.MapMethods(path, [HttpMethods.Options], answer).AllowAnonymous().WithMetadata(new NotAudited()).ExcludeFromDescription();
}
