using System.Text;
using Jingwei.Ledger;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Proofs;
using Jingwei.Ledger.Tiles;
using Jingwei.Tests.Ledger.Merkle;
using Jingwei.Tests.Ledger.Tiles;

namespace Jingwei.Tests.Ledger.Proofs;

public sealed class LogProofTests
{
    private static readonly NoteSigner Witness = NoteSigner.Generate("example.com/witness", SignatureType.MlDsa44Cosignature);
    private static readonly LogPolicy Policy =
        LogPolicy.Read(Encoding.UTF8.GetBytes($"log {ScratchLog.Signer.Verifier}\nwitness w {Witness.Verifier}\nquorum w\n")).Require();

    // The lines of the example of C2SP tlog-proof.
    private const string ExampleHashes = "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\nB95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\nEKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=\n";
    private const string Note = "\nexample.com/fancylog\n109482\nsFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=\n\n— example.com/fancylog AAAAAAA=\n";

    [Fact]
    public void A_proof_shows_offline_that_an_entry_is_in_a_log()
    {
        var (proof, leaf) = Make(77, null);
        var read = LogProof.Read(proof.ToBytes()).Require();
        Assert.Null(read.Check(leaf, Policy));
        Assert.Equal(proof.ToBytes(), read.ToBytes());
        Assert.StartsWith("c2sp.org/tlog-proof@v1\nindex 77\n", Encoding.UTF8.GetString(proof.ToBytes()), StringComparison.Ordinal);
        Assert.Equal(Model.Inclusion(77, Model.Leaves(300)), read.Hashes);
    }

    [Fact]
    public void A_proof_shows_nothing_else()
    {
        var (proof, leaf) = Make(77, null);
        Assert.Equal(LedgerProblemCode.WrongInclusion, proof.Check(MerkleHash.Leaf("other"u8), Policy)!.Code);
        Assert.Equal(LedgerProblemCode.WrongInclusion, (proof with { Index = 78 }).Check(leaf, Policy)!.Code);
        Assert.Equal(LedgerProblemCode.WrongInclusion, (proof with { Index = 300 }).Check(leaf, Policy)!.Code);
        Assert.Equal(LedgerProblemCode.WrongInclusion, (proof with { Hashes = [.. proof.Hashes.Skip(1)] }).Check(leaf, Policy)!.Code);
        Assert.Equal(LedgerProblemCode.NoQuorum, (proof with { Checkpoint = WithoutCosignature(proof.Checkpoint) }).Check(leaf, Policy)!.Code);
        Assert.Equal(LedgerProblemCode.OtherOrigin, proof.Check(leaf, LogPolicy.Read("quorum none\n"u8).Require())!.Code);
        Assert.Null(proof.Check(leaf, LogPolicy.Read("quorum none\n"u8).Require(), ScratchLog.Signer.Verifier));
    }

    [Fact]
    public void Extra_data_goes_with_a_proof()
    {
        var (proof, leaf) = Make(0, "more"u8.ToArray());
        var read = LogProof.Read(proof.ToBytes()).Require();
        Assert.Equal("more"u8.ToArray(), read.Extra!.Value.ToArray());
        Assert.Null(read.Check(leaf, Policy));
        Assert.StartsWith("c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nindex 0\n", Encoding.UTF8.GetString(proof.ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_layout_of_the_example_is_read()
    {
        var text = "c2sp.org/tlog-proof@v1\nextra YWdl\nindex 73894\n" + ExampleHashes + Note;
        var proof = LogProof.Read(Encoding.UTF8.GetBytes(text)).Require();
        Assert.Equal((73894, 3, 109482, "age"), (proof.Index, proof.Hashes.Count, proof.Checkpoint.Checkpoint.Size, Encoding.UTF8.GetString(proof.Extra!.Value.Span)));
        Assert.Equal(text, Encoding.UTF8.GetString(proof.ToBytes()));
    }

    [Theory]
    [InlineData("", LedgerProblemCode.Malformed, 0)]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n" + Note, LedgerProblemCode.Malformed, 0)]
    [InlineData("c2sp.org/tlog-proof@v1\n", LedgerProblemCode.Malformed, 23)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 00\n" + Note, LedgerProblemCode.InvalidNumber, 23)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -1\n" + Note, LedgerProblemCode.InvalidNumber, 23)]
    [InlineData("c2sp.org/tlog-proof@v1\nextra \nindex 0\n" + Note, LedgerProblemCode.InvalidBase64, 23)]
    [InlineData("c2sp.org/tlog-proof@v1\nextra ?\nindex 0\n" + Note, LedgerProblemCode.InvalidBase64, 23)]
    [InlineData("c2sp.org/tlog-proof@v1\nextra YWdl\nextra YWdl\nindex 0\n" + Note, LedgerProblemCode.InvalidNumber, 34)]
    [InlineData("c2sp.org/tlog-proof@v1\nextra YWdl\n", LedgerProblemCode.InvalidNumber, 34)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n" + Note, LedgerProblemCode.InvalidBase64, 31)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n", LedgerProblemCode.Malformed, 31)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n\nno checkpoint\n", LedgerProblemCode.Malformed, 32)]
    public void What_is_no_proof_is_refused_with_its_place(string text, LedgerProblemCode code, int position)
    {
        var problem = LogProof.Read(Encoding.UTF8.GetBytes(text)).Problem!;
        Assert.Equal((code, position), (problem.Code, problem.Position));
    }

    [Fact]
    public void A_proof_has_at_most_a_hash_for_each_level()
    {
        static byte[] With(int hashes) => Encoding.UTF8.GetBytes("c2sp.org/tlog-proof@v1\nindex 0\n" + string.Concat(Enumerable.Repeat($"{MerkleHash.Empty}\n", hashes)) + Note);
        Assert.Equal(63, LogProof.Read(With(63)).Require().Hashes.Count);
        Assert.Equal(LedgerProblemCode.TooLarge, LogProof.Read(With(64)).Problem!.Code);
    }

    private static CheckpointNote WithoutCosignature(CheckpointNote note) => note with { Note = note.Note with { Signatures = [note.Note.Signatures[0]] } };

    private static (LogProof Proof, MerkleHash Leaf) Make(int index, byte[]? extra)
    {
        using var scratch = new ScratchLog().Published(300);
        using var log = TileLog.Open(scratch.Folder, ScratchLog.Settings);
        log.Cosign(log.Published.Checkpoint, [Witness.Sign(log.Published.Note.Text.Span, TimeProvider.System)]);
        return (LogProof.Make(log.Reader, index, log.Published, extra), MerkleHash.Leaf(Model.Entry(index)));
    }
}
