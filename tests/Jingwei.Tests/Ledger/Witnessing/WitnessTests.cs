using System.Text;
using Jingwei.Ledger;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Tiles;
using Jingwei.Ledger.Witnessing;
using Jingwei.Tests.Ledger.Merkle;
using Jingwei.Tests.Ledger.Tiles;

namespace Jingwei.Tests.Ledger.Witnessing;

/// <summary>C2SP tlog-witness, add-checkpoint, sentence by sentence.</summary>
public sealed class WitnessTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly NoteSigner Ed25519 = NoteSigner.Generate("example.com/witness", SignatureType.Ed25519Cosignature);
    private static readonly NoteSigner MlDsa = NoteSigner.Generate("example.com/witness", SignatureType.MlDsa44Cosignature);
    private static readonly MerkleHash[] Leaves = Model.Leaves(20);

    private readonly string folder = Directory.CreateTempSubdirectory("jingwei-witness-").FullName;
    private readonly Witness witness;

    public WitnessTests() => witness = Open();

    [Fact]
    public void Checkpoints_that_continue_each_other_are_cosigned_with_a_time()
    {
        Accept(Request(0, 0));
        Accept(Request(0, 5));
        Accept(Request(5, 5));
        Accept(Request(5, 8));
        Accept(Request(8, 20));
        Assert.Equal(20, witness.Latest(ScratchLog.Origin)!.Checkpoint.Size);
    }

    [Fact]
    public void A_log_that_is_not_known_is_not_found()
    {
        var stranger = NoteSigner.Generate("example.com/stranger", SignatureType.Ed25519);
        var checkpoint = CheckpointNote.Sign(new("example.com/stranger", 0, MerkleHash.Empty), TimeProvider.System, stranger);
        Assert.Equal(404, witness.AddCheckpoint(new AddCheckpointRequest(0, [], checkpoint).ToBytes()).Status);
    }

    [Fact]
    public void A_checkpoint_without_a_valid_signature_of_its_log_is_forbidden()
    {
        var checkpoint = new Checkpoint(ScratchLog.Origin, 5, Root(5));
        var stranger = CheckpointNote.Sign(checkpoint, TimeProvider.System, NoteSigner.Generate(ScratchLog.Origin, SignatureType.Ed25519));
        Assert.Equal(403, witness.AddCheckpoint(new AddCheckpointRequest(0, [], stranger).ToBytes()).Status);

        var wrong = CheckpointNote.Sign(checkpoint, TimeProvider.System, ScratchLog.Signer);
        wrong.Note.Signatures[0].Value[3] ^= 1;
        Assert.Equal(403, witness.AddCheckpoint(new AddCheckpointRequest(0, [], wrong).ToBytes()).Status);
        Assert.Null(witness.Latest(ScratchLog.Origin));

        // One by a stranger beside the right one is passed over.
        Accept(Request(0, 5) with { Checkpoint = CheckpointNote.Sign(checkpoint, TimeProvider.System, ScratchLog.Signer).With(stranger.Note.Signatures) });
        Assert.DoesNotContain(witness.Latest(ScratchLog.Origin)!.Note.Signatures, line => line.KeyId == stranger.Note.Signatures[0].KeyId);
    }

    [Fact]
    public void An_old_size_above_the_checkpoint_s_is_a_bad_request()
    {
        Accept(Request(0, 8));
        Assert.Equal(400, witness.AddCheckpoint(new AddCheckpointRequest(8, [], Signed(5)).ToBytes()).Status);
    }

    [Fact]
    public void Another_old_size_is_a_conflict_that_tells_the_known_one()
    {
        Accept(Request(0, 8));
        foreach (var old in (int[])[0, 5, 9])
        {
            var answer = witness.AddCheckpoint(Request(old, 20).ToBytes());
            Assert.Equal((409, "text/x.tlog.size", "8\n"), (answer.Status, answer.ContentType, Encoding.ASCII.GetString(answer.Body)));
            Assert.Equal(8, Reply(answer, Signed(20)).KnownSize);
        }
    }

    [Fact]
    public void A_log_that_was_never_cosigned_is_known_with_size_zero()
    {
        var answer = witness.AddCheckpoint(Request(5, 8).ToBytes());
        Assert.Equal((409, "0\n"), (answer.Status, Encoding.ASCII.GetString(answer.Body)));
    }

    [Fact]
    public void What_the_proof_does_not_show_is_not_cosigned()
    {
        Assert.Equal(422, Status(new AddCheckpointRequest(0, [Leaves[0]], Signed(5))));
        Assert.Equal(422, Status(new AddCheckpointRequest(0, [], Signed(0, Leaves[0]))));
        Accept(Request(0, 5));
        Assert.Equal(422, Status(new AddCheckpointRequest(5, [], Signed(8))));
        Assert.Equal(422, Status(Request(5, 8) with { Checkpoint = Signed(8, Leaves[0]) }));
        Assert.Equal(422, Status(Request(5, 8) with { Proof = [.. Request(5, 8).Proof, Leaves[0]] }));
        // The same size, with another root or with a proof.
        Assert.Equal(422, Status(Request(5, 5) with { Checkpoint = Signed(5, Leaves[0]) }));
        Assert.Equal(422, Status(Request(5, 5) with { Proof = [Leaves[0]] }));
        Assert.Equal(5, witness.Latest(ScratchLog.Origin)!.Checkpoint.Size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n")]
    [InlineData("old 00\n\n{0}")]
    [InlineData("old -1\n\n{0}")]
    [InlineData("old\n\n{0}")]
    [InlineData("size 0\n\n{0}")]
    [InlineData("old 0\nAAAA\n\n{0}")]
    [InlineData("old 0\n{0}")]
    [InlineData("old 0\r\n\r\n{0}")]
    [InlineData("old 0\n\ntext\n\n— example.com/log AAAAAAA=\n")]
    public void What_is_no_request_is_a_bad_one(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body.Replace("{0}", Encoding.UTF8.GetString(Signed(5).Note.ToBytes()), StringComparison.Ordinal));
        Assert.Equal(400, witness.AddCheckpoint(bytes).Status);
    }

    [Fact]
    public void A_request_has_at_most_63_lines_of_proof()
    {
        AddCheckpointRequest With(int lines) => new(1, [.. Enumerable.Repeat(Leaves[0], lines)], Signed(5));
        Assert.Equal(409, Status(With(63)));
        Assert.Equal(400, Status(With(64)));
    }

    [Fact]
    public void What_was_cosigned_is_known_after_a_new_start_and_served_to_monitors()
    {
        Accept(Request(0, 5));
        var file = Path.Combine(folder, Witness.OriginHash(ScratchLog.Origin), "checkpoint");
        // SHA-256 of "example.com/log", by sha256sum.
        Assert.Equal("4d3203c8f35cdf600e475f55fede6081a703d3d322f208865fca2ec4f0e030f8", Witness.OriginHash(ScratchLog.Origin));
        var served = CheckpointNote.Open(File.ReadAllBytes(file), ScratchLog.Origin, [ScratchLog.Signer.Verifier]).Require();
        Assert.Equal(3, served.Note.Verify(ScratchLog.Signer.Verifier, Ed25519.Verifier, MlDsa.Verifier).Require().Count);
        Assert.Equal(409, Open().AddCheckpoint(Request(0, 8).ToBytes()).Status);
        Assert.Equal(200, Open().AddCheckpoint(Request(5, 8).ToBytes()).Status);
    }

    [Fact]
    public void A_file_that_the_witness_did_not_write_keeps_it_from_starting()
    {
        Accept(Request(0, 5));
        var file = Path.Combine(folder, Witness.OriginHash(ScratchLog.Origin), "checkpoint");
        File.WriteAllBytes(file, Signed(20).Note.ToBytes());
        Assert.Throws<InvalidDataException>(() => Open());
        File.WriteAllBytes(file, []);
        Assert.Throws<InvalidDataException>(() => Open());
    }

    [Fact]
    public void A_witness_that_cannot_write_answers_nothing_more()
    {
        Accept(Request(0, 5));
        // A folder in the place of the file that is written first.
        Directory.CreateDirectory(Path.Combine(folder, Witness.OriginHash(ScratchLog.Origin), ".fresh"));
        Assert.Throws<UnauthorizedAccessException>(() => witness.AddCheckpoint(Request(5, 8).ToBytes()));
        Assert.Throws<InvalidOperationException>(() => witness.AddCheckpoint(Request(5, 8).ToBytes()));
        Assert.Equal(5, Open().Latest(ScratchLog.Origin)!.Checkpoint.Size);
    }

    [Fact]
    public void A_witness_has_cosignature_keys_only()
    {
        Assert.Throws<ArgumentException>(() => new Witness(folder, [ScratchLog.Signer], [], TimeProvider.System));
        Assert.Throws<ArgumentException>(() => new Witness(folder, [], [], TimeProvider.System));
    }

    [Fact]
    public void Of_requests_at_once_only_one_continues_the_known_checkpoint()
    {
        Accept(Request(0, 5));
        var statuses = new int[12];
        Parallel.For(0, statuses.Length, at => statuses[at] = Status(Request(5, 8 + at)));
        Assert.Single(statuses, status => status == 200);
        Assert.Equal(11, statuses.Count(status => status == 409));
        Assert.Equal(8 + Array.IndexOf(statuses, 200), witness.Latest(ScratchLog.Origin)!.Checkpoint.Size);
    }

    [Fact]
    public void A_log_has_its_checkpoints_cosigned_from_the_size_that_the_witness_tells()
    {
        using var scratch = new ScratchLog().Published(300, 700);
        using var log = TileLog.Open(scratch.Folder, ScratchLog.Settings);
        var before = CheckpointNote.Sign(new(ScratchLog.Origin, 300, log.Reader.ReadRoot(300)), TimeProvider.System, ScratchLog.Signer);
        Accept(AddCheckpointRequest.Make(log.Reader, 0, before));

        var first = Reply(witness.AddCheckpoint(AddCheckpointRequest.Make(log.Reader, 0, log.Published).ToBytes()), log.Published);
        Assert.Equal(300, first.KnownSize);
        var second = Reply(witness.AddCheckpoint(AddCheckpointRequest.Make(log.Reader, 300, log.Published).ToBytes()), log.Published);
        Assert.True(log.Cosign(log.Published.Checkpoint, second.Cosignatures));
        Assert.Equal(2, log.Published.Note.Verify(Ed25519.Verifier, MlDsa.Verifier).Require().Count);
    }

    [Fact]
    public void Answers_that_are_none_are_told_from_cosignatures()
    {
        var checkpoint = Signed(5);
        Assert.NotNull(WitnessReply.Read(200, "nonsense"u8, checkpoint, Ed25519.Verifier).Problem);
        Assert.NotNull(WitnessReply.Read(409, "nonsense"u8, checkpoint, Ed25519.Verifier).Problem);
        Assert.Contains("503: busy", WitnessReply.Read(503, "busy\n"u8, checkpoint, Ed25519.Verifier).Problem!.Message, StringComparison.Ordinal);
        var line = Ed25519.Sign(checkpoint.Note.Text.Span, new ManualTime(Now)).ToString();
        Assert.Single(WitnessReply.Read(200, Encoding.UTF8.GetBytes(line), checkpoint, Ed25519.Verifier, MlDsa.Verifier).Cosignatures);
        Assert.Equal(LedgerProblemCode.NoKnownSignature, WitnessReply.Read(200, Encoding.UTF8.GetBytes(line), checkpoint, MlDsa.Verifier).Problem!.Code);
        Assert.Equal(LedgerProblemCode.WrongSignature, WitnessReply.Read(200, Encoding.UTF8.GetBytes(line), Signed(8), Ed25519.Verifier).Problem!.Code);
        // The time must not be omitted, that is zero.
        var timeless = Ed25519.Sign(checkpoint.Note.Text.Span, new ManualTime(DateTimeOffset.UnixEpoch)).ToString();
        Assert.Equal(LedgerProblemCode.WrongSignature, WitnessReply.Read(200, Encoding.UTF8.GetBytes(timeless), checkpoint, Ed25519.Verifier).Problem!.Code);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static MerkleHash Root(int size) => Model.Root(Leaves.AsSpan(0, size));

    private static CheckpointNote Signed(int size, MerkleHash? root = null) =>
        CheckpointNote.Sign(new(ScratchLog.Origin, size, root ?? Root(size)), TimeProvider.System, ScratchLog.Signer);

    private static AddCheckpointRequest Request(int old, int size) =>
        new(old, old == 0 ? [] : Model.Consistency(old, Leaves.AsSpan(0, size)), Signed(size));

    private static WitnessReply Reply(WitnessAnswer answer, CheckpointNote checkpoint) =>
        WitnessReply.Read(answer.Status, answer.Body, checkpoint, Ed25519.Verifier, MlDsa.Verifier);

    private Witness Open() => new(folder, [Ed25519, MlDsa], [new(ScratchLog.Origin, [ScratchLog.Signer.Verifier])], new ManualTime(Now));

    private int Status(AddCheckpointRequest request) => witness.AddCheckpoint(request.ToBytes()).Status;

    private void Accept(AddCheckpointRequest request)
    {
        var answer = witness.AddCheckpoint(request.ToBytes());
        Assert.Equal(200, answer.Status);
        var reply = Reply(answer, request.Checkpoint);
        Assert.Null(reply.Problem);
        Assert.Equal([Now, Now], reply.Cosignatures.Select(line => Cosignature.TimeOf(line.KeyId == MlDsa.Verifier.KeyId ? SignatureType.MlDsa44Cosignature : SignatureType.Ed25519Cosignature, line)!.Value));
    }
}
