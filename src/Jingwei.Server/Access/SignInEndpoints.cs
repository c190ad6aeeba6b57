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

    // An id has at most 128 characters, each of which is at most two UTF-16 units.
    private const int MaximumUser = 2 * Ids.MaximumLength;

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/login", SignIn).AllowAnonymous().WithSummary("Signs a user in with his password.");
        routes.MapPost("/api/logout", SignOut).RequiresSignIn().WithSummary("Ends the session.");
        routes.MapPost("/api/me/password", ChangePassword).RequiresSignIn().WithSummary("Changes the caller's own password; his other sessions end.");
        routes.MapGet("/api/me", WhoAmI).Requires(Right.View).WithSummary("Who the caller is and what he may do.");
    }

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> SignIn(
        SignInRequest request, HttpContext context, Users users, Tokens tokens, SignInThrottle throttle)
    {
        // No user has a longer name, so that what is left of it is nobody's.
        var name = request.User is { Length: <= MaximumUser } given ? given : "";
        context.Items[AttemptedUser] = name;
        var (opened, wait) = await throttle.TryAsync(name, Address(context), () => Open(name, request.Password, users, tokens), context.RequestAborted);
        if (wait > TimeSpan.Zero)
        {
            return TooMany(context, wait);
        }

        if (opened is not var (user, token, secret))
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, "wrong-credentials", "The user or the password is wrong.", null);
        }

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

    private static Opened? Open(string name, string? password, Users users, Tokens tokens)
    {
        if (password is null or { Length: > Users.MaximumPasswordLength } || users.Verify(name, password) is not { } user)
        {
            return null;
        }

        users.SignedIn(user);
        var (token, secret) = tokens.OpenSession(user);
        return new(user, token, secret);
    }

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static ProblemHttpResult TooMany(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        return Problems.Of(StatusCodes.Status429TooManyRequests, "too-many-attempts", "Too many wrong passwords.", $"Wait {seconds} s.");
    }

    private static NoContent SignOut(Caller caller, HttpContext context, Tokens tokens)
    {
        if (HttpSignIn.ShownToken(context.Request) is { } shown && tokens.Find(shown) is { IsSession: true } session && session.User == caller.Id)
        {
            tokens.Remove(token => token.Id == session.Id);
        }

        context.Response.Cookies.Delete(HttpSignIn.Cookie);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePassword(
        Caller caller, PasswordChange change, HttpContext context, Users users, Tokens tokens, SignInThrottle throttle)
    {
        if (caller.Kind != CallerKind.User)
        {
            return Problems.Forbidden("Only a user has a password.");
        }

        // Guessing here is no easier than at the door.
        var old = change.Old is { Length: <= Users.MaximumPasswordLength } given ? given : "";
        var (user, wait) = await throttle.TryAsync(caller.Id, Address(context), () => users.Verify(caller.Id, old), context.RequestAborted);
        if (wait > TimeSpan.Zero)
        {
            return TooMany(context, wait);
        }

        if (user is null)
        {
            return Problems.Invalid("wrong-credentials", "The old password is wrong.");
        }

        if (!IsPassword(change.New))
        {
            return WeakPassword();
        }

        users.SetPassword(caller.Id, change.New!);
        var kept = HttpSignIn.ShownToken(context.Request) is { } shown ? tokens.Find(shown)?.Id : null;
        tokens.Remove(token => token.IsSession && token.User == caller.Id && token.Id != kept);
        return TypedResults.NoContent();
    }

    private static Ok<Me> WhoAmI(Caller caller, Users users) => TypedResults.Ok(new Me(
        caller.Id, caller.Name, caller.Kind, [.. Enum.GetValues<Right>().Where(caller.MayAnywhere)], caller.Grants, users.Find(caller.Id)?.Party));

    private sealed record Opened(User User, Token Token, string Secret);

    internal static bool IsPassword(string? text) => text?.Length is >= Users.MinimumPasswordLength and <= Users.MaximumPasswordLength;

    internal static ProblemHttpResult WeakPassword() =>
        Problems.Invalid("weak-password", $"A password has {Users.MinimumPasswordLength} to {Users.MaximumPasswordLength} characters.");
}
