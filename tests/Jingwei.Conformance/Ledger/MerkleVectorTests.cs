using System.Security.Cryptography;
using System.Text.Json;
using Jingwei.Ledger.Merkle;
using Jingwei.Tests;

namespace Jingwei.Conformance.Ledger;

/// <summary>The proofs, right and wrong, by which implementations of RFC 6962 are compared.</summary>
[Trait("Category", "Vectors")]
public sealed class MerkleVectorTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Fact]
    public void Inclusion_proofs_are_accepted_and_refused_as_published()
    {
        var vectors = Read<InclusionVector>("inclusion");
        Assert.Contains(vectors, vector => !vector.WantErr);
        Assert.All(vectors, vector => Assert.Equal(!vector.WantErr, MerkleProof.VerifyInclusion(
            Hash(vector.LeafHash), (long)vector.LeafIdx, (long)vector.TreeSize, Hash(vector.Root), Hashes(vector.Proof))));
    }

    [Fact]
    public void Consistency_proofs_are_accepted_and_refused_as_published()
    {
        var vectors = Read<ConsistencyVector>("consistency");
        Assert.Contains(vectors, vector => !vector.WantErr);
        Assert.All(vectors, vector => Assert.Equal(!vector.WantErr, MerkleProof.VerifyConsistency(
            (long)vector.Size1, (long)vector.Size2, Hash(vector.Root1), Hash(vector.Root2), Hashes(vector.Proof))));
    }

    private static T[] Read<T>(string folder) =>
        [.. Directory.EnumerateFiles(External.Vectors("tlog", "open", "testdata", folder), "*.json", SearchOption.AllDirectories)
            .Select(file => JsonSerializer.Deserialize<T>(File.ReadAllBytes(file), Web)!)];

    private static MerkleHash[] Hashes(string[]? proof) => [.. (proof ?? []).Select(Hash)];

    // Some vectors have words for hashes that must not matter; what is no hash becomes one that is equal to nothing but itself.
    private static MerkleHash Hash(string base64)
    {
        var bytes = Convert.FromBase64String(base64);
        return MerkleHash.Read(bytes.Length == MerkleHash.Size ? bytes : SHA256.HashData(bytes));
    }

    // The published sizes go up to 2^64 - 1, and so above what a tree here may have; what is above is below 0 here and refused like it.
    private sealed record InclusionVector(ulong LeafIdx, ulong TreeSize, string Root, string LeafHash, string[]? Proof, bool WantErr);

    private sealed record ConsistencyVector(ulong Size1, ulong Size2, string Root1, string Root2, string[]? Proof, bool WantErr);
}
