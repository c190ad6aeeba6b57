using System.Text;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;

namespace Jingwei.Tests.Ledger.Notes;

public sealed class CosignatureTests
{
    // The example of C2SP tlog-cosignature: the checkpoint, and what is signed of it.
    private const string Text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    private const string Line = "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
    private const long Seconds = 1679315147;
    private static readonly ManualTime Time = new(DateTimeOffset.FromUnixTimeSeconds(Seconds));

    [Fact]
    public void The_time_of_the_example_is_read()
    {
        var note = SignedNote.Read(Encoding.UTF8.GetBytes(Text + "\n" + Line)).Require();
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(Seconds), Cosignature.TimeOf(SignatureType.Ed25519Cosignature, note.Signatures[0]));
        Assert.Null(Cosignature.TimeOf(SignatureType.Ed25519, note.Signatures[0]));
    }

    [Fact]
    public void With_ed25519_the_message_of_the_example_is_signed() => Assert.Equal(
        "cosignature/v1\ntime 1679315147\n" + Text,
        Encoding.UTF8.GetString(Cosignature.Message(SignatureType.Ed25519Cosignature, "any", Seconds, Encoding.UTF8.GetBytes(Text))!));

    /// <summary>The structure of tlog-cosignature, ML-DSA-44 signed message, field by field.</summary>
    [Fact]
    public void With_ml_dsa_the_structure_of_the_specification_is_signed()
    {
        byte[] expected =
        [
            .. "subtree/v1\n"u8, 0,
            24, .. "witness.example.com/w1xx"u8,
            0, 0, 0, 0, 0x64, 0x18, 0x50, 0xcb,
            27, .. "example.com/behind-the-sofa"u8,
            0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0x01, 0x3e, 0x2d, 0xc3,
            .. Convert.FromHexString("0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"),
        ];
        Assert.Equal(expected, Cosignature.Message(SignatureType.MlDsa44Cosignature, "witness.example.com/w1xx", Seconds, Encoding.UTF8.GetBytes(Text)));
        // Extension lines are no part of it.
        Assert.Equal(expected, Cosignature.Message(SignatureType.MlDsa44Cosignature, "witness.example.com/w1xx", Seconds, Encoding.UTF8.GetBytes(Text + "more\n")));
    }

    [Theory]
    [InlineData(SignatureType.Ed25519Cosignature, 72)]
    [InlineData(SignatureType.MlDsa44Cosignature, 2428)]
    public void A_cosignature_verifies_for_its_checkpoint_time_and_name_only(SignatureType type, int length)
    {
        var signer = NoteSigner.Generate("example.com/witness", type);
        var text = Encoding.UTF8.GetBytes(Text);
        var signature = signer.Sign(text, Time);
        Assert.Equal(length, signature.Value.Length);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(Seconds), Cosignature.TimeOf(type, signature));
        Assert.True(signer.Verifier.Verify(text, signature));
        Assert.False(signer.Verifier.Verify(Encoding.UTF8.GetBytes(Text.Replace("20852163", "20852164", StringComparison.Ordinal)), signature));
        Assert.False(NoteSigner.Generate("example.com/witness", type).Verifier.Verify(text, signature));
        foreach (var at in (int[])[0, 7, 8, length - 1])
        {
            var changed = signature.Value.ToArray();
            changed[at] ^= 0x80;
            Assert.False(signer.Verifier.Verify(text, signature with { Value = changed }));
        }

        foreach (var cut in (int[])[0, 7, 8, length - 1])
        {
            Assert.False(signer.Verifier.Verify(text, signature with { Value = signature.Value[..cut] }));
        }

        Assert.False(signer.Verifier.Verify(text, signature with { Value = [.. signature.Value, 0] }));
    }

    [Fact]
    public void Only_checkpoints_are_cosigned()
    {
        foreach (var type in (SignatureType[])[SignatureType.Ed25519Cosignature, SignatureType.MlDsa44Cosignature])
        {
            Assert.Throws<ArgumentException>(() => NoteSigner.Generate("w", type).Sign("text\n"u8, Time));
        }
    }

    [Fact]
    public void Names_longer_than_the_structure_has_room_for_are_not_signed_with_ml_dsa()
    {
        var text = new Checkpoint(new string('o', 256), 0, MerkleHash.Empty).ToText();
        Assert.Throws<ArgumentException>(() => NoteSigner.Generate("w", SignatureType.MlDsa44Cosignature).Sign(text, Time));
        Assert.Throws<ArgumentException>(() => NoteSigner.Generate(new string('w', 256), SignatureType.MlDsa44Cosignature).Sign(Encoding.UTF8.GetBytes(Text), Time));
        var signer = NoteSigner.Generate(new string('w', 255), SignatureType.MlDsa44Cosignature);
        var fitting = new Checkpoint(new string('o', 255), 0, MerkleHash.Empty).ToText();
        Assert.True(signer.Verifier.Verify(fitting, signer.Sign(fitting, Time)));
    }
}
