using System.Globalization;
using System.Net;
using System.Net.Http.Json;

namespace Jingwei.Acceptance.Crash;

/// <summary>The end that a service gets from its system: SIGTERM.</summary>
public sealed class CleanStopTests
{
    [Fact]
    public async Task A_server_that_was_asked_everything_ends_without_a_word_of_failure()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.AddThingAsync("m1", "drilling-machine");
        Assert.Equal(HttpStatusCode.NoContent, (await server.Admin.PostAsync("/write?db=factory", new StringContent("d,machine=m1 spindle_temperature=1"))).StatusCode);
        (await server.Admin.PostAsJsonAsync("/api/query", new { sql = "SELECT count() FROM readings" })).EnsureSuccessStatusCode();

        Assert.Equal((0, ""), await ExternalProgram.RunAsync("kill", "-TERM", server.Id.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(0, await server.EndAsync());
        lock (server.Output)
        {
            Assert.DoesNotContain(server.Output, line => line.Contains("exception", StringComparison.OrdinalIgnoreCase));
        }
    }
}
