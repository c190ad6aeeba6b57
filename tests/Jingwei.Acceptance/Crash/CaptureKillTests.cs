using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Acceptance.Transparency;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Verification;

namespace Jingwei.Acceptance.Crash;

/// <summary>Kills the server while it captures events: what was acknowledged is there once, and each is an entry of the ledger.</summary>
public sealed class CaptureKillTests
{
    private const int Kills = 3;
    private const int EventsTogether = 500;
    private const int Requests = 12;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_what_is_sent_again_is_there_once()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("jingwei-capture-kill-").FullName;
        try
        {
            var acknowledged = new List<int>();
            for (var kill = 0; kill < Kills; kill++)
            {
                await using var server = await ServerProcess.StartAsync(folder);
                await CaptureUntilKilledAsync(server, acknowledged, kill, cancellation);
            }

            await using var last = await ServerProcess.StartAsync(folder);
            foreach (var request in acknowledged.Chunk(EventsTogether))
            {
                // Sent again all of it is a duplicate: it is there.
                using var answer = await SendAsync(last, request, cancellation);
                var job = (await last.Admin.GetFromJsonAsync<JsonNode>(answer.Headers.Location, cancellation))!;
                Assert.Equal((0, request.Length), ((int)job["captured"]!, (int)job["duplicates"]!));
            }

            var stored = await CountAsync(last, cancellation);
            Assert.InRange(stored, acknowledged.Count, acknowledged.Count + (Kills * EventsTogether));
            for (var size = -1L; size != stored;)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300), cancellation);
                size = (long)(await last.Admin.GetFromJsonAsync<JsonNode>("/api/ledger", cancellation))!["size"]!;
                Assert.True(size <= stored, $"{size} entries of {stored} events.");
            }

            await ProveAsync(last, cancellation);
            var (verified, said) = await ExternalProgram.RunAsync("dotnet", ServerProcess.Program, "verify", "--data", folder);
            Assert.True(verified == 0, said);
            var key = NoteVerifier.Read((await File.ReadAllTextAsync(Path.Combine(folder, "ledger.vkey"), cancellation)).Trim()).Value!;
            var findings = LogVerification.Run(Path.Combine(folder, "ledger"), new(key.Name, [key]));
            Assert.True(findings.Sound, string.Join('\n', findings.Findings));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static async Task ProveAsync(ServerProcess server, CancellationToken cancellation)
    {
        var events = (await server.Admin.GetFromJsonAsync<JsonNode>("/epcis/events?MATCH_epc=urn:example:kill:1", cancellation))!;
        var id = (string)events["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]![0]!["eventID"]!;
        var answer = (await server.Admin.GetFromJsonAsync<JsonNode>($"/api/ledger/proofs/facts/{Uri.EscapeDataString(id)}?wait=5", cancellation))!;
        OpenedFact.Check(answer);
        Assert.Contains("urn:example:kill:1\"", OpenedFact.Members(answer)["epcList"], StringComparison.Ordinal);
    }

    private static async Task CaptureUntilKilledAsync(ServerProcess server, List<int> acknowledged, int kill, CancellationToken cancellation)
    {
        for (var request = 0; request < Requests; request++)
        {
            var numbers = Enumerable.Range((1_000_000 * kill) + (request * EventsTogether), EventsTogether).ToArray();
            var sending = IsTakenAsync(server, numbers, cancellation);
            if (request == Requests - 1)
            {
                await server.KillAsync();
                acknowledged.AddRange(await sending ? numbers : []);
                return;
            }

            Assert.True(await sending, "The server refused what it should have captured.");
            acknowledged.AddRange(numbers);
        }
    }

    private static async Task<bool> IsTakenAsync(ServerProcess server, int[] numbers, CancellationToken cancellation)
    {
        try
        {
            using var answer = await SendAsync(server, numbers, cancellation);
            return answer.StatusCode == HttpStatusCode.Accepted;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(ServerProcess server, int[] numbers, CancellationToken cancellation)
    {
        var events = numbers.Select(number =>
            $$"""{"type":"ObjectEvent","eventTime":"2026-03-01T08:00:00Z","eventTimeZoneOffset":"+08:00","epcList":["urn:example:kill:{{number}}"],"action":"ADD","bizStep":"commissioning"}""");
        var document =
            $$"""{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-01T00:00:00Z","epcisBody":{"eventList":[ {{string.Join(',', events)}} ] } }""";
        using var content = new StringContent(document, Encoding.UTF8, "application/json");
        return await server.Admin.PostAsync("/epcis/capture", content, cancellation);
    }

    private static async Task<int> CountAsync(ServerProcess server, CancellationToken cancellation)
    {
        var count = 0;
        for (var path = "/epcis/events?perPage=1000"; path is not null;)
        {
            using var answer = await server.Admin.GetAsync(path, cancellation);
            count += (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]!.AsArray().Count;
            path = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        return count;
    }
}
