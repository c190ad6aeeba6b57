using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Jingwei.Conformance.Mqtt;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Client;
using Jingwei.Identifiers.Handle.Keys;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Conformance.Handle;

/// <summary>Our client against a server that reads and writes with the library of the Handle.Net software.</summary>
[Trait("Category", "Peers")]
public sealed class HandleNetServerTests
{
    private static readonly HandleName X = HandleName.Parse("88.111.1/x");
    private static readonly HandleName Admin = HandleName.Parse("0.NA/88.111");

    [Theory]
    [InlineData("RSA")]
    [InlineData("DSA")]
    public async Task Our_client_is_understood_and_understands(string serverKeyKind)
    {
        using var key = RSA.Create(2048);
        using var peer = Peer.Start(HandleNet.Java, "-cp", HandleNet.Library, HandleNet.Source("HandleServerPeer.java"), serverKeyKind, Convert.ToHexString(HandlePublicKey.FromRsa(key).ToBytes()));
        var ready = (await peer.WaitForAsync("ready ")).Split(' ');
        var server = new HandleServerAddress(IPAddress.Loopback, int.Parse(ready[1], CultureInfo.InvariantCulture), int.Parse(ready[2], CultureInfo.InvariantCulture));
        Assert.True(HandlePublicKey.TryRead(Convert.FromHexString(ready[3]), out var serverKey, out _));
        var client = new HandleClient(new(), TimeProvider.System);
        var byKey = HandleSigner.WithPrivateKey(new(Admin, 300), key);
        // Not ASCII: the library makes a character of each byte before it derives a key.
        var bySecret = HandleSigner.WithSecret(new(Admin, 301), new byte[] { (byte)'s', (byte)'e', (byte)'c', (byte)'r', (byte)'e', (byte)'t', (byte)' ', 0xE9 });

        // By UDP, the question in two datagrams and the answer in four.
        var types = Enumerable.Range(0, 60).Select(each => $"TYPE-{each}").ToList();
        var resolved = await client.AskAsync(server, new ResolutionRequest(X, [], types), null, serverKey);
        Assert.Equal((HandleResponseCode.Success, X, "http://a/", 1500), (resolved.Code, resolved.Handle, resolved.Values[0].Text, resolved.Values[1].Data.Length));
        Assert.Equal(HandleResponseCode.Success, (await client.AskAsync(server with { Udp = null }, new ResolutionRequest(X, [], []), null, serverKey)).Code);
        using var other = RSA.Create(2048);
        await Assert.ThrowsAsync<HandleException>(async () => await client.AskAsync(server, new ResolutionRequest(X, [], []), null, HandlePublicKey.FromRsa(other)));

        var create = new ValuesRequest(HandleOperation.CreateHandle, X, [HandleValue.OfText(1, HandleTypes.Url, "http://a/") with { Timestamp = 1_600_000_000 }, new() { Index = 100, Type = HandleTypes.Admin, Data = new HandleAdmin(new(Admin, 300), AdminPermissions.All).ToBytes(), Permissions = HandlePermissions.AdminRead }]);
        Assert.Equal(HandleResponseCode.Success, (await client.AskAsync(server, create, byKey, serverKey)).Code);
        Assert.Equal(HandleResponseCode.Success, (await client.AskAsync(server, new RemoveValuesRequest(X, [2, 3]), bySecret)).Code);
        Assert.Equal(HandleResponseCode.AuthenticationFailed, (await client.AskAsync(server, new PlainRequest(HandleOperation.DeleteHandle, X), HandleSigner.WithPrivateKey(new(Admin, 300), other))).Code);

        Assert.Equal(
            [
                "udp resolve 88.111.1/x types 60",
                "tcp resolve 88.111.1/x types 0",
                "udp resolve 88.111.1/x types 0",
                """tcp 100 88.111.1/x [{"index":1,"type":"URL","data":{"format":"string","value":"http://a/"},"ttl":86400,"timestamp":"2020-09-13T12:26:40Z"},{"index":100,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"0.NA/88.111","index":300,"permissions":"111111111111"}},"permissions":"1000","ttl":86400}]""",
                "tcp proof HS_PUBKEY 300:0.NA/88.111 true",
                "tcp 103 88.111.1/x [2, 3]",
                "tcp proof HS_SECKEY 301:0.NA/88.111 true",
                "tcp 101 88.111.1/x",
                "tcp proof HS_PUBKEY 300:0.NA/88.111 false",
            ],
            await peer.FinishAsync());
    }
}
