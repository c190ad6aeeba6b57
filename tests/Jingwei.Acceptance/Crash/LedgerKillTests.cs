using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Proofs;
using Jingwei.Ledger.Verification;

namespace Jingwei.Acceptance.Crash;

/// <summary>Kills the server while it registers identifiers: what was acknowledged is there, and the ledger goes on from what it published.</summary>
public sealed class LedgerKillTests
{
    private const int Kills = 3;
    private const int RowsTogether = 500;
    private const int Requests = 20;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_the_ledger_extends_every_checkpoint_that_it_published()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("jingwei-ledger-kill-").FullName;
        try
        {
            var (acknowledged, checkpoints) = (new List<int>(), new List<CheckpointNote>());
            for (var kill = 0; kill < Kills; kill++)
            {
                await using var server = await ServerProcess.StartAsync(folder, "serve", "--public-identifiers");
                if (kill == 0)
                {
                    (await server.Admin.PostAsJsonAsync("/api/prefixes", new { prefix = "88.118.5", party = "root" }, cancellation)).EnsureSuccessStatusCode();
                }

                await RegisterUntilKilledAsync(server, acknowledged, checkpoints, kill, cancellation);
            }

            await using var last = await ServerProcess.StartAsync(folder, "serve", "--public-identifiers");
            var size = await WaitUntilPublishedAsync(last, cancellation);
            foreach (var number in acknowledged)
            {
                var answer = await last.Anonymous.GetFromJsonAsync<JsonNode>($"/api/handles/88.118.5/{number}", cancellation);
                Assert.Equal($"{number}", (string?)answer!["values"]![0]!["data"]!["value"]);
            }

            Assert.True(size >= acknowledged.Count, $"{size} entries for {acknowledged.Count} identifiers.");
            await ProveAsync(last, acknowledged[^1], cancellation);
            var key = NoteVerifier.Read((await File.ReadAllTextAsync(Path.Combine(folder, "ledger.vkey"), cancellation)).Trim()).Value!;
            var findings = LogVerification.Run(Path.Combine(folder, "ledger"), new(key.Name, [key]) { Older = checkpoints });
            Assert.True(findings.Sound, string.Join('\n', findings.Findings));
            Assert.Contains(checkpoints, checkpoint => checkpoint.Checkpoint.Size > 0);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static async Task RegisterUntilKilledAsync(
        ServerProcess server, List<int> acknowledged, List<CheckpointNote> checkpoints, int kill, CancellationToken cancellation)
    {
        var first = 1_000_000 * kill;
        for (var request = 0; request < Requests; request++)
        {
            var numbers = Enumerable.Range(first + (request * RowsTogether), RowsTogether).ToList();
            var sending = SendAsync(server, numbers, cancellation);
            if (request == Requests - 1)
            {
                // In the middle of it.
                await server.KillAsync();
            }

            if (!await sending)
            {
                return;
            }

            acknowledged.AddRange(numbers);
            if (request == Requests - 1)
            {
                // Answered before it was killed.
                return;
            }

            checkpoints.Add(CheckpointNote.Read(await server.Admin.GetByteArrayAsync("/ledger/checkpoint", cancellation)).Value!);
        }
    }

    private static async Task<bool> SendAsync(ServerProcess server, List<int> numbers, CancellationToken cancellation)
    {
        var rows = string.Join('\n', numbers.Select(number => $$"""{"handle":"88.118.5/{{number}}","values":[{"type":"N","data":"{{number}}"}]}"""));
        try
        {
            using var content = new StringContent(rows, Encoding.UTF8, "application/x-ndjson");
            var answer = await server.Admin.PostAsync("/api/identifiers/batch", content, cancellation);
            return answer.IsSuccessStatusCode && (int)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!["created"]! == numbers.Count;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<long> WaitUntilPublishedAsync(ServerProcess server, CancellationToken cancellation)
    {
        for (var before = -1L; ;)
        {
            var ledger = (await server.Admin.GetFromJsonAsync<JsonNode>("/api/ledger", cancellation))!;
            var size = (long)ledger["size"]!;
            if ((long)ledger["waiting"]! == 0 && size == before)
            {
                return size;
            }

            before = size;
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellation);
        }
    }

    private static async Task ProveAsync(ServerProcess server, int number, CancellationToken cancellation)
    {
        var answer = (await server.Admin.GetFromJsonAsync<JsonNode>($"/api/ledger/proofs/identifiers/88.118.5/{number}", cancellation))!;
        var policy = LogPolicy.Read(Encoding.UTF8.GetBytes($"log {answer["key"]}\nquorum none\n")).Value!;
        var proof = LogProof.Read(Encoding.UTF8.GetBytes((string)answer["proof"]!)).Value!;
        Assert.Null(proof.Check(MerkleHash.Leaf(Convert.FromBase64String((string)answer["entry"]!)), policy));
        Assert.Equal($"88.118.5/{number}", (string?)answer["identifier"]!["handle"]);
    }
}
