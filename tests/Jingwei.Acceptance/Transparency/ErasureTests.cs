using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Proofs;

namespace Jingwei.Acceptance.Transparency;

/// <summary>Content of identifiers is erased; proofs of what is left verify by what docs/ledger.md says of commitments.</summary>
public sealed class ErasureTests
{
    private const string Name = "88.118.5/pump";
    private const string Phone = "139-0000-1234";

    [Fact]
    public async Task What_is_erased_is_told_to_nobody_and_every_version_still_proves_also_after_a_kill()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("jingwei-erasure-").FullName;
        await using (var server = await ServerProcess.StartAsync(
            "env", ["JINGWEI_KILL_AT=identifier-erased:3", "dotnet", .. ServerProcess.ServeArguments(folder), "--public-identifiers"], folder))
        {
            await EraseAsync(server, cancellation);
            // The third erasure is on disk and not answered.
            await ServerProcess.CutOffAsync(() => EraseAsync(server.Admin, new { index = 1, reason = "Killed." }));
            await server.EndAsync();
        }

        await using var again = await ServerProcess.StartAsync(folder);
        Assert.Empty((await again.GetAsync($"/api/identifiers/{Name}"))["values"]!.AsArray());
        Assert.Equal(HttpStatusCode.Conflict, await EraseAsync(again.Admin, new { index = 1, reason = "Again." }));
        Assert.Equal(4, (await LeavesAsync(again, 1, 2, 3, 4)).Count);
        Assert.Equal(0, await VerifyAsync(folder, cancellation));
        Directory.Delete(folder, true);
    }

    private static async Task EraseAsync(ServerProcess server, CancellationToken cancellation)
    {
        await PrepareAsync(server);
        for (var version = 1; version <= 2; version++)
        {
            object[] values = [new { index = 1, type = "NOTE", data = $"version {version}" }, new { index = 2, type = "PHONE", data = Phone }];
            (await server.Admin.PutAsJsonAsync($"/api/identifiers/{Name}", new { values }, cancellation)).EnsureSuccessStatusCode();
        }

        await RefuseAsync(server);
        var before = await LeavesAsync(server, 1, 2);
        Assert.Equal(HttpStatusCode.NoContent, await EraseAsync(server.Admin, new { index = 2, reason = "The person asked for it." }));

        Assert.DoesNotContain(Phone, await server.Anonymous.GetStringAsync($"/api/handles/{Name}", cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain(Phone, await server.Admin.GetStringAsync($"/api/identifiers/{Name}", cancellation), StringComparison.Ordinal);
        var versions = (await server.GetAsync($"/api/identifier-versions/{Name}"))["items"]!.AsArray();
        Assert.DoesNotContain(Phone, versions.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal([3, 2, 1], versions.Select(version => (int)version!["version"]!));
        var erased = Assert.Single(versions[1]!["erased"]!.AsArray())!;
        Assert.Equal((2, "The person asked for it.", "admin"), ((int)erased["index"]!, (string?)erased["reason"], (string?)erased["by"]));

        // The leaves of both are what they were, and the erasure is a version of its own.
        Assert.Equal(before, (await LeavesAsync(server, 1, 2, 3)).Take(2));
        Assert.Equal(HttpStatusCode.NoContent, await EraseAsync(server.Admin, new { version = 1, reason = "All of it." }));
        Assert.Equal(before, await LeavesAsync(server, 1, 2));
        Assert.Equal(HttpStatusCode.Conflict, await EraseAsync(server.Admin, new { version = 1, reason = "Once more." }));
        Assert.Equal(0, await VerifyAsync(server.Data, cancellation));
        Assert.Contains(
            (await server.GetAsync("/api/audit?action=identifier-erasures"))["items"]!.AsArray(), entry => (int)entry!["outcome"]! == 204 && ((string)entry["target"]!).EndsWith(Name, StringComparison.Ordinal));
    }

    private static async Task PrepareAsync(ServerProcess server)
    {
        foreach (var party in (string[])["mill", "bakery"])
        {
            (await server.Admin.PostAsJsonAsync("/api/parties", new { id = party, name = party, parent = "root" })).EnsureSuccessStatusCode();
        }

        (await server.Admin.PostAsJsonAsync("/api/prefixes", new { prefix = "88.118.5", party = "mill" })).EnsureSuccessStatusCode();
        foreach (var (user, role, party) in new[] { ("reader", "operator", "mill"), ("stranger", "engineer", "bakery") })
        {
            (await server.Admin.PostAsJsonAsync("/api/users", new { id = user, name = user, password = "a password of theirs" })).EnsureSuccessStatusCode();
            (await server.Admin.PostAsJsonAsync($"/api/users/{user}/grants", new { role, party, region = "root" })).EnsureSuccessStatusCode();
        }
    }

    private static async Task RefuseAsync(ServerProcess server)
    {
        using var reader = await server.SignInAsync("reader", "a password of theirs");
        using var stranger = await server.SignInAsync("stranger", "a password of theirs");
        Assert.Equal(HttpStatusCode.Forbidden, await EraseAsync(reader, new { index = 2, reason = "r" }));
        Assert.Equal(HttpStatusCode.NotFound, await EraseAsync(stranger, new { index = 2, reason = "r" }));
        Assert.Equal(HttpStatusCode.BadRequest, await EraseAsync(server.Admin, new { index = 2 }));
        Assert.Equal(HttpStatusCode.BadRequest, await EraseAsync(server.Admin, new { reason = "r" }));
        Assert.Equal(HttpStatusCode.Conflict, await EraseAsync(server.Admin, new { version = 2, reason = "r" }));
        Assert.Equal(HttpStatusCode.Conflict, await EraseAsync(server.Admin, new { index = 7, reason = "r" }));
    }

    private static async Task<HttpStatusCode> EraseAsync(HttpClient client, object request) => (await client.PostAsJsonAsync($"/api/identifier-erasures/{Name}", request)).StatusCode;

    // The commitments in the ledger of versions, each proved and made anew from what the answer shows.
    private static async Task<List<string>> LeavesAsync(ServerProcess server, params int[] versions)
    {
        var leaves = new List<string>();
        await server.UntilAsync("/api/ledger", ledger => (long)ledger["waiting"]! == 0 && (long)ledger["size"]! >= versions.Length);
        foreach (var version in versions)
        {
            var answer = await server.GetAsync($"/api/ledger/proofs/identifiers/{Name}?version={version}");
            var entry = Convert.FromBase64String((string)answer["entry"]!);
            var policy = LogPolicy.Read(Encoding.UTF8.GetBytes($"log {answer["key"]}\nquorum none\n")).Require();
            Assert.Null(LogProof.Read(Encoding.UTF8.GetBytes((string)answer["proof"]!)).Require().Check(MerkleHash.Leaf(entry), policy));
            Assert.Equal(Convert.ToHexString(entry[10..]), Convert.ToHexString(Commitment(answer["identifier"]!)));
            leaves.Add(Convert.ToHexString(entry));
        }

        return leaves;
    }

    private static byte[] Commitment(JsonNode opening)
    {
        var handle = Encoding.UTF8.GetBytes((string)opening["handle"]!);
        return SHA256.HashData(
        [
            1, 0x12, .. Bytes(opening["salt"]), .. Number(opening["version"]), .. Number(opening["time"]), .. Number(opening["template"]), (byte)opening["flags"]!,
            .. Number((long)handle.Length), .. handle, .. opening["values"]!.AsArray().SelectMany(value => ValueCommitment(value!)),
        ]);
    }

    // What is shown makes its commitment; of what is not, nothing is there to guess it by.
    private static byte[] ValueCommitment(JsonNode value)
    {
        if (value["value"] is null)
        {
            Assert.Null(value["salt"]);
            Assert.Null(value["audience"]);
            Assert.True((bool)value["erased"]!);
            return Bytes(value["commitment"]);
        }

        byte[] made = SHA256.HashData([1, 0x11, .. Bytes(value["salt"]), .. Number(value["audience"]), .. Bytes(value["value"])]);
        Assert.Equal(Bytes(value["commitment"]), made);
        return made;
    }

    private static byte[] Bytes(JsonNode? base64) => Convert.FromBase64String((string)base64!);

    private static byte[] Number(JsonNode? number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(long)number!);
        return bytes;
    }

    private static async Task<int> VerifyAsync(string data, CancellationToken cancellation)
    {
        using var verify = Process.Start(new ProcessStartInfo("dotnet", [ServerProcess.Program, "verify", "--data", data]) { RedirectStandardOutput = true })!;
        await verify.StandardOutput.ReadToEndAsync(cancellation);
        await verify.WaitForExitAsync(cancellation);
        return verify.ExitCode;
    }
}
