using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Tests.Identifiers.Handle;

/// <summary>Every message byte by byte, put together by hand from RFC 3652 (sections named) and where it differs from practice.</summary>
public sealed class WireLayoutTests
{
    private const string NoCredential = "00000000";
    private static readonly HandleName Name = HandleName.Parse("88.1/x");

    // 2.2.1, with the suggested version where the RFC has unused flags.
    [Fact]
    public void An_envelope_is_twenty_bytes()
    {
        var bytes = Hex.Bytes("02 03", "22 0B", "00000007", "12345678", "00000002", "000003E8");
        var envelope = new HandleEnvelope { Version = new(2, 3), Suggested = new(2, 11), IsTruncated = true, SessionId = 7, RequestId = 0x12345678, Sequence = 2, MessageLength = 1000 };
        var written = new byte[20];
        envelope.Write(written);
        Assert.Equal(bytes, written);
        Assert.True(HandleEnvelope.TryRead(bytes, out var read, out _));
        Assert.Equal(envelope, read);
    }

    [Fact]
    public void A_client_that_suggests_nothing_suggests_its_version()
    {
        Assert.True(HandleEnvelope.TryRead(Hex.Bytes("02 01 C0 00", "00000000", "00000001", "00000000", "00000018"), out var envelope, out _));
        Assert.Equal((new HandleVersion(2, 1), true, true, false), (envelope.Suggested, envelope.IsCompressed, envelope.IsEncrypted, envelope.IsTruncated));
    }

    [Theory]
    [InlineData("02 00 02 0B 00000000 00000001 00000000 00000018", WireFaultCode.UnsupportedVersion, 0)]
    [InlineData("05 00 02 0B 00000000 00000001 00000000 00000018", WireFaultCode.UnsupportedVersion, 0)]
    [InlineData("02 0B 02 0B 00000000 00000001 00000000 00040001", WireFaultCode.LengthOutOfRange, 16)]
    [InlineData("02 0B 02 0B 00000000 00000001 00000000 FFFFFFFF", WireFaultCode.LengthOutOfRange, 16)]
    [InlineData("02 0B 02 0B 00000000 00000001 FFFFFFFF 00000018", WireFaultCode.OutOfRange, 12)]
    [InlineData("02 0B 02 0B", WireFaultCode.Truncated, 4)]
    public void An_envelope_says_what_is_wrong_with_it(string hex, WireFaultCode code, int position)
    {
        Assert.False(HandleEnvelope.TryRead(Hex.Bytes(hex), out _, out var fault));
        Assert.Equal(new(code, position), fault);
    }

    // 3.2.1: the handle, the indexes, the types.
    [Fact]
    public void Resolution() => AssertRequest(
        new ResolutionRequest(Name, [1, 300], ["URL", "铜"]) { Flags = MessageOptions.PublicOnly | MessageOptions.RequestDigest, RecursionCount = 3 },
        Header("00000001", "01800000", "03", 40),
        Hex.Bytes("00000006", "'88.1/x", "00000002", "00000001", "0000012C", "00000002", "00000003", "'URL", "00000003", "'铜"));

    [Theory]
    [InlineData(HandleOperation.GetSiteInfo, "00000002")]
    [InlineData(HandleOperation.DeleteHandle, "00000065")]
    [InlineData(HandleOperation.ListHandles, "00000069")]
    [InlineData(HandleOperation.HomePrefix, "0000012C")]
    [InlineData(HandleOperation.UnhomePrefix, "0000012D")]
    [InlineData(HandleOperation.ListHomedPrefixes, "0000012E")]
    [InlineData(HandleOperation.SessionTerminate, "00000191")]
    public void A_request_of_a_handle_alone(HandleOperation operation, string code) =>
        AssertRequest(new PlainRequest(operation, Name), Header(code, "00000000", "00", 10), Hex.Bytes("00000006", "'88.1/x"));

    // 3.4.1, 3.4.3, 3.4.4; a value as in 3.2.2: index, timestamp, TTL type, TTL, permissions, type, data, references.
    [Theory]
    [InlineData(HandleOperation.CreateHandle, "00000064")]
    [InlineData(HandleOperation.AddValue, "00000066")]
    [InlineData(HandleOperation.ModifyValue, "00000068")]
    public void Values(HandleOperation operation, string code)
    {
        var value = HandleValue.OfText(1, "URL", "http://a/") with { Timestamp = 0xF0000000, Ttl = new(true, 5), References = [new(HandleName.Parse("88.1/y"), 2)] };
        AssertRequest(
            new ValuesRequest(operation, Name, [value, new() { Index = 2, Type = "B", Data = new byte[] { 0, 255 }, Permissions = HandlePermissions.AdminRead }]),
            Header(code, "00000000", "00", 95),
            Hex.Bytes(
                "00000006", "'88.1/x", "00000002",
                "00000001", "F0000000", "01", "00000005", "0E", "00000003", "'URL", "00000009", "'http://a/", "00000001", "00000006", "'88.1/y", "00000002",
                "00000002", "00000000", "00", "00015180", "08", "00000001", "'B", "00000002", "00FF", "00000000"));
    }

    // 3.4.2
    [Fact]
    public void Remove() => AssertRequest(
        new RemoveValuesRequest(Name, [2, 3]), Header("00000067", "00000000", "00", 22), Hex.Bytes("00000006", "'88.1/x", "00000002", "00000002", "00000003"));

    // 3.5.2
    [Fact]
    public void An_answer_to_a_challenge() => AssertRequest(
        new ChallengeAnswerRequest("HS_PUBKEY", new(Name, 300), new byte[] { 1, 2, 3 }),
        Header("000000C8", "00000000", "00", 34),
        Hex.Bytes("00000009", "'HS_PUBKEY", "00000006", "'88.1/x", "0000012C", "00000003", "010203"));

    // 3.5.3; practice has the digest's length where the RFC has the name of its algorithm, and both are read.
    [Fact]
    public void A_request_to_verify()
    {
        var digest = Hex.Bytes(string.Concat(Enumerable.Repeat("CD", 20)));
        var request = new VerifyRequest(new(Name, 301), new byte[] { 9, 8 }, digest, new byte[] { 2, 7 });
        AssertRequest(
            request,
            Header("000000C9", "00000000", "00", 50),
            Hex.Bytes("00000006", "'88.1/x", "0000012D", "00000002", "0908", "00000014", Convert.ToHexString(digest), "00000002", "0207"));

        byte[] body = Hex.Bytes("00000006", "'88.1/x", "0000012D", "00000002", "0908", "02", Convert.ToHexString(digest), "00000002", "0207");
        Assert.True(HandleRequestWire.TryRead([.. Header("000000C9", "00000000", "00", body.Length), .. body], out var read, out _));
        Assert.Equal(digest, Assert.IsType<VerifyRequest>(read).Digest.ToArray());
    }

    // 3.2.2
    [Fact]
    public void The_values_of_a_handle()
    {
        var response = Read("00000001", "00000001", Hex.Bytes(
            "00000006", "'88.1/x", "00000001", "00000001", "00000000", "00", "00015180", "0E", "00000003", "'URL", "00000009", "'http://a/", "00000000"));
        Assert.Equal((HandleResponseCode.Success, Name), (response.Code, response.Handle));
        Assert.Equal([HandleValue.OfText(1, "URL", "http://a/")], response.Values);
    }

    // 2.2.3: the byte that names the algorithm, then the digest; practice has SHA-256 as 3.
    [Theory]
    [InlineData("01", 16)]
    [InlineData("02", 20)]
    [InlineData("03", 32)]
    public void A_digest_stands_before_the_body(string algorithm, int length)
    {
        var digest = Hex.Bytes(algorithm, string.Concat(Enumerable.Repeat("AB", length)));
        var response = Read("00000064", "00000065", [.. digest, .. Hex.Bytes("00000003", "'why")], "00800000");
        Assert.Equal((HandleResponseCode.HandleAlreadyExists, "why"), (response.Code, response.Message));
        Assert.Equal(digest, response.Digest.ToArray());
    }

    [Fact]
    public void A_digest_is_of_the_kind_that_the_version_has()
    {
        var buffer = new byte[RequestDigest.MaxBytes];
        Assert.Equal(21, RequestDigest.Write("abc"u8, new(2, 6), buffer));
        // FIPS 180-4, the digests of "abc".
        Assert.Equal("02A9993E364706816ABA3E25717850C26C9CD0D89D", Convert.ToHexString(buffer.AsSpan(0, 21)));
        Assert.Equal(33, RequestDigest.Write("abc"u8, new(2, 7), buffer));
        Assert.Equal("03BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", Convert.ToHexString(buffer));
    }

    // 3.3: the handle that knows more, and in practice the sites themselves.
    [Theory]
    [InlineData("0000012E", HandleResponseCode.ServiceReferral)]
    [InlineData("0000012F", HandleResponseCode.PrefixReferral)]
    public void A_referral_names_a_handle_and_may_bring_its_values(string code, HandleResponseCode expected)
    {
        var alone = Read("00000001", code, Hex.Bytes("00000006", "'88.1/x"));
        Assert.Equal((expected, Name, 0), (alone.Code, alone.Handle, alone.Values.Count));
        var with = Read("00000001", code, Hex.Bytes("00000000", "00000001", "00000001", "00000000", "00", "00015180", "0E", "00000007", "'HS_SERV", "00000006", "'88.1/s", "00000000"));
        Assert.Equal([HandleValue.OfText(1, HandleTypes.Serv, "88.1/s")], with.Values);
    }

    // Before 2.5 this code was that of a server that makes a backup.
    [Fact]
    public void An_old_servers_303_is_a_backup()
    {
        byte[] message = [.. Header("00000064", "0000012F", "00000000", "00", 4), .. Hex.Bytes("00000000", NoCredential)];
        Assert.True(HandleResponseWire.TryRead(message, new(2, 4), out var response, out _));
        Assert.Equal(HandleResponseCode.ServerBackup, response!.Code);
    }

    // 3.5.1; then lists, a verification, a minted handle.
    [Fact]
    public void The_other_answers()
    {
        Assert.Equal(Hex.Bytes("AABB"), Read("00000064", "00000192", Hex.Bytes("00000002", "AABB")).Nonce.ToArray());
        Assert.Equal(["88.1/a", "88.1/铜"], Read("00000069", "00000001", Hex.Bytes("00000002", "00000006", "'88.1/a", "00000008", "'88.1/铜")).Handles.Select(each => each.ToString()));
        Assert.True(Read("000000C9", "00000001", Hex.Bytes("01")).IsVerified);
        Assert.False(Read("000000C9", "00000001", Hex.Bytes("00")).IsVerified);
        Assert.Equal(Name, Read("00000064", "00000001", Hex.Bytes("00000006", "'88.1/x")).Handle);
        Assert.True(Read("00000065", "00000001", []).IsSuccess);
    }

    [Theory]
    // A handle longer than what is left, a count of more values than there are bytes, bytes behind the end, a handle that is no UTF-8.
    [InlineData("00000065", "00000007 38382E312F78", WireFaultCode.Truncated, 0)]
    [InlineData("00000065", "7FFFFFFF 38382E312F78", WireFaultCode.LengthOutOfRange, 0)]
    [InlineData("00000064", "00000006 38382E312F78 000007FF", WireFaultCode.LengthOutOfRange, 10)]
    [InlineData("00000065", "00000006 38382E312F78 00", WireFaultCode.TrailingBytes, 10)]
    [InlineData("00000065", "00000006 38382E312FFF", WireFaultCode.InvalidText, 0)]
    [InlineData("000003E9", "", WireFaultCode.Unknown, 0)]
    public void A_body_says_what_is_wrong_with_it(string operation, string hex, WireFaultCode code, int position)
    {
        var body = Hex.Bytes(hex);
        Assert.False(HandleRequestWire.TryRead([.. Header(operation, "00000000", "00", body.Length), .. body], out var request, out var fault));
        Assert.Null(request);
        Assert.Equal(new(code, position), fault);
    }

    [Fact]
    public void A_message_longer_than_its_limit_is_not_written()
    {
        var writer = new WireWriter([]);
        HandleRequestWire.Write(ref writer, new ValuesRequest(HandleOperation.CreateHandle, Name, [new() { Index = 1, Type = "B", Data = new byte[300_000] }]));
        Assert.True(writer.IsFull);
        writer.Dispose();
    }

    private static byte[] Header(string operation, string flags, string recursion, int bodyLength) => Header(operation, "00000000", flags, recursion, bodyLength);

    // 2.2.2: operation, code, flags, serial number, recursions, a reserved byte, expiration, length of the body.
    private static byte[] Header(string operation, string code, string flags, string recursion, int bodyLength) =>
        Hex.Bytes(operation, code, flags, "FFFF", recursion, "00", "00000000", bodyLength.ToString("X8", System.Globalization.CultureInfo.InvariantCulture));

    private static void AssertRequest(HandleRequest request, byte[] header, byte[] body)
    {
        var writer = new WireWriter([]);
        HandleRequestWire.Write(ref writer, request);
        byte[] expected = [.. header, .. body, .. Hex.Bytes(NoCredential)];
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(writer.Written));
        writer.Dispose();

        Assert.True(HandleRequestWire.TryRead(expected, out var read, out var fault), fault.ToString());
        var again = new WireWriter([]);
        HandleRequestWire.Write(ref again, read!);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(again.Written));
        again.Dispose();
        Assert.Equal((request.GetType(), request.Operation, request.Handle, request.Flags, request.RecursionCount), (read!.GetType(), read.Operation, read.Handle, read.Flags, read.RecursionCount));
    }

    private static HandleResponse Read(string operation, string code, byte[] body, string flags = "00000000")
    {
        byte[] message = [.. Header(operation, code, flags, "00", body.Length), .. body, .. Hex.Bytes(NoCredential)];
        Assert.True(HandleResponseWire.TryRead(message, HandleVersion.Newest, out var response, out var fault), fault.ToString());
        return response!;
    }
}
