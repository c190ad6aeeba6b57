using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Jingwei.Acceptance.Transparency;

/// <summary>Content of events is erased, also through a kill; proofs of what is left verify, and the whole ledger does.</summary>
public sealed class FactErasureTests
{
    private const string Reason = "The person asked for it.";

    // No compression finds anything in it to shorten, so that it lies in a file as it is.
    private readonly string secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));

    [Fact]
    public async Task What_is_erased_is_in_no_file_and_every_event_still_proves_also_after_a_kill()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("jingwei-fact-erasure-").FullName;
        string kept;
        string leaf;
        await using (var server = await ServerProcess.StartAsync("env", ["JINGWEI_KILL_AT=fact-erased:2", "dotnet", .. ServerProcess.ServeArguments(folder)], folder))
        {
            await CaptureAsync(server, Event("urn:x:serial:1", $"\"{secret}\""), Event($"urn:x:serial:{secret}", "1"));
            kept = await IdOfAsync(server, "urn:x:serial:1");
            leaf = OpenedFact.Check(await ProofAsync(server, kept));
            kept = await EraseAsync(server, new { eventId = kept, fields = (string[])["ext:inspector"], reason = Reason });
            var whole = await IdOfAsync(server, $"urn:x:serial:{secret}");
            await ServerProcess.CutOffAsync(() => EraseAsync(server, new { eventId = whole, reason = Reason }));
            await server.EndAsync();
        }

        await using (var again = await ServerProcess.StartAsync(folder))
        {
            // The start has gone on with what the end came between; the list of files has their keys until the next.
            Assert.All(FilesWith(folder, secret), file => Assert.StartsWith("MANIFEST", Path.GetFileName(file), StringComparison.Ordinal));
            Assert.Empty(Events(await again.GetAsync($"/epcis/events?MATCH_epc=urn:x:serial:{secret}")));
            var answer = await ProofAsync(again, kept);
            Assert.Equal(leaf, OpenedFact.Check(answer));
            Assert.Equal(["\"urn:x:serial:1\""], [.. OpenedFact.Members(answer)["epcList"].Trim('[', ']').Split(',')]);
            var erased = answer["fact"]!["members"]!.AsArray().Select(member => member!["erased"]).OfType<JsonNode>().ToDictionary(mark => (string)mark["name"]!);
            Assert.Equal(["eventID", "ext:inspector"], erased.Keys.Order());
            Assert.All(erased.Values, mark => Assert.Equal((Reason, "admin"), ((string)mark["reason"]!, (string)mark["by"]!)));
            Assert.Equal(2, (int)(await again.GetAsync("/api/ledger"))["size"]!);
            Assert.Contains((await again.GetAsync("/api/audit?action=fact-erasures"))["items"]!.AsArray(), entry => (int)entry!["outcome"]! == 200);
        }

        await using (await ServerProcess.StartAsync(folder))
        {
            Assert.Empty(FilesWith(folder, secret));
        }

        var (verified, said) = await ExternalProgram.RunAsync("dotnet", ServerProcess.Program, "verify", "--data", folder);
        Assert.True(verified == 0, said);
        Directory.Delete(folder, true);
    }

    private static string Event(string epc, string inspector) =>
        $$"""
        {"@context":[{"ext":"http://example.com/ext/"}],"type":"ObjectEvent","eventTime":"2026-03-01T08:00:00Z","eventTimeZoneOffset":"+08:00","epcList":["{{epc}}"],"action":"OBSERVE",
         "bizStep":"inspecting","ext:inspector":{{inspector}}}
        """;

    private static async Task CaptureAsync(ServerProcess server, params string[] events)
    {
        var document = $$"""
            {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ext":"http://example.com/ext/"}],"type":"EPCISDocument","schemaVersion":"2.0",
             "creationDate":"2026-03-01T09:00:00Z","epcisBody":{"eventList":[{{string.Join(',', events)}}]} }
            """;
        (await server.Admin.PostAsync("/epcis/capture", new StringContent(document, Encoding.UTF8, "application/json"))).EnsureSuccessStatusCode();
    }

    private static async Task<string> IdOfAsync(ServerProcess server, string epc) => (string)Assert.Single(Events(await server.GetAsync($"/epcis/events?MATCH_epc={epc}")))!["eventID"]!;

    private static JsonArray Events(JsonNode answer) => answer["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]!.AsArray();

    private static Task<JsonNode> ProofAsync(ServerProcess server, string id) => server.GetAsync($"/api/ledger/proofs/facts/{Uri.EscapeDataString(id)}?wait=5");

    private static async Task<string> EraseAsync(ServerProcess server, object request)
    {
        var answer = await server.Admin.PostAsJsonAsync("/api/fact-erasures", request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["eventId"]!;
    }

    private static List<string> FilesWith(string folder, string text) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(folder, "facts")).Where(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        }),
    ];
}
