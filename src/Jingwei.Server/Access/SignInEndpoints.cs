using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Access;

public sealed record SignInRequest(string? User, string? Password);

public sealed record SignInAnswer(string Token, SignedInUser User, DateTimeOffset Expires);

public sealed record SignedInUser(string Id, string Name, string Party);

public sealed record PasswordChange(string? Old, string? New);

/// <summary>The caller himself: who he is and what he may do.</summary>
public sealed record Me(string Id, string Name, CallerKind Kind, IReadOnlyList<Right> Rights, IReadOnlyList<Grant> Grants, string? Party);

/// <summary>Sign-in, sign-out, and what everybody may do with his own account.</summary>
public static class SignInEndpoints
{
    /// <summary>Where a failed sign-in leaves the name that was tried, for the audit.</summary>
    internal const string AttemptedUser = "jingwei.attempted-user";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/login", SignIn).AllowAnonymous();
        routes.MapPost("/api/logout", SignOut).RequiresSignIn();
        routes.MapPost("/api/me/password", ChangePassword).RequiresSignIn();
        routes.MapGet("/api/me", WhoAmI).Requires(Right.View);
    }

    private static Results<Ok<SignInAnswer>, ProblemHttpResult> SignIn(
        SignInRequest request, HttpContext context, Users users, Tokens tokens, SignInThrottle throttle)
    {
        var (name, password) = (request.User ?? "", request.Password ?? "");
        context.Items[AttemptedUser] = name.Length > 64 ? name[..64] : name;
        string[] keys = [$"user {name}", $"from {context.Connection.RemoteIpAddress}"];
        var wait = keys.Max(throttle.Wait);
        if (wait > TimeSpan.Zero)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Problems.Of(StatusCodes.Status429TooManyRequests, "too-many-attempts", "Too many wrong passwords.", $"Wait {Math.Ceiling(wait.TotalSeconds)} s.");
        }

        if (password.Length > Users.MaximumPasswordLength || users.Verify(name, password) is not { } user)
        {
            Array.ForEach(keys, throttle.Failed);
            return Problems.Of(StatusCodes.Status401Unauthorized, "wrong-credentials", "The user or the password is wrong.", null);
        }

        Array.ForEach(keys, throttle.Succeeded);
        users.SignedIn(user);
        var (token, secret) = tokens.OpenSession(user);
        context.Response.Cookies.Append(HttpSignIn.Cookie, secret, new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Expires = token.Expires,
            IsEssential = true,
        });
        return TypedResults.Ok(new SignInAnswer(secret, new(user.Id, user.Name, user.Party), token.Expires!.Value));
    }

    private static NoContent SignOut(Caller caller, HttpContext context, Tokens tokens)
    {
        var shown = context.Request.Cookies[HttpSignIn.Cookie] ?? context.Request.Headers.Authorization.ToString().Split(' ')[^1];
        if (tokens.Find(shown) is { IsSession: true } session && session.User == caller.Id)
        {
            tokens.Remove(token => token.Id == session.Id);
        }

        context.Response.Cookies.Delete(HttpSignIn.Cookie);
        return TypedResults.NoContent();
    }

    private static Results<NoContent, ProblemHttpResult> ChangePassword(Caller caller, PasswordChange change, HttpContext context, Users users, Tokens tokens)
    {
        if (caller.Kind != CallerKind.User)
        {
            return Problems.Forbidden("Only a user has a password.");
        }

        if (users.Verify(caller.Id, change.Old ?? "") is null)
        {
            return Problems.Invalid("wrong-credentials", "The old password is wrong.");
        }

        if (!IsPassword(change.New))
        {
            return WeakPassword();
        }

        users.SetPassword(caller.Id, change.New!);
        var kept = context.Request.Cookies[HttpSignIn.Cookie] is { } cookie ? tokens.Find(cookie)?.Id : null;
        tokens.Remove(token => token.IsSession && token.User == caller.Id && token.Id != kept);
        return TypedResults.NoContent();
    }

    private static Ok<Me> WhoAmI(Caller caller, Users users) => TypedResults.Ok(new Me(
        caller.Id, caller.Name, caller.Kind, [.. Enum.GetValues<Right>().Where(caller.MayAnywhere)], caller.Grants, users.Find(caller.Id)?.Party));

    internal static bool IsPassword(string? text) => text?.Length is >= Users.MinimumPasswordLength and <= Users.MaximumPasswordLength;

    internal static ProblemHttpResult WeakPassword() =>
        Problems.Invalid("weak-password", $"A password has {Users.MinimumPasswordLength} to {Users.MaximumPasswordLength} characters.");
}
