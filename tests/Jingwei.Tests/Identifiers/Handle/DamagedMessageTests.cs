using FsCheck;
using FsCheck.Fluent;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Json;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Server;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Tests.Identifiers.Handle;

/// <summary>Bytes that somebody has changed are read as something or are at fault somewhere inside them, and never throw.</summary>
public sealed class DamagedMessageTests
{
    private static readonly byte[] Values = HandleValueWire.Encode(
        HandleValue.OfText(1, "URL", "http://a/") with { References = [new(HandleName.Parse("88.1/y"), 2)] },
        new HandleValue { Index = 300, Type = HandleTypes.Admin, Data = new HandleAdmin(new(HandleName.Parse("0.NA/88.1"), 300), AdminPermissions.All).ToBytes() });

    private static readonly byte[][] Messages =
    [
        .. new HandleRequest[]
        {
            new ResolutionRequest(HandleName.Parse("88.1/x"), [1, 2], ["URL", "EMAIL."]),
            new ValuesRequest(HandleOperation.CreateHandle, HandleName.Parse("88.1/x"), [HandleValue.OfText(1, "URL", "http://a/")]),
            new RemoveValuesRequest(HandleName.Parse("88.1/x"), [1]),
            new ChallengeAnswerRequest("HS_PUBKEY", new(HandleName.Parse("88.1/x"), 300), new byte[30]),
            new VerifyRequest(new(HandleName.Parse("88.1/x"), 300), new byte[16], new byte[32], new byte[21]),
        }.Select(request => TestServer.Message(request)[WireLimits.Envelope..]),
    ];

    [Fact]
    public void Requests_and_answers() => Check(Messages, bytes =>
    {
        if (!HandleRequestWire.TryRead(bytes, out var request, out var fault))
        {
            Assert.InRange(fault.Position, 0, bytes.Length);
            Assert.False(fault.IsNone);
            Assert.Null(request);
        }

        // The same as an answer, whose code is in the second four bytes.
        bytes = [.. bytes];
        if (bytes.Length > 7)
        {
            bytes[7] = 1;
        }

        Assert.Equal(HandleResponseWire.TryRead(bytes, HandleVersion.Newest, out var response, out _), response is not null);
    });

    [Fact]
    public void Resolutions_where_they_lie_are_at_fault_as_those_that_are_read() => Check([Messages[0]], bytes =>
    {
        if (HandleHeader.TryRead(bytes, out var header, out _) && header.Operation == HandleOperation.Resolution)
        {
            var isRead = HandleRequestWire.TryRead(bytes, out var request, out var fault);
            var lies = ResolutionQuery.TryRead(bytes.AsSpan(WireLimits.Header, header.BodyLength), header.Flags, header.RecursionCount, out var query, out var other);
            if (isRead && lies)
            {
                Assert.Equal(request!.Handle.ToString(), System.Text.Encoding.UTF8.GetString(query.Handle));
                query.AsksFor(1, "URL"u8);
            }
            else if (!isRead && !lies)
            {
                Assert.Equal(fault.Position, other.Position);
            }
        }
    });

    [Fact]
    public void Values_and_records() => Check([Values, new HandleSite { Servers = [new(1, System.Net.IPAddress.Loopback, new byte[3], [new(HandleServiceKinds.Both, HandleTransport.Tcp, 1)])] }.ToBytes()], bytes =>
    {
        HandleValueWire.TryDecode(bytes, out var values, out _);
        HandleSite.TryRead(bytes, out _, out _);
        HandleAdmin.TryRead(bytes, out _, out _);
        HandlePublicKey.TryRead(bytes, out _, out _);
        ReadOnlySpan<byte> rest = bytes;
        var seen = 0;
        while (HandleValueWire.TryNext(ref rest, out var value))
        {
            Assert.True(value.Bytes.Length >= HandleValueWire.Smallest);
            seen++;
        }

        // What is read whole is seen whole.
        Assert.True(seen >= values.Count);
    });

    [Fact]
    public void Json() => Check(["""{"responseCode":1,"handle":"88.1/x","values":[{"index":1,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"0.NA/88.1","index":300,"permissions":"011111110011"}},"ttl":86400,"timestamp":"2015-06-09T12:34:06Z"}]}"""u8.ToArray()], bytes =>
        Assert.Equal(HandleJsonReader.TryReadResponse(bytes, out var response, out var problem), (response, problem) is (not null, null)));

    // Bytes of a message: some changed, some cut off, some added.
    private static void Check(byte[][] originals, Action<byte[]> read)
    {
        var edits = Gen.Choose(0, 1000).Zip(Gen.Choose(0, 255)).ListOf();
        var damaged = Gen.Elements(originals).Zip(edits).Zip(Gen.Choose(0, 100)).Select(each =>
        {
            var ((original, changes), cut) = each;
            byte[] bytes = cut < 50 ? [.. original] : cut < 90 ? original[..(original.Length * (cut - 50) / 40)] : [.. original, (byte)cut];
            foreach (var (at, value) in changes.Take(4))
            {
                if (bytes.Length > 0)
                {
                    bytes[at % bytes.Length] = (byte)value;
                }
            }

            return bytes;
        });
        Prop.ForAll(damaged.ToArbitrary(), bytes => read(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }
}
