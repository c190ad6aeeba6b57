using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Jingwei.Acceptance.Identifiers;

/// <summary>The table of company prefixes that the operator gives: events are told with EPC URNs by it, and what is no table is said at the start.</summary>
public sealed class CompanyPrefixLengthTests
{
    private const string Link = "https://id.gs1.org/01/09520000000011/21/7";
    private const string Event = $$$"""
        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"ObjectEvent","eventTime":"2026-03-01T08:00:00Z","eventTimeZoneOffset":"+08:00","epcList":["{{{Link}}}"],"action":"OBSERVE"}
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("jingwei-").FullName;

    [Fact]
    public async Task Events_are_told_with_urns_from_the_start_that_has_the_table()
    {
        var data = Path.Combine(folder, "data");
        await using (var without = await ServerProcess.StartAsync(data))
        {
            using var captured = await without.Admin.PostAsync("/epcis/events", new StringContent(Event, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
            captured.EnsureSuccessStatusCode();
            Assert.Equal(Link, await ToldAsync(without));
        }

        await using var with = await ServerProcess.StartAsync(data, "serve", "--company-prefix-lengths", Table("""{"GCPPrefixFormatList":{"date":"2026-01-01T00:00:00Z","entry":[{"prefix":"952","gcpLength":7}]}}"""));
        Assert.Equal("urn:epc:id:sgtin:9520000.000001.7", await ToldAsync(with));
    }

    [Fact]
    public async Task What_is_no_table_is_said_at_the_start()
    {
        foreach (var (file, words) in new[]
        {
            (Path.Combine(folder, "none.json"), "Could not find file"), (Table("[]"), "is JSON with GCPPrefixFormatList"), (Table("""{"GCPPrefixFormatList":{"entry":[{"prefix":"x","gcpLength":7}]}}"""), "no entry of a table"),
        })
        {
            var (exitCode, output) = await ExternalProgram.RunAsync("dotnet", [.. ServerProcess.ServeArguments(Path.Combine(folder, "data")), "--company-prefix-lengths", file]);
            Assert.Contains("--company-prefix-lengths: ", output, StringComparison.Ordinal);
            Assert.Contains(words, output, StringComparison.Ordinal);
            Assert.Equal(2, exitCode);
        }
    }

    private static async Task<string> ToldAsync(ServerProcess server)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/epcis/events") { Headers = { { "GS1-EPC-Format", "Always_EPC_URN" } } };
        using var answer = await server.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        var told = await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        return (string)told!["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]![0]!["epcList"]![0]!;
    }

    private string Table(string json)
    {
        var file = Path.Combine(folder, Guid.NewGuid().ToString("N") + ".json");
        File.WriteAllText(file, json);
        return file;
    }
}
