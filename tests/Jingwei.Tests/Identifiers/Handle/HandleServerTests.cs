using System.Net;
using System.Net.Sockets;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Client;
using Jingwei.Identifiers.Handle.Keys;
using Jingwei.Identifiers.Handle.Server;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Tests.Identifiers.Handle;

/// <summary>What the server does with what it should not get, and at its limits.</summary>
public sealed class HandleServerTests
{
    private static readonly HandleName X = HandleName.Parse("88.1/x");
    private static readonly ResolutionRequest Resolve = new(X, [], []);
    private static readonly PlainRequest Delete = new(HandleOperation.DeleteHandle, X) { Flags = MessageOptions.RequestDigest };

    [Fact]
    public async Task Answers_and_bytes_that_are_nothing_are_not_answered()
    {
        await using var server = Prepared();
        var answer = TestServer.Message(Resolve, requestId: 1);
        answer[WireLimits.Envelope + 7] = 1;
        var (envelope, response) = await server.AskUdpAsync(answer, [], [2], new byte[19], TestServer.Message(Resolve, requestId: 2));
        Assert.Equal((2, HandleResponseCode.Success), (envelope.RequestId, response.Code));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 0)]
    public async Task A_version_that_is_not_spoken_is_refused_with_4(int position, byte value)
    {
        await using var server = Prepared();
        var message = TestServer.Message(Resolve);
        message[position] = value;
        Assert.Equal(HandleResponseCode.ProtocolError, (await server.AskUdpAsync(message)).Response.Code);
        Assert.Equal(HandleResponseCode.ProtocolError, (await server.AskTcpAsync(message)).Response.Code);
    }

    [Theory]
    [InlineData(0x80, HandleResponseCode.ProtocolError)]
    [InlineData(0x40, HandleResponseCode.SessionFailed)]
    public async Task What_is_compressed_or_encrypted_is_refused(byte flag, HandleResponseCode code)
    {
        await using var server = Prepared();
        var message = TestServer.Message(Resolve);
        message[2] |= flag;
        Assert.Equal(code, (await server.AskUdpAsync(message)).Response.Code);
    }

    [Fact]
    public async Task A_body_that_is_cut_off_is_refused_with_4_and_its_place()
    {
        await using var server = Prepared();
        var message = TestServer.Message(Delete);
        message[WireLimits.Envelope + WireLimits.Header + 3] = 7;
        var (_, response) = await server.AskTcpAsync(message);
        Assert.Equal((HandleResponseCode.ProtocolError, "Truncated at byte 0"), (response.Code, response.Message));
    }

    [Fact]
    public async Task The_answer_is_in_the_newest_version_that_both_speak()
    {
        await using var server = Prepared();
        foreach (var (asked, answered) in new[] { ("2.1", "2.1"), ("2.6", "2.6"), ("2.11", "2.11"), ("2.30", "2.11"), ("3.0", "2.11") })
        {
            var parts = asked.Split('.').Select(byte.Parse).ToArray();
            var message = TestServer.Message(Resolve with { Flags = MessageOptions.RequestDigest }, version: new(2, 3));
            (message[2], message[3]) = (parts[0], parts[1]);
            var (envelope, response) = await server.AskUdpAsync(message);
            Assert.Equal(answered, envelope.Version.ToString());
            Assert.True(RequestDigest.Matches(response.Digest.Span, message.AsSpan(WireLimits.Envelope, message.Length - WireLimits.Envelope - 4)));
        }
    }

    [Fact]
    public async Task A_request_that_too_many_servers_have_passed_on_is_refused_with_6()
    {
        await using var server = Prepared();
        Assert.Equal(HandleResponseCode.Success, (await server.AskUdpAsync(TestServer.Message(Resolve with { RecursionCount = 10 }))).Response.Code);
        Assert.Equal(HandleResponseCode.RecursionLimitExceeded, (await server.AskUdpAsync(TestServer.Message(Resolve with { RecursionCount = 11 }))).Response.Code);
    }

    [Fact]
    public async Task One_connection_carries_many_requests()
    {
        await using var server = Prepared();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Server.Tcp!);
        for (var each = 1; each <= 3; each++)
        {
            Assert.Equal(each, (await TestServer.AskAsync(client.GetStream(), TestServer.Message(Resolve, each))).Envelope.RequestId);
        }
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_at_once()
    {
        await using var server = Prepared(new() { Connections = 1 });
        using var first = new TcpClient();
        await first.ConnectAsync(server.Server.Tcp!);
        await TestServer.AskAsync(first.GetStream(), TestServer.Message(Resolve));
        using var second = new TcpClient();
        await second.ConnectAsync(server.Server.Tcp!);
        Assert.Equal(0, await second.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        Assert.Equal((1, 1), (server.Server.Counters.Connections, server.Server.Counters.RefusedConnections));
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused_and_the_connection_closed()
    {
        await using var server = Prepared(new() { MessageBytes = 40 });
        using var client = new TcpClient();
        await client.ConnectAsync(server.Server.Tcp!);
        var (_, response) = await TestServer.AskAsync(client.GetStream(), TestServer.Message(Resolve));
        Assert.Equal(HandleResponseCode.ProtocolError, response.Code);
        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_silent_connection_is_closed_after_its_time()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var server = Prepared(clock: clock);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Server.Tcp!);
        await TestServer.AskAsync(client.GetStream(), TestServer.Message(Resolve));
        var reading = client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask();
        while (!reading.IsCompleted)
        {
            // Until the server waits again, there is no timer to fire.
            clock.Advance(new HandleServerLimits().ConnectionTimeout);
            await Task.Yield();
        }

        Assert.Equal(0, await reading);
    }

    [Fact]
    public async Task Nothing_is_administered_without_a_proof()
    {
        await using var server = Prepared();
        var (_, challenge) = await server.AskTcpAsync(TestServer.Message(Delete));
        Assert.Equal((HandleResponseCode.AuthenticationNeeded, 16), (challenge.Code, challenge.Nonce.Length));
        Assert.Empty(server.Door.Done);
    }

    [Fact]
    public async Task A_challenge_is_good_for_one_proof_which_may_be_sent_again()
    {
        await using var server = Prepared();
        var (envelope, challenge) = await server.AskTcpAsync(TestServer.Message(Delete));
        var proving = Proof(challenge);
        Assert.Equal(HandleResponseCode.Success, (await server.AskTcpAsync(TestServer.Message(proving, 7, envelope.SessionId))).Response.Code);
        Assert.Equal(HandleResponseCode.Success, (await server.AskTcpAsync(TestServer.Message(proving, 7, envelope.SessionId))).Response.Code);
        Assert.Equal(HandleResponseCode.AuthenticationTimeout, (await server.AskTcpAsync(TestServer.Message(proving, 8, envelope.SessionId))).Response.Code);
        Assert.Single(server.Door.Done);
    }

    [Fact]
    public async Task A_proof_of_another_challenge_proves_nothing()
    {
        await using var server = Prepared();
        var (_, first) = await server.AskTcpAsync(TestServer.Message(Delete));
        var (envelope, _) = await server.AskTcpAsync(TestServer.Message(Delete));
        Assert.Equal(HandleResponseCode.AuthenticationFailed, (await server.AskTcpAsync(TestServer.Message(Proof(first), 7, envelope.SessionId))).Response.Code);
        var (next, challenge) = await server.AskTcpAsync(TestServer.Message(Delete));
        Assert.Equal(HandleResponseCode.InvalidCredential, (await server.AskTcpAsync(TestServer.Message(Proof(challenge) with { AuthenticationType = "HS_OTHER" }, 7, next.SessionId))).Response.Code);
        Assert.Empty(server.Door.Done);
    }

    [Fact]
    public async Task A_challenge_is_forgotten_after_its_time()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var server = Prepared(clock: clock);
        var (envelope, challenge) = await server.AskTcpAsync(TestServer.Message(Delete));
        clock.Advance(new HandleServerLimits().ChallengeTimeout);
        Assert.Equal(HandleResponseCode.AuthenticationTimeout, (await server.AskTcpAsync(TestServer.Message(Proof(challenge), 7, envelope.SessionId))).Response.Code);
    }

    [Fact]
    public async Task One_challenge_too_many_is_refused_with_3()
    {
        await using var server = Prepared(new() { Challenges = 1 });
        await server.AskTcpAsync(TestServer.Message(Delete));
        Assert.Equal(HandleResponseCode.ServerBusy, (await server.AskTcpAsync(TestServer.Message(Delete))).Response.Code);
    }

    [Fact]
    public async Task A_session_that_nobody_set_up_is_refused_with_500()
    {
        await using var server = Prepared();
        Assert.Equal(HandleResponseCode.SessionTimeout, (await server.AskUdpAsync(TestServer.Message(Resolve, sessionId: 5))).Response.Code);
    }

    [Fact]
    public async Task A_client_is_shown_the_secret_values_that_it_proves_to_administer()
    {
        await using var server = Prepared();
        server.Door.Put("88.1/s", HandleValue.OfText(1, "A", "open"), HandleValue.OfText(2, "B", "closed") with { Permissions = HandlePermissions.AdminRead }, HandleValue.OfText(3, "C", "never") with { Permissions = HandlePermissions.None });
        var client = new HandleClient(new(), TimeProvider.System);
        var name = HandleName.Parse("88.1/s");
        Assert.Equal(["open"], (await client.ResolveAsync(server.Address, name)).Values.Select(each => each.Text));
        Assert.Equal(["open", "closed"], (await client.ResolveAsync(server.Address, name, ["A", "B"], TestDoor.Signer)).Values.Select(each => each.Text));
        Assert.Equal(HandleResponseCode.InsufficientPermissions, (await client.ResolveAsync(server.Address, name, ["C"], TestDoor.Signer)).Code);
        Assert.Equal(HandleResponseCode.AuthenticationFailed, (await client.ResolveAsync(server.Address, name, ["B"], HandleSigner.WithSecret(TestDoor.Admin, "guess"u8.ToArray()))).Code);
    }

    [Fact]
    public async Task What_the_host_throws_comes_out_of_the_server()
    {
        await using var server = Prepared();
        server.Door.Failure = new InvalidDataException("the store is damaged");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.SendToAsync(TestServer.Message(Resolve), new IPEndPoint(IPAddress.Loopback, server.Server.Udp!.Port));
        Assert.Equal("the store is damaged", (await Assert.ThrowsAsync<InvalidDataException>(() => server.Server.Completion)).Message);
    }

    private static TestServer Prepared(HandleServerLimits? limits = null, TimeProvider? clock = null)
    {
        var server = new TestServer(limits, clock);
        server.Door.Put("88.1/x", HandleValue.OfText(1, HandleTypes.Url, "http://a/"));
        return server;
    }

    private static ChallengeAnswerRequest Proof(HandleResponse challenge) =>
        new(HandleTypes.SecretKey, TestDoor.Admin, SecretKeyProof.Create("secret"u8, challenge.Nonce.Span, challenge.Digest.Span[1..], HandleVersion.Newest));
}
