using System.Text;
using Jingwei.Ledger;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;

namespace Jingwei.Tests.Ledger.Notes;

public sealed class CheckpointTests
{
    // The example of C2SP tlog-checkpoint.
    private const string Example = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    private const string Empty = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    [Fact]
    public void The_example_of_the_specification_is_read()
    {
        var checkpoint = Checkpoint.Read(Encoding.UTF8.GetBytes(Example)).Require();
        Assert.Equal(("example.com/behind-the-sofa", 20852163L), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal("0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62", Convert.ToHexStringLower(checkpoint.Root.ToArray()));
        Assert.Empty(checkpoint.Extensions);
        Assert.Equal(Example, checkpoint.ToString());
    }

    [Fact]
    public void Extension_lines_are_kept()
    {
        var checkpoint = Checkpoint.Read(Encoding.UTF8.GetBytes(Example + "one\nzwei\n")).Require();
        Assert.Equal(["one", "zwei"], checkpoint.Extensions);
        Assert.Equal(Example + "one\nzwei\n", checkpoint.ToString());
    }

    [Theory]
    [InlineData("", LedgerProblemCode.Malformed, 0)]
    [InlineData("\n0\n" + Empty + "\n", LedgerProblemCode.Malformed, 0)]
    [InlineData("a\tb\n0\n" + Empty + "\n", LedgerProblemCode.Malformed, 0)]
    [InlineData("a\n", LedgerProblemCode.InvalidNumber, 2)]
    [InlineData("a\n00\n" + Empty + "\n", LedgerProblemCode.InvalidNumber, 2)]
    [InlineData("a\n-1\n" + Empty + "\n", LedgerProblemCode.InvalidNumber, 2)]
    [InlineData("a\n+1\n" + Empty + "\n", LedgerProblemCode.InvalidNumber, 2)]
    [InlineData("a\n1 \n" + Empty + "\n", LedgerProblemCode.InvalidNumber, 2)]
    [InlineData("a\n9223372036854775808\n" + Empty + "\n", LedgerProblemCode.InvalidNumber, 2)]
    [InlineData("a\n0\n", LedgerProblemCode.InvalidBase64, 4)]
    [InlineData("a\n0\nAAAA\n", LedgerProblemCode.InvalidBase64, 4)]
    [InlineData("a\n0\n" + Empty, LedgerProblemCode.InvalidBase64, 4)]
    [InlineData("a\n0\n" + Empty + "\n\n", LedgerProblemCode.Malformed, 49)]
    [InlineData("a\n0\n" + Empty + "\nextension", LedgerProblemCode.Malformed, 49)]
    public void What_is_no_checkpoint_is_refused_with_its_place(string text, LedgerProblemCode code, int position)
    {
        var problem = Checkpoint.Read(Encoding.UTF8.GetBytes(text)).Problem!;
        Assert.Equal((code, position), (problem.Code, problem.Position));
    }

    [Fact]
    public void The_largest_size_is_read() =>
        Assert.Equal(long.MaxValue, Checkpoint.Read(Encoding.UTF8.GetBytes($"a\n9223372036854775807\n{Empty}\n")).Require().Size);

    [Fact]
    public void A_checkpoint_is_opened_by_its_log_s_key_and_origin_only()
    {
        var key = NoteSigner.Generate("example.com/key", SignatureType.Ed25519);
        var bytes = CheckpointNote.Sign(new("example.com/log", 0, MerkleHash.Empty), TimeProvider.System, key).Note.ToBytes();
        Assert.Equal(0, CheckpointNote.Open(bytes, "example.com/log", [key.Verifier]).Require().Checkpoint.Size);
        Assert.Equal(LedgerProblemCode.OtherOrigin, CheckpointNote.Open(bytes, "example.com/key", [key.Verifier]).Problem!.Code);
        Assert.Equal(LedgerProblemCode.NoKnownSignature,
            CheckpointNote.Open(bytes, "example.com/log", [NoteSigner.Generate("example.com/key", SignatureType.Ed25519).Verifier]).Problem!.Code);
        Assert.Equal(LedgerProblemCode.InvalidNumber, CheckpointNote.Read(SignedNote.Sign("a\nb\n"u8, TimeProvider.System, key).ToBytes()).Problem!.Code);
    }
}
