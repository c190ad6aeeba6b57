using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Jingwei.Server.Access;

/// <summary>
/// Bearer or InfluxDB's "Token" header, basic sign-in, the `u` and `p` parameters of `/write`, or the console's cookie.
/// </summary>
public sealed class HttpSignIn(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Authenticator authenticator)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "jingwei";
    public const string Cookie = "jingwei";

    /// <summary>
    /// A page of another origin cannot send a header of its own without asking first (Fetch standard, CORS-preflight), so
    /// a cookie counts for a change only together with this one.
    /// </summary>
    public const string SameOriginHeader = "X-Jingwei";

    /// <summary>Marks a request whose cookie did not count because the header was missing.</summary>
    internal const string HeaderMissing = "jingwei.header-missing";

    /// <summary>The bearer token, or the cookie's, that the request shows; null for neither.</summary>
    public static string? ShownToken(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header.Parameter is { } token
            ? token
            : request.Cookies[Cookie];

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Decide());

    private AuthenticateResult Decide()
    {
        var shown = AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header);
        if (shown && header!.Parameter is { } parameter)
        {
            return Result(header.Scheme.ToUpperInvariant() switch
            {
                "BEARER" or "TOKEN" => ByTokenOrPair(parameter),
                "BASIC" => ByBasic(parameter),
                _ => null,
            });
        }

        // InfluxDB 1 has it so; elsewhere a secret does not belong into an address, which proxies and logs keep.
        if (Request.Path == "/write" && Request.Query.TryGetValue("u", out var name) && Request.Query.TryGetValue("p", out var secret))
        {
            return Result(authenticator.ByNameAndSecret(name.ToString(), secret.ToString()));
        }

        if (Request.Cookies.TryGetValue(Cookie, out var cookie))
        {
            if (!IsSafe(Request.Method) && !Request.Headers.ContainsKey(SameOriginHeader))
            {
                Context.Items[HeaderMissing] = true;
                return AuthenticateResult.Fail($"A change with the cookie needs the header {SameOriginHeader}.");
            }

            return Result(authenticator.ByToken(cookie));
        }

        return AuthenticateResult.NoResult();
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    // InfluxDB 2 clients of a 1.x server send "Token name:secret".
    private Caller? ByTokenOrPair(string parameter) =>
        authenticator.ByToken(parameter) ?? (Pair(parameter) is var (name, secret) ? authenticator.ByNameAndSecret(name, secret) : null);

    private Caller? ByBasic(string parameter)
    {
        var bytes = new byte[parameter.Length];
        return Convert.TryFromBase64String(parameter, bytes, out var length) && Pair(Encoding.UTF8.GetString(bytes, 0, length)) is var (name, secret)
            ? authenticator.ByNameAndSecret(name, secret)
            : null;
    }

    private static (string Name, string Secret)? Pair(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
    }

    private static AuthenticateResult Result(Caller? caller) => caller is null
        ? AuthenticateResult.Fail("The token, or the name and secret, is wrong or has expired.")
        : AuthenticateResult.Success(new(new ClaimsPrincipal(new CallerIdentity(caller, SchemeName)), SchemeName));
}

/// <summary>Carries the caller through the framework's own authentication.</summary>
public sealed class CallerIdentity(Caller caller, string scheme) : ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name)], scheme)
{
    public Caller Caller => caller;
}
