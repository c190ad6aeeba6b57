using System.Net;
using System.Security.Cryptography;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Keys;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Tests.Identifiers.Handle;

/// <summary>The structured types byte by byte, put together by hand from RFC 3651, 3.2.</summary>
public sealed class RecordTests
{
    private static readonly HandleName Admin = HandleName.Parse("0.NA/88.111");

    [Theory]
    [InlineData("", false)]
    // Old libraries reserved four bytes for the permissions and wrote two.
    [InlineData("0000", true)]
    public void An_administrator(string behind, bool isLegacy)
    {
        var bytes = Hex.Bytes("0FF3", "0000000B", "'0.NA/88.111", "0000012C", behind);
        Assert.True(HandleAdmin.TryRead(bytes, out var admin, out _));
        var expected = new HandleAdmin(new(Admin, 300), AdminPermissions.All & ~(AdminPermissions.AddDerivedPrefix | AdminPermissions.DeleteDerivedPrefix)) { IsLegacyLength = isLegacy };
        Assert.Equal(expected, admin);
        Assert.Equal(bytes, expected.ToBytes());
    }

    [Fact]
    public void A_list_of_values()
    {
        var bytes = Hex.Bytes("00000002", "0000000B", "'0.NA/88.111", "0000012C", "00000006", "'88.1/x", "00000001");
        var list = new HandleValueList([new(Admin, 300), new(HandleName.Parse("88.1/x"), 1)]);
        Assert.True(HandleValueList.TryRead(bytes, out var read, out _));
        Assert.Equal(list, read);
        Assert.Equal(bytes, list.ToBytes());
    }

    [Fact]
    public void A_site()
    {
        var bytes = Hex.Bytes(
            "0001", "020B", "0007", "C0", "01", "00000000",
            "00000001", "00000004", "'desc", "00000006", "'节点",
            "00000002",
            "00000001", "00000000 00000000 00000000 C0000201", "00000002", "ABCD", "00000002", "02 00 00000A51", "03 01 00000A51",
            "00000002", "20010DB8 00000000 00000000 00000001", "00000000", "00000001", "01 02 00001F40");
        var site = new HandleSite
        {
            SerialNumber = 7,
            IsPrimary = true,
            IsMultiPrimary = true,
            HashOption = HandleHashOption.BySuffix,
            Attributes = [new("desc", "节点")],
            Servers =
            [
                new(1, IPAddress.Parse("192.0.2.1"), new byte[] { 0xAB, 0xCD }, [new(HandleServiceKinds.Resolution, HandleTransport.Udp, 2641), new(HandleServiceKinds.Both, HandleTransport.Tcp, 2641)]),
                new(2, IPAddress.Parse("2001:db8::1"), ReadOnlyMemory<byte>.Empty, [new(HandleServiceKinds.Administration, HandleTransport.Http, 8000)]),
            ],
        };
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(site.ToBytes()));
        Assert.True(HandleSite.TryRead(bytes, out var read, out _));
        Assert.Equal(site.Servers, read!.Servers);
        Assert.Equal((site.SerialNumber, site.IsPrimary, site.IsMultiPrimary, site.HashOption, site.ProtocolVersion), (read.SerialNumber, read.IsPrimary, read.IsMultiPrimary, read.HashOption, read.ProtocolVersion));
        Assert.Equal(site.Attributes, read.Attributes);
        Assert.False(HandleSite.TryRead(bytes.AsSpan(0, bytes.Length - 1), out _, out var fault));
        Assert.Equal(WireFaultCode.LengthOutOfRange, fault.Code);
    }

    // Computed with the Handle.Net library and with Python's hashlib: the last four bytes of the MD5 of the capital letters, modulo five.
    [Theory]
    [InlineData("88.1/x", HandleHashOption.ByPrefix, 1)]
    [InlineData("88.1/x", HandleHashOption.BySuffix, 3)]
    [InlineData("88.1/x", HandleHashOption.ByAll, 1)]
    [InlineData("88.111.1/Ab", HandleHashOption.BySuffix, 3)]
    [InlineData("88.111.1/Ab", HandleHashOption.ByAll, 2)]
    [InlineData("10.5/q", HandleHashOption.ByPrefix, 0)]
    [InlineData("10.5/q", HandleHashOption.ByAll, 3)]
    public void A_handles_server_is_found_by_its_digest(string handle, HandleHashOption option, int server)
    {
        var servers = Enumerable.Range(0, 5).Select(each => new HandleServerRecord(each, IPAddress.Loopback, ReadOnlyMemory<byte>.Empty, [])).ToList();
        Assert.Equal(server, new HandleSite { HashOption = option, Servers = servers }.ServerOf(HandleName.Parse(handle))!.ServerId);
    }

    [Fact]
    public void A_site_without_servers_has_nobody_to_ask() => Assert.Null(new HandleSite().ServerOf(HandleName.Parse("88.1/x")));

    // A number whose highest bit is set has a zero before it, as signed numbers have.
    [Fact]
    public void A_public_rsa_key()
    {
        var bytes = Hex.Bytes("0000000B", "'RSA_PUB_KEY", "0000", "00000003", "010001", "00000005", "00 C0000001");
        Assert.True(HandlePublicKey.TryRead(bytes, out var key, out _));
        Assert.Equal("C0000001 010001", $"{Convert.ToHexString(key!.Rsa!.Value.Modulus!)} {Convert.ToHexString(key.Rsa.Value.Exponent!)}");
        Assert.Equal(bytes, key.ToBytes());
    }

    [Fact]
    public void A_public_dsa_key()
    {
        var bytes = Hex.Bytes("0000000B", "'DSA_PUB_KEY", "0000", "00000001", "07", "00000002", "00FB", "00000001", "02", "00000001", "03");
        Assert.True(HandlePublicKey.TryRead(bytes, out var key, out _));
        Assert.Equal("07 FB 02 03", string.Join(' ', new[] { key!.Dsa!.Value.Q, key.Dsa.Value.P, key.Dsa.Value.G, key.Dsa.Value.Y }.Select(each => Convert.ToHexString(each!))));
        Assert.Equal(bytes, key.ToBytes());
        // These numbers are no key, and so nothing is signed with it.
        Assert.False(key.Verify("x"u8, new byte[40], HashAlgorithmName.SHA1));
    }

    [Theory]
    [InlineData("0000000A 44485F5055425F4B4559 0000 00000001 07", WireFaultCode.Unknown)]
    [InlineData("0000000B 5253415F5055425F4B4559 0000 00000000 00000001 07", WireFaultCode.OutOfRange)]
    [InlineData("0000000B 5253415F5055425F4B4559 0000 00000003 0100", WireFaultCode.Truncated)]
    public void What_is_no_key_is_told(string hex, WireFaultCode code)
    {
        Assert.False(HandlePublicKey.TryRead(Hex.Bytes(hex), out var key, out var fault));
        Assert.Equal((null, code), (key, fault.Code));
    }

    [Theory]
    [InlineData(6, "'SHA1")]
    [InlineData(7, "'SHA-256")]
    public void A_proof_by_a_private_key_names_its_digest(byte minor, string name)
    {
        using var key = RSA.Create(2048);
        byte[] nonce = [1, 2], digest = [3, 4];
        var proof = PublicKeyProof.Create(key, nonce, digest, new(2, minor));
        Assert.Equal(Hex.Bytes((name.Length - 1).ToString("X8", System.Globalization.CultureInfo.InvariantCulture), name, "00000100"), proof[..(7 + name.Length)]);
        var other = HandlePublicKey.FromRsa(key);
        Assert.True(PublicKeyProof.Verify(other, nonce, digest, proof));
        Assert.False(PublicKeyProof.Verify(other, nonce, [3, 5], proof));
        Assert.False(PublicKeyProof.Verify(other, nonce, digest, proof.AsSpan(0, proof.Length - 1)));
    }

    [Fact]
    public void A_secret_is_not_derived_more_often_than_the_limit()
    {
        byte[] proof = Hex.Bytes("22", "00000001", "AA", "7FFFFFFF", "000000A0", "00000014", new string('0', 40));
        Assert.False(SecretKeyProof.Verify("secret"u8, [1], [2], proof));
    }

    // Not ASCII: the Java library takes each byte for a character.
    [Fact]
    public void A_secret_proves_itself_and_nothing_else()
    {
        byte[] secret = [0x80, 0xFF, 0x41];
        foreach (var version in new HandleVersion[] { new(2, 6), new(2, 7) })
        {
            var proof = SecretKeyProof.Create(secret, [1], [2], version);
            Assert.True(SecretKeyProof.Verify(secret, [1], [2], proof));
            Assert.False(SecretKeyProof.Verify(secret, [1], [3], proof));
            Assert.False(SecretKeyProof.Verify([0x41], [1], [2], proof));
        }

        Assert.False(SecretKeyProof.Verify(secret, [1], [2], []));
    }
}
