using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Jingwei.Conformance.Mqtt;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Json;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Conformance.Handle;

/// <summary>The client of the Handle.Net software against our server.</summary>
[Trait("Category", "Peers")]
public sealed class HandleNetClientTests
{
    private static readonly string[] Steps =
    [
        """missing: {"responseCode":100}""",
        """create: {"responseCode":1}""",
        """create again: {"responseCode":101}""",
        """add: {"responseCode":1}""",
        """modify: {"responseCode":1}""",
        """remove: {"responseCode":1}""",
        """made: {"responseCode":1,"handle":"88.111.1/made","values":[{"index":1,"type":"URL","data":{"format":"string","value":"http://b/"},"ttl":86400},{"index":3,"type":"EMAIL","data":{"format":"string","value":"a@b"},"ttl":86400}]}""",
        """secret: {"responseCode":1,"handle":"0.NA/88.111","values":[{"index":301,"type":"HS_SECKEY","data":{"format":"string","value":"correct horse battery staple"},"permissions":"1100","ttl":86400}]}""",
        """wrong secret: {"responseCode":403}""",
        """delete: {"responseCode":1}""",
        """deleted: {"responseCode":100}""",
        // x, types, large and 120 more.
        "list: 50 50 23",
    ];

    private static readonly HandleValue[] Large = [.. Enumerable.Range(1, 20).Select(each => HandleValue.OfText(each, "DESC", new('x', 200)))];

    [Fact]
    public async Task It_resolves_administers_and_reads_every_record_as_we_do()
    {
        await using var host = Prepared();
        var said = (await RunAsync(host)).Select(line => line.Split(": ", 2)).ToDictionary(line => line[0], line => line[1]);

        Assert.Equal(Steps, Steps.Select(step => step.Split(':')[0]).Select(step => $"{step}: {said[step]}"));
        AssertSame("88.111.1/x", [HandleValue.OfText(1, HandleTypes.Url, "http://example.org/"), HandleValue.OfText(2, "DESC", "铜箔")], said["resolve"]);
        // Its signature was checked by the key of the site information.
        Assert.Equal(said["resolve"], said["certified"]);
        AssertSame("88.111.1/large", Large, said["large"]);
        AssertSame("88.111.1/types", Types(host), said["every type"]);

        Assert.True(HandleJsonReader.TryReadResponse(Encoding.UTF8.GetBytes(said["every type"]), out var read, out var problem), problem);
        Assert.Equal(Types(host), read!.Values);
    }

    // What their library wrote, and what we write of the same values, are the same JSON.
    private static void AssertSame(string handle, HandleValue[] values, string theirs)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            HandleJsonWriter.Write(writer, HandleName.Parse(handle), HandleResponse.Done with { Values = values });
        }

        using var ours = JsonDocument.Parse(buffer.WrittenMemory);
        using var document = JsonDocument.Parse(theirs);
        Assert.True(JsonElement.DeepEquals(ours.RootElement, document.RootElement), $"{ours.RootElement.GetRawText()}\n{theirs}");
    }

    private static async Task<string[]> RunAsync(HandleHost host)
    {
        var key = host.Key.ExportParameters(includePrivateParameters: true);
        return await Peer.RunAsync(
            HandleNet.Java, "-cp", HandleNet.Library, HandleNet.Source("HandlePeer.java"),
            host.Tcp.ToString(CultureInfo.InvariantCulture), HandleHost.Admin, HandleHost.Secret,
            Convert.ToHexString(key.Modulus!), Convert.ToHexString(key.D!));
    }

    private static HandleHost Prepared()
    {
        var host = HandleHost.Start();
        host.Door.Put("88.111.1/x", HandleValue.OfText(1, HandleTypes.Url, "http://example.org/"), HandleValue.OfText(2, "DESC", "铜箔"));
        host.Door.Put("88.111.1/large", Large);
        host.Door.Put("88.111.1/types", Types(host));
        for (var each = 0; each < 120; each++)
        {
            host.Door.Put(FormattableString.Invariant($"88.111.1/list-{each:000}"), HandleValue.OfText(1, HandleTypes.Url, "http://a/"));
        }

        return host;
    }

    private static HandleValue[] Types(HandleHost host) =>
    [
        new() { Index = 100, Type = HandleTypes.Admin, Data = new HandleAdmin(new(HandleName.Parse("0.NA/88.111"), 300), AdminPermissions.All & ~AdminPermissions.ListHandles).ToBytes() },
        new() { Index = 101, Type = HandleTypes.ValueList, Data = new HandleValueList([new(HandleName.Parse("88.111.1/a"), 1), new(HandleName.Parse("88.111.1/b"), 2)]).ToBytes() },
        new() { Index = 102, Type = HandleTypes.Site, Data = host.Door.OwnSite!.ToBytes() },
        new() { Index = 103, Type = HandleTypes.PublicKey, Data = HandlePublicKey.FromRsa(host.Key).ToBytes() },
        new() { Index = 104, Type = "BYTES", Data = new byte[] { 0, 1, 254, 255 }, Ttl = new(true, 1_700_000_000), Timestamp = 1_600_000_000 },
        HandleValue.OfText(105, "DESC", "多层\n板") with { Permissions = HandlePermissions.PublicRead | HandlePermissions.PublicWrite, References = [new(HandleName.Parse("88.111.1/x"), 1)] },
        new() { Index = 106, Type = HandleTypes.Admin, Data = new byte[] { 1 } },
    ];
}
