using System.Text;
using Jingwei.Ledger;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Proofs;

namespace Jingwei.Tests.Ledger.Proofs;

public sealed class PolicyTests
{
    private static readonly NoteSigner Log = NoteSigner.Generate("example.com/log", SignatureType.Ed25519);
    private static readonly NoteSigner[] Witnesses = [.. Enumerable.Range(0, 6).Select(at =>
        NoteSigner.Generate($"example.com/w{at}", at % 2 == 0 ? SignatureType.Ed25519Cosignature : SignatureType.MlDsa44Cosignature))];

    // The example of C2SP tlog-policy: two of the X, and any of the Y.
    private static readonly string Example = $"""
        log {Log.Verifier}

        witness X1 {Witnesses[0].Verifier}
        witness X2 {Witnesses[1].Verifier}
        witness X3 {Witnesses[2].Verifier}
        group X-witnesses 2 X1 X2 X3

        witness Y1 {Witnesses[3].Verifier}
        witness Y2 {Witnesses[4].Verifier}
        witness Y3 {Witnesses[5].Verifier}
        group Y-witnesses any Y1 Y2 Y3

        group X-and-Y all X-witnesses Y-witnesses
        quorum X-and-Y

        """;

    [Theory]
    [InlineData(true, 0, 1, 3)]
    [InlineData(true, 1, 2, 5)]
    [InlineData(true, 0, 1, 2, 3, 4, 5)]
    [InlineData(false)]
    [InlineData(false, 0, 1, 2)]
    [InlineData(false, 0, 3, 4, 5)]
    [InlineData(false, 3, 4, 5)]
    public void The_example_of_the_specification_asks_for_two_of_x_and_one_of_y(bool valid, params int[] cosigners) =>
        Assert.Equal(valid ? null : LedgerProblemCode.NoQuorum, Read(Example).Check(Signed(cosigners))?.Code);

    [Fact]
    public void Logs_and_witnesses_are_listed()
    {
        var policy = Read($"# comment\n \t log\t{Log.Verifier}  https://log.example.com/ \n   # more\nwitness 见证 {Witnesses[0].Verifier} https://w.example.com/\nquorum none\n");
        Assert.Equal((Log.Verifier.ToString(), "https://log.example.com/"), (policy.Logs[0].Key.ToString(), policy.Logs[0].Url));
        Assert.Equal(("见证", "https://w.example.com/"), (policy.Witnesses[0].Name, policy.Witnesses[0].Url));
        Assert.Null(policy.Check(Signed()));
    }

    [Fact]
    public void A_single_witness_may_be_the_quorum_and_logs_may_be_known_otherwise()
    {
        var policy = Read($"witness a {Witnesses[0].Verifier}\nwitness b {Witnesses[1].Verifier}\nquorum b\n");
        Assert.Equal(LedgerProblemCode.OtherOrigin, policy.Check(Signed(1))!.Code);
        Assert.Null(policy.Check(Signed(1), Log.Verifier));
        Assert.Equal(LedgerProblemCode.NoQuorum, policy.Check(Signed(0), Log.Verifier)!.Code);
    }

    [Fact]
    public void The_log_must_have_signed_under_the_name_of_its_origin()
    {
        var other = NoteSigner.Generate("example.com/other", SignatureType.Ed25519);
        var policy = Read($"log {Log.Verifier}\nlog {other.Verifier}\nquorum none\n");
        var checkpoint = new Checkpoint("example.com/log", 0, MerkleHash.Empty);
        Assert.Null(policy.Check(CheckpointNote.Sign(checkpoint, TimeProvider.System, Log)));
        Assert.Equal(LedgerProblemCode.NoKnownSignature, policy.Check(CheckpointNote.Sign(checkpoint, TimeProvider.System, other))!.Code);
        Assert.Equal(LedgerProblemCode.OtherOrigin, policy.Check(CheckpointNote.Sign(checkpoint with { Origin = "example.com/third" }, TimeProvider.System, Log))!.Code);
    }

    [Fact]
    public void A_wrong_cosignature_by_a_known_witness_makes_the_checkpoint_invalid()
    {
        var policy = Read($"log {Log.Verifier}\nwitness a {Witnesses[0].Verifier}\nwitness b {Witnesses[1].Verifier}\nquorum a\n");
        var signed = Signed(0, 1);
        signed.Note.Signatures[2].Value[^1] ^= 1;
        Assert.Equal(LedgerProblemCode.WrongSignature, policy.Check(signed)!.Code);
    }

    public static TheoryData<string> Malformed => new(
        "",
        "quorum",
        "quorum none",
        "quorum none\nquorum none\n",
        "quorum a\n",
        "quorum a\nwitness a {0}\n",
        "witness a {0}\n",
        "witness none {0}\nquorum none\n",
        "witness a {0}\nwitness a {1}\nquorum a\n",
        "witness a {0}\nwitness b {0}\nquorum a\n",
        "witness a {log}\nquorum a\n",
        "witness a key\nquorum a\n",
        "witness a\nquorum none\n",
        "witness a {0} url more\nquorum none\n",
        "log {log}\nlog {log}\nquorum none\n",
        "log key\nquorum none\n",
        "log\nquorum none\n",
        "witness a {0}\ngroup g all\nquorum g\n",
        "witness a {0}\ngroup g 0 a\nquorum g\n",
        "witness a {0}\ngroup g 2 a\nquorum g\n",
        "witness a {0}\ngroup g 01 a\nquorum g\n",
        "witness a {0}\ngroup g most a\nquorum g\n",
        "witness a {0}\ngroup a any a\nquorum a\n",
        "witness a {0}\ngroup g any none\nquorum g\n",
        "witness a {0}\ngroup g any g\nquorum g\n",
        "witness a {0}\ngroup g 2 a a\nquorum g\n",
        "witness a {0}\ngroup g any a\ngroup h any a\nquorum h\n",
        "group g any a\nwitness a {0}\nquorum g\n",
        "policy none\n",
        "quorum none\r\n",
        "quorum none\n\u007f\n",
        "quorum none\n# \u0001\n");

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_no_policy_is_refused(string policy)
    {
        var text = policy.Replace("{0}", Witnesses[0].Verifier.ToString(), StringComparison.Ordinal)
            .Replace("{1}", Witnesses[1].Verifier.ToString(), StringComparison.Ordinal).Replace("{log}", Log.Verifier.ToString(), StringComparison.Ordinal);
        Assert.NotNull(LogPolicy.Read(Encoding.UTF8.GetBytes(text)).Problem);
    }

    [Fact]
    public void The_same_key_under_another_name_is_a_duplicate()
    {
        // The same bytes as an Ed25519 cosigner of two names (tlog-policy, Public key representation).
        var key = Witnesses[0].Verifier.PublicKey.ToArray();
        var renamed = new NoteVerifier("example.com/renamed", SignatureType.Ed25519Cosignature, key);
        Assert.Contains("listed twice", LogPolicy.Read(Encoding.UTF8.GetBytes($"witness a {Witnesses[0].Verifier}\nwitness b {renamed}\nquorum a\n")).Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_octets_and_need_be_no_text()
    {
        byte[] name = [0xff, 0x80];
        byte[] policy = [.. "witness "u8, .. name, .. Encoding.UTF8.GetBytes($" {Witnesses[0].Verifier}\n"), .. "quorum "u8, .. name, (byte)'\n'];
        Assert.Null(LogPolicy.Read(policy).Require().Check(Signed(0), Log.Verifier));
        // K, and the sign of Kelvin, which Unicode holds for the same.
        Assert.NotNull(LogPolicy.Read(Encoding.UTF8.GetBytes($"witness K {Witnesses[0].Verifier}\nquorum \u212a\n")).Problem);
    }

    [Fact]
    public void At_least_32_logs_witnesses_and_groups_are_read_and_there_is_an_end()
    {
        string Policy(int count) => string.Concat(Enumerable.Range(0, count).Select(at =>
            $"log {NoteSigner.Generate($"l{at}", SignatureType.Ed25519).Verifier}\nwitness w{at} {NoteSigner.Generate($"w{at}", SignatureType.Ed25519Cosignature).Verifier}\ngroup g{at} any w{at}\n")) + "quorum g0\n";
        Assert.Equal(32, Read(Policy(32)).Witnesses.Count);
        Assert.NotNull(LogPolicy.Read(Encoding.UTF8.GetBytes(Policy(33)), new PolicyLimits { Logs = 32 }).Problem);
        Assert.NotNull(LogPolicy.Read(Encoding.UTF8.GetBytes(Policy(33)), new PolicyLimits { Witnesses = 32 }).Problem);
        Assert.NotNull(LogPolicy.Read(Encoding.UTF8.GetBytes(Policy(33)), new PolicyLimits { Groups = 32 }).Problem);
        Assert.Equal(LedgerProblemCode.TooLarge, LogPolicy.Read(new byte[11], new PolicyLimits { Bytes = 10 }).Problem!.Code);
    }

    private static LogPolicy Read(string text) => LogPolicy.Read(Encoding.UTF8.GetBytes(text)).Require();

    private static CheckpointNote Signed(params int[] cosigners) => CheckpointNote.Sign(
        new("example.com/log", 0, MerkleHash.Empty), TimeProvider.System, [Log, .. cosigners.Select(at => Witnesses[at])]);
}
