using System.Globalization;
using Jingwei.Conformance.Mqtt;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Server;
using Jingwei.Tests;

namespace Jingwei.Conformance.Handle;

/// <summary>A client that was written from the RFCs in another language, without our library, against our server.</summary>
public sealed class ForeignClientTests
{
    private static readonly string[] Expected =
    [
        "udp: 1 1 88.111.1/x 1:URL=http://example.org/(19) 2:DESC=铜箔(6)",
        "tcp: 1 1 88.111.1/X 1:URL=http://example.org/(19) 2:DESC=铜箔(6)",
        "by index: 1 1 88.111.1/x 2:DESC=铜箔(6)",
        "by type: 1 1 88.111.1/x 1:URL=http://example.org/(19)",
        "by neither: 1 200",
        "missing: 1 100",
        // 24 + 33 + (4 + 14) + 4 + 20 values of 14 + 8 + 204 + 4 bytes + 4 bytes of no credential make 10 parts of 492.
        $"large in 10: 1 1 88.111.1/large {string.Join(' ', Enumerable.Range(1, 20).Select(each => $"{each}:DESC={new string('x', 40)}(200)"))}",
        "secret value, public only: 1 200",
        "secret value: 1 402",
        "secret value, proved: 1 1 0.NA/88.111 301:HS_SECKEY=correct horse battery staple(28)",
        "slow: 1 1 88.111.1/slow 1:URL=http://slow/(12)",
        "site: 1 (1, 2, 11, 1, 128, 2)",
        "create: 100 1",
        "created: 1 1 88.111.1/new 1:URL=http://a/(9) 2:DESC=铜箔(6)",
        "create again: 100 101",
        "modify by 02: 104 1", "modified: 1 1 88.111.1/new 1:URL=http://02/(10)",
        "modify by 03: 104 1", "modified: 1 1 88.111.1/new 1:URL=http://03/(10)",
        "modify by 12: 104 1", "modified: 1 1 88.111.1/new 1:URL=http://12/(10)",
        "modify by 13: 104 1", "modified: 1 1 88.111.1/new 1:URL=http://13/(10)",
        "modify by 22: 104 1", "modified: 1 1 88.111.1/new 1:URL=http://22/(10)",
        "by SHA-1: 102 1",
        "remove: 103 1",
        "removed: 1 1 88.111.1/new 1:URL=http://22/(10) 3:EMAIL=a@b(3)",
        "wrong key: 101 403",
        "wrong secret: 101 403",
        "no admin: 101 400",
        "delete: 101 1",
        "deleted: 1 100",
        "list: [50, 50, 24] [True, True, False]",
        "create by udp: 402 True",
        "session: 400 503",
        "unknown: 1001 5",
    ];

    [Theory]
    [InlineData(DatagramPath.Fastest)]
    [InlineData(DatagramPath.OneByOne)]
    public async Task A_client_written_from_the_rfc_resolves_and_administers(DatagramPath path)
    {
        await using var host = Prepared(path);
        var key = host.Key.ExportParameters(includePrivateParameters: true);
        var lines = await Peer.RunAsync(
            External.Program("python3", "apt-get install python3"),
            Path.Combine(SourceTree.Root, "tests", "Jingwei.Conformance", "Handle", "peers", "handle_peer.py"),
            host.Udp.ToString(CultureInfo.InvariantCulture), host.Tcp.ToString(CultureInfo.InvariantCulture), HandleHost.Admin, HandleHost.Secret,
            Convert.ToHexString(key.Modulus!), Convert.ToHexString(key.D!));
        Assert.Equal(Expected, lines);
    }

    private static HandleHost Prepared(DatagramPath path)
    {
        var host = HandleHost.Start(path);
        host.Door.Put("88.111.1/x", HandleValue.OfText(1, HandleTypes.Url, "http://example.org/"), HandleValue.OfText(2, "DESC", "铜箔"));
        host.Door.Put("88.111.1/slow", HandleValue.OfText(1, HandleTypes.Url, "http://slow/"));
        host.Door.Slow = HandleName.Parse("88.111.1/slow");
        host.Door.Put("88.111.1/large", [.. Enumerable.Range(1, 20).Select(each => HandleValue.OfText(each, "DESC", new('x', 200)))]);
        host.Door.Put("88.111.1/keys", new HandleValue { Index = 300, Type = HandleTypes.PublicKey, Data = HandlePublicKey.FromRsa(host.Key).ToBytes() });
        for (var each = 0; each < 120; each++)
        {
            host.Door.Put(FormattableString.Invariant($"88.111.1/list-{each:000}"), HandleValue.OfText(1, HandleTypes.Url, "http://a/"));
        }

        return host;
    }
}
