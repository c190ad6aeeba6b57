using Jingwei.Ledger;
using Jingwei.Ledger.Notes;

namespace Jingwei.Tests.Ledger.Notes;

public sealed class KeyTests
{
    // The example of C2SP signed-note.
    private const string Example = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    [Theory]
    [InlineData(SignatureType.Ed25519, 33)]
    [InlineData(SignatureType.Ed25519Cosignature, 33)]
    [InlineData(SignatureType.MlDsa44Cosignature, 1313)]
    public void Keys_come_back_from_their_strings(SignatureType type, int length)
    {
        var signer = NoteSigner.Generate("example.com/name", type);
        var again = NoteSigner.Read(signer.ToPrivateKey()).Require();
        var verifier = NoteVerifier.Read(signer.Verifier.ToString()).Require();
        Assert.Equal(signer.Verifier.ToString(), again.ToString());
        Assert.Equal((type, "example.com/name", signer.Verifier.KeyId), (verifier.Type, verifier.Name, verifier.KeyId));
        Assert.Equal(length, Convert.FromBase64String(verifier.ToString().Split('+', 3)[2]).Length);
        Assert.DoesNotContain("PRIVATE", signer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_key_has_another_id_for_each_kind_of_signature()
    {
        var key = NoteVerifier.Read(Example).Require().PublicKey;
        uint[] ids = [KeyName.Id("example.com/foo", SignatureType.Ed25519, key), KeyName.Id("example.com/foo", SignatureType.Ed25519Cosignature, key)];
        Assert.Equal(0x530d903au, ids[0]);
        Assert.NotEqual(ids[0], ids[1]);
    }

    [Theory]
    [InlineData("", LedgerProblemCode.InvalidKey)]
    [InlineData("example.com/foo", LedgerProblemCode.InvalidKey)]
    [InlineData("example.com/foo+530d903a", LedgerProblemCode.InvalidKey)]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", LedgerProblemCode.InvalidKey)]
    [InlineData("example com+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", LedgerProblemCode.InvalidKey)]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", LedgerProblemCode.InvalidKey)]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", LedgerProblemCode.InvalidKey)]
    [InlineData("example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", LedgerProblemCode.InvalidKey)]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=", LedgerProblemCode.InvalidKey)]
    [InlineData("example.com/foo+530d903a+", LedgerProblemCode.InvalidBase64)]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2", LedgerProblemCode.InvalidBase64)]
    // ECDSA, which C2SP names for other implementations.
    [InlineData("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", LedgerProblemCode.UnknownSignatureType)]
    public void What_is_no_verifier_key_is_refused(string key, LedgerProblemCode code)
    {
        Assert.Equal(code, NoteVerifier.Read(key).Problem!.Code);
        Assert.Throws<FormatException>(() => NoteVerifier.Read(key).Require());
    }

    [Theory]
    [InlineData("", LedgerProblemCode.InvalidKey)]
    [InlineData("PRIVATE+KEY+PeterNeumann+c74f20a3", LedgerProblemCode.InvalidKey)]
    [InlineData("PRIVATE+KEY+PeterNeumann+c74f20a4+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", LedgerProblemCode.InvalidKey)]
    [InlineData("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKA==", LedgerProblemCode.InvalidBase64)]
    [InlineData("PRIVATE+KEY+PeterNeumann+c74f20a3+AoEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", LedgerProblemCode.UnknownSignatureType)]
    public void What_is_no_signing_key_is_refused(string key, LedgerProblemCode code) => Assert.Equal(code, NoteSigner.Read(key).Problem!.Code);

    [Fact]
    public void Keys_of_no_name_or_kind_are_not_made()
    {
        Assert.Throws<ArgumentException>(() => NoteSigner.Generate("", SignatureType.Ed25519));
        Assert.Throws<ArgumentException>(() => NoteSigner.Generate("a b", SignatureType.Ed25519));
        Assert.Throws<ArgumentException>(() => NoteSigner.Generate("a", SignatureType.None));
    }
}
