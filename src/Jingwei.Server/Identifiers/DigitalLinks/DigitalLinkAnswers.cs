using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Resolution;
using Jingwei.Identifiers.Handle;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Resolution;
using Jingwei.Server.Identifiers.Statistics;
using Jingwei.Server.Identifiers.Values;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Identifiers.DigitalLinks;

/// <summary>Answers Digital Links as the GS1-Conformant Resolver Standard 1.2 wants it, to whoever may resolve identifiers here.</summary>
internal sealed class DigitalLinkAnswers(
    CompanyPrefixes.CompanyPrefixes companies, ResolvedPrefixes prefixes, LinkLevels links, Askers askers, NodeAddress address, IdentifierOptions options)
{
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        ResolverHeaders.Open(context.Response);
        if (IsClosedTo(context.User.Caller()))
        {
            return NotSignedIn();
        }

        var stem = address.Of(context.Request);
        var (reading, isCompressed) = DigitalLinkPaths.Read(stem + TargetOf(context));
        return reading.IsValid
            ? await AnswerAsync(context, reading.Value, stem, isCompressed)
            : Problems.Invalid("bad-digital-link", $"This is no GS1 Digital Link. {reading.Problem.Message}");
    }

    /// <summary>Answers a path of one segment where it is a compressed Digital Link; nothing is there otherwise.</summary>
    public Task<IResult> AnswerPackedAsync(HttpContext context) =>
        DigitalLinkPaths.AreOf(context.Request.Path) ? AnswerAsync(context) : Task.FromResult<IResult>(Problems.NotFound("page"));

    /// <summary>What may be asked of a Digital Link, and where its linkset is: for who may ask, where there is something.</summary>
    public IResult Preflight(HttpContext context)
    {
        var caller = context.User.Caller();
        var stem = address.Of(context.Request);
        if (!IsClosedTo(caller) && DigitalLinkPaths.Read(stem + TargetOf(context)) is { Reading: { IsValid: true, Value: var link }, IsCompressed: var isCompressed } &&
            PrefixOf(link) is { Delegation: null } prefix && links.Find(link, prefix, stem, askers.Of(caller, link.Parameter("purpose"))) is { Count: > 0 } levels)
        {
            ResolverHeaders.Write(context.Response, LinkResolution.LevelsOf(link, levels)[0], stem, isCompressed ? link : null);
        }

        return ResolverHeaders.Preflight(context);
    }

    /// <summary>What this resolver says of itself.</summary>
    public IResult Describe(HttpContext context)
    {
        ResolverHeaders.Open(context.Response);
        if (IsClosedTo(context.User.Caller()))
        {
            return NotSignedIn();
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Form))
        {
            new ResolverDescription { Name = "Jingwei", ResolverRoot = address.Of(context.Request) }.Write(json);
        }

        return TypedResults.Bytes(buffer.WrittenMemory, "application/json");
    }

    private async Task<IResult> AnswerAsync(HttpContext context, DigitalLink link, string stem, bool isCompressed)
    {
        if (PrefixOf(link) is not { } prefix)
        {
            return Problems.NotFound("identifier");
        }

        if (prefix.Delegation is { } delegation)
        {
            // The enterprise's own resolver knows the rest.
            return delegation.Http is { } node ? Redirect(context, (link with { Stem = node.ToString().TrimEnd('/') }).ToString()) : Problems.NotFound("identifier");
        }

        var asker = askers.Of(context.User.Caller(), link.Parameter("purpose"));
        var levels = links.Find(link, prefix, stem, asker);
        ResolutionCounts.Count(prefix.Tally, asker, levels.Count > 0 ? HandleResponseCode.Success : HandleResponseCode.HandleNotFound);
        if (levels.Count == 0)
        {
            return Problems.NotFound("identifier");
        }

        var (accept, language) = (context.Request.Headers.Accept.ToString(), context.Request.Headers.AcceptLanguage.ToString());
        var answer = LinkResolution.Resolve(link, levels, new(accept, language));
        ResolverHeaders.Write(context.Response, LinkResolution.LevelsOf(link, levels)[0], stem, isCompressed ? link : null);
        return answer switch
        {
            { Location: { } target } => Redirect(context, target),
            { Status: StatusCodes.Status404NotFound } => Problems.NotFound("link"),
            _ => await WriteAsync(context.Response, answer, stem, LinkResolution.PrefersText(accept)),
        };
    }

    private ResolvedPrefix? PrefixOf(DigitalLink link) => companies.PrefixOf(link.Key) is { } name ? prefixes.Find(Encoding.ASCII.GetBytes(name)) : null;

    private static StatusCodeHttpResult Redirect(HttpContext context, string target)
    {
        context.Response.Headers.Location = target;
        return TypedResults.StatusCode(StatusCodes.Status307TemporaryRedirect);
    }

    private static async Task<IResult> WriteAsync(HttpResponse response, ResolutionAnswer answer, string stem, bool asText)
    {
        ResolverHeaders.WriteContext(response);
        response.StatusCode = answer.Status;
        response.ContentType = asText ? LinkResolution.TextMediaType : LinkResolution.LinksetMediaType;
        var body = new ArrayBufferWriter<byte>();
        if (asText)
        {
            Encoding.UTF8.GetBytes(LinksetWriter.WriteText(answer, stem), body);
        }
        else
        {
            await using var json = new Utf8JsonWriter(body, Form);
            LinksetWriter.Write(json, answer, stem);
        }

        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, response.HttpContext.RequestAborted);
        return Results.Empty;
    }

    // As it was sent: decoded, a value that holds a slash would be two segments.
    private static string TargetOf(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return target.StartsWith('/') ? target : context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
    }

    private bool IsClosedTo(Caller? caller) => caller is null && !options.PublicValues;

    private static ProblemHttpResult NotSignedIn() => Problems.Of(StatusCodes.Status401Unauthorized, "not-signed-in", "Sign in first.", null);
}
