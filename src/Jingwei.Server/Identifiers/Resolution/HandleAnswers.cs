using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Values;

namespace Jingwei.Server.Identifiers.Resolution;

/// <summary>
/// `GET /api/handles/{prefix}/{suffix}` in the Handle proxy's form. What anybody asks without conditions is answered before routing and
/// sign-in; everything else comes here again as a route.
/// </summary>
internal sealed class HandleAnswers(Resolver resolver, ElsewhereAnswers elsewhere, Askers askers, IdentifierOptions options)
{
    public const string Path = "/api/handles/";

    private const string ContentType = "application/json;charset=UTF-8";
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? pen;

    /// <summary>Answers where it can; true when it did.</summary>
    public bool TryAnswer(HttpContext context)
    {
        var request = context.Request;
        if (!options.PublicValues || !HttpMethods.IsGet(request.Method) || request.QueryString.HasValue || request.Headers.Authorization.Count > 0 ||
            request.Headers.Cookie.Count > 0 || !request.Path.Value!.StartsWith(Path, StringComparison.Ordinal) || PagePreference.PrefersPage(request))
        {
            return false;
        }

        return TryAnswer(context, Asker.Anybody, ResolutionFilter.All);
    }

    /// <summary>Answers a request that has conditions, or a caller, or asks for what another node has.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        // The page asks again, and lets people sign in where that is needed.
        if (PagePreference.PrefersPage(context.Request))
        {
            return TypedResults.Redirect(NodeAddress.PagePath + context.Request.Path.ToUriComponent()[Path.Length..]);
        }

        var caller = context.User.Caller();
        if (caller is null && !options.PublicValues)
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, "not-signed-in", "Sign in first.", null);
        }

        if (ResolutionFilter.Of(context.Request.Query) is not { } filter)
        {
            return Problems.Invalid("bad-filter", $"index is a number, type a type of at most {IdentifierLimits.TypeBytes} characters; at most {ResolutionFilter.Most} of each.");
        }

        var purpose = context.Request.Query["purpose"].ToString();
        if (!TryAnswer(context, askers.Of(caller, purpose.Length == 0 ? null : purpose), filter))
        {
            await AnswerElsewhereAsync(context, filter);
        }

        return Results.Empty;
    }

    private bool TryAnswer(HttpContext context, Asker asker, ResolutionFilter filter)
    {
        var (buffer, json) = pen ??= NewPen();
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        Span<byte> name = stackalloc byte[IdentifierLimits.NameBytes + 1];
        var code = resolver.Resolve(TargetName.Of(context, Path, name), filter, asker, json);
        if (code is HandleResponseCode.ServerNotResponsible or HandleResponseCode.ServiceReferral)
        {
            return false;
        }

        json.Flush();
        Write(context.Response, code, buffer);
        return true;
    }

    private async Task AnswerElsewhereAsync(HttpContext context, ResolutionFilter filter)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(buffer, Form);
        var (name, response) = await elsewhere.ResolveAsync(context, filter, context.RequestAborted);
        HandleJsonWriter.Write(json, name, response);
        await json.FlushAsync(context.RequestAborted);
        Write(context.Response, response.Code, buffer);
    }

    private static void Write(HttpResponse response, HandleResponseCode code, ArrayBufferWriter<byte> json)
    {
        response.StatusCode = HandleHttpStatus.Of(code, HandleOperation.Resolution);
        response.ContentType = ContentType;
        response.ContentLength = json.WrittenCount;
        response.BodyWriter.Write(json.WrittenSpan);
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) NewPen()
    {
        var buffer = new ArrayBufferWriter<byte>(IdentifierLimits.NameBytes);
        return (buffer, new(buffer, Form));
    }
}
