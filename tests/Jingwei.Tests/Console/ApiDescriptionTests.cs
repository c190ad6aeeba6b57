using System.Net;
using System.Text.Json.Nodes;
using Jingwei.Tests.Access;
using Microsoft.AspNetCore.Routing;

namespace Jingwei.Tests.Console;

public sealed class ApiDescriptionTests
{
    [Fact]
    public async Task Every_route_of_the_api_is_described_with_a_summary()
    {
        await using var world = await AccessWorld.StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.GetAsync(null, "/openapi/v1.json")).Status);
        var answer = await world.GetAsync(world.Session("viewer"), "/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var paths = answer.Json["paths"]!.AsObject();
        var described = paths.SelectMany(path => path.Value!.AsObject().Select(method => (Path: path.Key, Method: method.Key, Says: method.Value!))).ToList();
        Assert.All(described, route => Assert.False(string.IsNullOrWhiteSpace((string?)route.Says["summary"]), $"{route.Method} {route.Path} has no summary."));

        var there = world.Get<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (Path: Bare(route), Method: method.ToLowerInvariant())))
            .ToList();
        Assert.True(there.Count > 60, $"Only {there.Count} routes were found.");
        Assert.All(there, route => Assert.True(paths[route.Path]?[route.Method] is JsonObject, $"{route.Method} {route.Path} is not described."));
    }

    // "/api/alarms/{id:long}" is described as "/api/alarms/{id}".
    private static string Bare(RouteEndpoint route) =>
        route.RoutePattern.Parameters.Aggregate(route.RoutePattern.RawText!.TrimEnd('/'), (path, parameter) =>
            path.Replace($"{{{parameter.Name}:long}}", $"{{{parameter.Name}}}", StringComparison.Ordinal));
}
