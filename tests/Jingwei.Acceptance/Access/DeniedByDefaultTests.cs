using System.Net;
using System.Net.Http.Json;
using System.Text;
using Jingwei.Server;
using Jingwei.Server.Hosting;
using Microsoft.AspNetCore.Routing;

namespace Jingwei.Acceptance.Access;

/// <summary>Walks every route of the server as it runs.</summary>
public sealed class DeniedByDefaultTests
{
    // Sign-in and health; console files are no routes; MQTT over WebSocket signs in by CONNECT, and is asked here without an
    // upgrade; the last is the 404 for all that is no route.
    private static readonly string[] OpenToAll = ["/api/login", "/health/live", "/health/ready", "/mqtt", "/1"];

    // Open311's api_key is a field of the form: the route looks at it itself, and refuses as the specification says.
    private static readonly (string Method, string Path) SignsInByItsForm = ("POST", "/open311/v2/requests.1");

    // A witness knows who asks by the signature of his checkpoint, and is not there while the operator named no log.
    private static readonly string[] OpenByDesign = ["/ledger/witness/add-checkpoint", "/ledger/witness/1/checkpoint"];

    // A user without any grant may still leave and change his own password.
    private static readonly string[] OpenToSignedIn = ["/api/logout", "/api/me/password"];

    // A browser asks before it asks, without any sign-in, and is told the methods alone.
    private const string Preflight = "OPTIONS";

    // Digital Links: who is signed in is told that this is none, before anybody looks whose it would be; and what the resolver says of itself.
    private static bool IsOpenToSignedIn(string path) =>
        OpenToSignedIn.Contains(path) || path == "/.well-known/gs1resolver" || DigitalLinkKeys.Contains(path);

    private static readonly string[] DigitalLinkKeys =
    [
        "/00/1", "/01/1", "/253/1", "/255/1", "/401/1", "/402/1", "/414/1", "/415/1", "/417/1", "/8003/1", "/8004/1", "/8006/1", "/8010/1", "/8013/1", "/8017/1", "/8018/1",
    ];

    [Fact]
    public async Task Every_route_outside_the_short_list_refuses_who_has_no_rights()
    {
        await using var server = await ServerProcess.StartAsync();
        (await server.Admin.PostAsJsonAsync("/api/users", new { id = "nobody", name = "nobody", password = "no rights at all" })).EnsureSuccessStatusCode();
        using var withoutGrants = await server.SignInAsync("nobody", "no rights at all");

        var routes = await RoutesAsync();
        Assert.True(routes.Count > 40, $"Only {routes.Count} routes were found.");
        foreach (var (method, path) in routes)
        {
            if (OpenToAll.Contains(path) || method == Preflight)
            {
                continue;
            }

            if ((method, path) == SignsInByItsForm)
            {
                Assert.Equal(HttpStatusCode.Forbidden, await StatusOf(server.Anonymous, method, path.Replace(".1", ".xml", StringComparison.Ordinal)));
                continue;
            }

            if (OpenByDesign.Contains(path))
            {
                Assert.Equal(HttpStatusCode.NotFound, await StatusOf(server.Anonymous, method, path));
                continue;
            }

            Assert.True(
                await StatusOf(server.Anonymous, method, path) == HttpStatusCode.Unauthorized,
                $"{method} {path} answered an anonymous caller.");
            if (!IsOpenToSignedIn(path))
            {
                var status = await StatusOf(withoutGrants, method, path);
                Assert.True(status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{method} {path} answered {status} to a caller without rights.");
            }
        }
    }

    [Fact]
    public async Task An_unknown_path_of_the_api_tells_an_anonymous_caller_nothing()
    {
        await using var server = await ServerProcess.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf(server.Anonymous, "GET", "/api/there-is-no-such-thing"));
    }

    // The routes are read from the same composition that the process runs, built but never started.
    private static async Task<List<(string Method, string Path)>> RoutesAsync()
    {
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-routes-").FullName;
        var options = new ServerOptions(data, new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0), null, null);
        await using var openings = new Openings(options);
        await using var app = ServerApp.Build(options, openings, out _);
        return ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Select(method => (method, Fill(endpoint))) ?? [("GET", Fill(endpoint))])
            .Distinct()
            .ToList();
    }

    private static string Fill(RouteEndpoint endpoint)
    {
        var path = new StringBuilder();
        foreach (var segment in endpoint.RoutePattern.PathSegments)
        {
            path.Append('/').AppendJoin("", segment.Parts.Select(part => part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "1"));
        }

        return path.ToString();
    }

    private static async Task<HttpStatusCode> StatusOf(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }
}
