using System.Text;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;
using Jingwei.Tests;

namespace Jingwei.Conformance.Ledger;

/// <summary>Notes and checkpoints that others signed.</summary>
[Trait("Category", "Vectors")]
public sealed class NoteVectorTests
{
    // The example of C2SP signed-note.
    private const string ExampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private const string Example =
        "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    // The key of the log that transparency-dev/tessera keeps for tests.
    private const string TesseraKey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
    private const string TesseraOrigin = "example.com/log/testdata";
    private static readonly string[] Words = ["one", "two", "three", "four", "five", "six", "seven"];

    // The keys of the examples of golang.org/x/mod/sumdb/note.
    private const string PeterSigner = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private const string PeterKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string PeterText = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string PeterLine = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    [Fact]
    public void The_example_of_the_specification_verifies()
    {
        var note = SignedNote.Read(Encoding.UTF8.GetBytes(Example)).Require();
        var signature = Assert.Single(note.Verify(NoteVerifier.Read(ExampleKey).Require()).Require());
        Assert.Equal(("example.com/foo", 0x530d903au), (signature.Name, signature.KeyId));
        Assert.Equal("This is an example message.\n", Encoding.UTF8.GetString(note.Text.Span));
        Assert.Equal(Example, Encoding.UTF8.GetString(note.ToBytes()));
        Assert.Equal(ExampleKey, NoteVerifier.Read(ExampleKey).Require().ToString());
    }

    [Fact]
    public void A_key_of_Go_signs_as_Go_does()
    {
        var signer = NoteSigner.Read(PeterSigner).Require();
        var note = SignedNote.Sign(Encoding.UTF8.GetBytes(PeterText), TimeProvider.System, signer);
        Assert.Equal(PeterKey, signer.Verifier.ToString());
        Assert.Equal(PeterSigner, signer.ToPrivateKey());
        Assert.Equal(PeterText + "\n" + PeterLine, Encoding.UTF8.GetString(note.ToBytes()));
    }

    [Fact]
    public void Every_checkpoint_of_a_foreign_log_verifies_and_is_the_root_of_its_entries()
    {
        var log = External.Vectors("tlog", "open", "tessera-log");
        var frontier = new MerkleFrontier();
        for (var size = 0; size <= Words.Length; size++)
        {
            var bytes = File.ReadAllBytes(Path.Combine(log, $"checkpoint.{size}"));
            var checkpoint = CheckpointNote.Open(bytes, TesseraOrigin, [NoteVerifier.Read(TesseraKey).Require()]).Require();
            Assert.Equal(new(TesseraOrigin, size, frontier.Root), checkpoint.Checkpoint with { Extensions = [] }, Same);
            Assert.Equal(bytes, checkpoint.Note.ToBytes());
            Assert.Equal(checkpoint.Note.Text.ToArray(), checkpoint.Checkpoint.ToText());
            if (size < Words.Length)
            {
                frontier.Append(MerkleHash.Leaf(Encoding.UTF8.GetBytes(Words[size])));
            }
        }
    }

    private static bool Same(Checkpoint left, Checkpoint right) => left.ToString() == right.ToString();
}
