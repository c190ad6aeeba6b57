using System.Net;

namespace Jingwei.Acceptance.Access;

/// <summary>A server without anything in it: whatever can be read says so, and fails at nothing.</summary>
public sealed class EmptyServerTests
{
    [Fact]
    public async Task Every_route_that_reads_is_answered_by_an_empty_server()
    {
        await using var server = await ServerProcess.StartAsync();
        var paths = (await server.GetAsync("/openapi/v1.json"))["paths"]!.AsObject()
            .Where(path => path.Value!.AsObject().ContainsKey("get") && path.Key != "/api/live")
            // Of one that is not there.
            .Select(path => System.Text.RegularExpressions.Regex.Replace(path.Key, @"\{[^}]*\}", "1"));
        var failed = new List<string>();
        foreach (var path in paths)
        {
            using var answer = await server.Admin.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            if (answer.StatusCode >= HttpStatusCode.InternalServerError)
            {
                failed.Add($"{path} {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(failed);
    }
}
