using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Signing;

namespace Jingwei.Tests.Packs;

public sealed class PackSigningTests : IDisposable
{
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("jingwei-signing-").FullName, "yard");
    private readonly (string Private, string Public) keys = PackKey.New();

    public PackSigningTests() => NewPack.Write(folder, new("yard", "yard-tank", "罐区", "Tank yard"));

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, true);

    // RFC 8032, section 7.1, tests 2 and 3.
    [Theory]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void A_signature_is_that_of_RFC_8032(string secret, string open, string message, string signature)
    {
        Assert.Equal(open, Convert.ToHexStringLower(PackKey.PublicOf(Convert.FromHexString(secret))));
        Assert.Equal(signature, Convert.ToHexStringLower(PackKey.Sign(Convert.FromHexString(secret), Convert.FromHexString(message))));
        Assert.True(PackKey.Verify(Convert.FromHexString(open), Convert.FromHexString(message), Convert.FromHexString(signature)));
        Assert.False(PackKey.Verify(Convert.FromHexString(open), Convert.FromHexString(message + "00"), Convert.FromHexString(signature)));
    }

    [Fact]
    public void Keys_are_PEM_files_as_RFC_8410_has_them()
    {
        // The private key of RFC 8410, section 10.3, and the public one of section 10.1.
        const string secret = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
        const string open = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
        Assert.Equal(Convert.ToHexStringLower(Assert.Single(PackKey.ReadPublic(open))), Convert.ToHexStringLower(PackKey.PublicOf(PackKey.ReadPrivate(secret)!)));
        Assert.Equal(PackKey.ReadPublic(keys.Public), PackKey.ReadPublic(keys.Private));
        Assert.Empty(PackKey.ReadPublic("no key"));
    }

    [Fact]
    public void What_is_changed_added_or_removed_after_signing_is_named()
    {
        Sign();
        Assert.Empty(PackTrust.Anyone.Problems(folder, "yard/"));
        File.AppendAllText(Path.Combine(folder, "rules", "yard-hot.yaml"), "# later\n");
        File.WriteAllText(Path.Combine(folder, "things", "more.yaml"), "type: more\n");
        File.Delete(Path.Combine(folder, "README.md"));
        Assert.Equal(
            [
                "yard/README.md:1:1: the file was removed after the pack was signed (expected the files that were signed)",
                "yard/rules/yard-hot.yaml:1:1: the file was changed after the pack was signed (expected the files that were signed)",
                "yard/things/more.yaml:1:1: the file was added after the pack was signed (expected the files that were signed)",
            ],
            PackTrust.Anyone.Problems(folder, "yard/").Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_list_of_files_that_its_key_did_not_sign_is_refused()
    {
        Sign();
        var file = Path.Combine(folder, PackSignature.FileName);
        File.WriteAllText(file, File.ReadAllText(file).Replace("things/yard-tank.yaml", "things/yard-tanks.yaml", StringComparison.Ordinal));
        Assert.Equal("the signature is not that of its list of files", Assert.Single(PackTrust.Anyone.Problems(folder, "")).Message);
    }

    [Fact]
    public void Where_only_trusted_keys_let_packs_in_others_stay_out()
    {
        var trusted = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(folder)!, ".keys")).FullName;
        var trust = new PackTrust(trusted, UnsignedAllowed: false);
        Assert.Equal("the pack is not signed", Assert.Single(trust.Problems(folder, "")).Message);
        Sign();
        File.WriteAllText(Path.Combine(trusted, "other.pem"), PackKey.New().Public);
        Assert.Equal("no trusted key has signed the pack", Assert.Single(trust.Problems(folder, "")).Message);
        File.WriteAllText(Path.Combine(trusted, "ours.pem"), keys.Public);
        Assert.Empty(trust.Problems(folder, ""));
        Assert.NotNull(TrustedPacks.Load(Path.GetDirectoryName(folder)!, trust).Packs);
    }

    private void Sign() => PackSignature.Write(folder, PackKey.ReadPrivate(keys.Private)!);
}
