using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Proofs;

namespace Jingwei.Acceptance.Transparency;

/// <summary>A fact as a proof opens it; checked by what docs/ledger.md says of proofs and commitments.</summary>
internal static class OpenedFact
{
    /// <summary>Holds the proof to the ledger's key and the entry to what is shown; gives the entry's commitment.</summary>
    public static string Check(JsonNode answer)
    {
        var entry = Convert.FromBase64String((string)answer["entry"]!);
        var policy = LogPolicy.Read(Encoding.UTF8.GetBytes($"log {answer["key"]}\nquorum none\n")).Value!;
        Assert.Null(LogProof.Read(Encoding.UTF8.GetBytes((string)answer["proof"]!)).Value!.Check(MerkleHash.Leaf(entry), policy));
        var fact = answer["fact"]!;
        byte[] commitment = SHA256.HashData([1, 0x20, .. Bytes(fact["salt"]), .. Bytes(fact["head"]), .. fact["members"]!.AsArray().SelectMany(member => Commitment(member!))]);
        Assert.Equal(commitment, entry[^SHA256.HashSizeInBytes..]);
        return Convert.ToHexString(commitment);
    }

    /// <summary>The names and values that are shown.</summary>
    public static Dictionary<string, string> Members(JsonNode answer) => answer["fact"]!["members"]!.AsArray()
        .Where(member => member!["name"] is not null).ToDictionary(member => (string)member!["name"]!, member => (string)member!["value"]!);

    // Of what is not shown, nothing is there to guess it by.
    private static byte[] Commitment(JsonNode member)
    {
        if (member["value"] is null)
        {
            Assert.Null(member["salt"]);
            return Bytes(member["commitment"]);
        }

        var name = Encoding.UTF8.GetBytes((string)member["name"]!);
        var length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)name.Length);
        byte[] made = SHA256.HashData([1, 0x22, .. Bytes(member["salt"]), .. length, .. name, .. Encoding.UTF8.GetBytes((string)member["value"]!)]);
        Assert.Equal(Bytes(member["commitment"]), made);
        return made;
    }

    private static byte[] Bytes(JsonNode? base64) => Convert.FromBase64String((string)base64!);
}
