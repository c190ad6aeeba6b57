using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Proofs;
using Jingwei.Ledger.Tiles;
using Jingwei.Ledger.Witnessing;

namespace Jingwei.Acceptance.Transparency;

/// <summary>Two servers that witness each other's ledgers, and a log of somebody else that asks one of them by C2SP tlog-witness.</summary>
public sealed class WitnessTests
{
    private const string Add = "/ledger/witness/add-checkpoint";

    // Witnesses of a test are on this machine.
    private static readonly string[] Options = ["--webhook-networks", "127.0.0.0/8"];

    [Fact]
    public async Task Two_servers_cosign_each_other_and_one_that_is_killed_before_it_answers_knows_what_it_signed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var first = await ServerProcess.StartAsync(more: Options);
        var folder = Directory.CreateTempSubdirectory("jingwei-witness-").FullName;
        string[] keys;
        await using (var second = await ServerProcess.StartAsync(folder, more: Options))
        {
            await RegisterAsync(first, "1");
            await RegisterAsync(second, "1");
            keys = await KeysAsync(second);
            await IntroduceAsync(first, second, keys[0]);
            await IntroduceAsync(second, first, (await KeysAsync(first))[1]);

            var cosigned = await CosignedAsync(first);
            Assert.Equal("other", (string?)(await first.GetAsync("/api/ledger/witnesses"))["items"]![0]!["name"]);
            await ProveAsync(first, keys[0]);
            await ProveAsync(second, (await KeysAsync(first))[1]);

            // What the witness gives to monitors, and what the log gives out itself.
            var monitored = await second.Anonymous.GetByteArrayAsync($"/ledger/witness/{Witness.OriginHash((string)cosigned["origin"]!)}/checkpoint", cancellation);
            Assert.Equal((long)cosigned["size"]!, CheckpointNote.Open(monitored, (string)cosigned["origin"]!, [NoteVerifier.Read(keys[0]).Require()]).Require().Checkpoint.Size);
            var given = CheckpointNote.Read(await first.Admin.GetByteArrayAsync("/ledger/checkpoint", cancellation)).Require();
            Assert.Null(given.Note.Verify(NoteVerifier.Read(keys[0]).Require()).Problem);
        }

        // Killed when the cosignature is kept and nobody has it.
        await using (var killed = await ServerProcess.StartAsync(
            "env", ["JINGWEI_KILL_AT=witness-kept", "dotnet", .. ServerProcess.ServeArguments(folder), .. Options], folder))
        {
            await RegisterAsync(first, "2");
            await IntroduceAsync(first, killed, keys[0]);
            await killed.EndAsync();
        }

        await RegisterAsync(first, "3");
        await using var again = await ServerProcess.StartAsync(folder, more: Options);
        var kept = (await again.GetAsync("/api/ledger/logs"))["items"]![0]!;
        Assert.True((long)kept["size"]! >= 2);
        await IntroduceAsync(first, again, keys[0]);
        await CosignedAsync(first);
        await ProveAsync(first, keys[0]);
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task A_witness_answers_as_the_specification_says_and_only_logs_that_the_operator_named()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await ServerProcess.StartAsync();
        var folder = Directory.CreateTempSubdirectory("jingwei-log-").FullName;
        var (signer, other) = (NoteSigner.Generate("log.example/a", SignatureType.Ed25519), NoteSigner.Generate("log.example/a", SignatureType.Ed25519));
        using var log = TileLog.Create(folder, new("log.example/a", [signer], TimeProvider.System));
        log.Append([new byte[] { 1 }, new byte[] { 2 }, new byte[] { 3 }]);
        log.Commit();
        var three = log.Publish();
        byte[] request = AddCheckpointRequest.Make(log.Reader, 0, three).ToBytes();

        // No log is named: the witness is not there.
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(server, request)).Status);
        await RefuseSettingsAsync(server);
        await PutAsync(server, "/api/ledger/logs/mine", new { key = signer.Verifier.ToString() });

        var witness = (await KeysAsync(server)).Select(key => NoteVerifier.Read(key).Require()).ToArray();
        var (status, type, body) = await PostAsync(server, request);
        Assert.Equal((HttpStatusCode.OK, "text/plain"), (status, type));
        Assert.Equal(2, WitnessReply.Read((int)status, body, three, witness).Cosignatures.Count);

        // Another old size than the one that was cosigned last.
        (status, type, body) = await PostAsync(server, request);
        Assert.Equal((HttpStatusCode.Conflict, "text/x.tlog.size", "3\n"), (status, type, Encoding.ASCII.GetString(body)));

        log.Append([new byte[] { 4 }]);
        log.Commit();
        var four = log.Publish();
        var next = AddCheckpointRequest.Make(log.Reader, 3, four);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(server, (next with { Proof = [.. next.Proof.Reverse().Skip(1)] }).ToBytes())).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(server, (next with { OldSize = 5 }).ToBytes())).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(server, "old three\n"u8.ToArray())).Status);
        var forged = CheckpointNote.Sign(four.Checkpoint, TimeProvider.System, other);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(server, (next with { Checkpoint = forged }).ToBytes())).Status);
        var stranger = CheckpointNote.Sign(four.Checkpoint with { Origin = "log.example/b" }, TimeProvider.System, signer);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(server, (next with { Checkpoint = stranger }).ToBytes())).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(server, new byte[NoteLimits.Default.Bytes + 1])).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(server, next.ToBytes())).Status);

        // Taken away and named again, it knows what it cosigned.
        (await server.Admin.DeleteAsync("/api/ledger/logs/mine", cancellation)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(server, request)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Anonymous.GetAsync($"/ledger/witness/{Witness.OriginHash("log.example/a")}/checkpoint", cancellation)).StatusCode);
        var named = await PutAsync(server, "/api/ledger/logs/mine", new { origin = "log.example/a", key = signer.Verifier.ToString() });
        Assert.Equal(4, (long)named["size"]!);
        Directory.Delete(folder, true);
    }

    // By whoever is not the operator of the installation, and what is no key, or the wrong kind of one.
    private static async Task RefuseSettingsAsync(ServerProcess server)
    {
        (await server.Admin.PostAsJsonAsync("/api/parties", new { id = "mill", name = "Mill", parent = "root" })).EnsureSuccessStatusCode();
        (await server.Admin.PostAsJsonAsync("/api/users", new { id = "miller", name = "Miller", password = "administers the mill" })).EnsureSuccessStatusCode();
        (await server.Admin.PostAsJsonAsync("/api/users/miller/grants", new { role = "administrator", party = "mill", region = "root" })).EnsureSuccessStatusCode();
        using var miller = await server.SignInAsync("miller", "administers the mill");
        Assert.Equal(HttpStatusCode.Forbidden, (await miller.GetAsync("/api/ledger/witnesses")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await miller.PutAsJsonAsync("/api/ledger/witnesses/w", new { url = "http://127.0.0.1/", key = "k" })).StatusCode);

        var own = (string)(await server.GetAsync("/api/ledger"))["key"]!;
        var witness = (await KeysAsync(server))[0];
        foreach (var (path, wrong) in new (string, object)[]
        {
            ("witnesses/w", new { url = "https://w.example/", key = "w.example+12345678+AAAA" }), ("witnesses/w", new { url = "https://w.example/", key = own }),
            ("witnesses/w", new { url = "http://127.0.0.1:1/", key = witness }), ("witnesses/w", new { url = "file:///etc/passwd", key = witness }), ("logs/l", new { key = witness }),
        })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await server.Admin.PutAsJsonAsync($"/api/ledger/{path}", wrong)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await server.Admin.PutAsJsonAsync("/api/ledger/logs/l", new { key = own })).StatusCode);
        Assert.Empty((await server.GetAsync("/api/ledger/witnesses"))["items"]!.AsArray());
    }

    private static async Task RegisterAsync(ServerProcess server, string suffix)
    {
        await server.Admin.PostAsJsonAsync("/api/prefixes", new { prefix = "88.118.5", party = "root" });
        await PutAsync(server, $"/api/identifiers/88.118.5/{suffix}", new { values = new[] { new { type = "N", data = suffix } } });
        await server.UntilAsync("/api/ledger", ledger => (long)ledger["waiting"]! == 0 && (long)ledger["size"]! >= long.Parse(suffix, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static async Task<string[]> KeysAsync(ServerProcess server) => [.. (await server.GetAsync("/api/ledger"))["witnessKeys"]!.AsArray().Select(key => (string)key!)];

    // The witness first: it is asked at once.
    private static async Task IntroduceAsync(ServerProcess log, ServerProcess witness, string key)
    {
        await PutAsync(witness, "/api/ledger/logs/other", new { key = (string)(await log.GetAsync("/api/ledger"))["key"]! });
        await PutAsync(log, "/api/ledger/witnesses/other", new { url = $"{witness.Http}ledger/witness/", key });
    }

    private static Task<JsonNode> CosignedAsync(ServerProcess server) => server.UntilAsync(
        "/api/ledger", ledger => (long?)ledger["cosigned"]?["size"] == (long)ledger["size"]! && ledger["cosigned"]!["cosignatures"]!.AsArray().Count == 1 && !(bool)ledger["witnesses"]![0]!["failing"]!);

    private static async Task ProveAsync(ServerProcess server, string witness)
    {
        var ledger = await CosignedAsync(server);
        var policy = LogPolicy.Read(Encoding.UTF8.GetBytes($"log {ledger["key"]}\nwitness w {witness}\nquorum w\n")).Require();
        var answer = await server.GetAsync("/api/ledger/proofs/identifiers/88.118.5/1");
        var proof = LogProof.Read(Encoding.UTF8.GetBytes((string)answer["proof"]!)).Require();
        Assert.Null(proof.Check(MerkleHash.Leaf(Convert.FromBase64String((string)answer["entry"]!)), policy));
    }

    private static async Task<JsonNode> PutAsync(ServerProcess server, string path, object body)
    {
        var answer = await server.Admin.PutAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static async Task<(HttpStatusCode Status, string? Type, byte[] Body)> PostAsync(ServerProcess server, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using var answer = await server.Anonymous.PostAsync(new Uri(Add, UriKind.Relative), content);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsByteArrayAsync());
    }
}
