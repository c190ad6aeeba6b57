using System.Security.Cryptography;
using Jingwei.Identifiers.Handle.Keys;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Client;

/// <summary>Asks one server of the Handle System. <see cref="HandleResolver"/> finds out which one.</summary>
public sealed class HandleClient
{
    private const int ExpiresAfterHours = 12;

    private readonly HandleClientOptions options;
    private readonly HandleWire wire;
    private readonly TimeProvider clock;

    public HandleClient(HandleClientOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        wire = new(options, clock);
    }

    /// <summary>Asks; answers a challenge when there is a key for it.</summary>
    /// <param name="server">Where the server is.</param>
    /// <param name="request">What is asked. A digest of it is always asked for, and compared.</param>
    /// <param name="signer">Who asks; null gives a challenge back to the caller.</param>
    /// <param name="serverKey">Of the server: the answer must be signed with it; null asks for no signature.</param>
    /// <exception cref="HandleException">Nobody answers, or something that is no answer to this.</exception>
    public async ValueTask<HandleResponse> AskAsync(HandleServerAddress server, HandleRequest request, HandleSigner? signer = null, HandlePublicKey? serverKey = null, CancellationToken cancellation = default)
    {
        request = request with { Flags = request.Flags | MessageOptions.RequestDigest | (serverKey is null ? MessageOptions.None : MessageOptions.Certify) };
        var sent = Frame(request, HandleVersion.Compatible, 0);
        var answer = await SendAsync(server, request, sent, cancellation);
        CheckDigest(answer, sent);
        CheckSignature(answer, serverKey);
        if (answer.Response.Code != HandleResponseCode.AuthenticationNeeded || signer is null)
        {
            return answer.Response;
        }

        var version = answer.Envelope.Suggested < answer.Envelope.Version ? answer.Envelope.Suggested : answer.Envelope.Version;
        var proof = signer.Prove(answer.Response.Nonce, answer.Response.Digest[1..], version);
        var proving = new ChallengeAnswerRequest(signer.AuthenticationType, signer.Key, proof) { Flags = request.Flags & ~MessageOptions.PublicOnly };
        var outcome = await SendAsync(server, proving, Frame(proving, version.OrNewest(), answer.Envelope.SessionId), cancellation);
        CheckSignature(outcome, serverKey);
        if (outcome.Response.IsSuccess)
        {
            // What was done is what was asked, not what a stranger made of it.
            CheckDigest(outcome, sent);
        }

        return outcome.Response;
    }

    /// <summary>Resolves a handle at one server.</summary>
    /// <param name="server">Where the server is.</param>
    /// <param name="handle">What.</param>
    /// <param name="types">Which types; none for all.</param>
    /// <param name="signer">Who asks for what only administrators read.</param>
    public ValueTask<HandleResponse> ResolveAsync(HandleServerAddress server, HandleName handle, IReadOnlyList<string>? types = null, HandleSigner? signer = null, CancellationToken cancellation = default) =>
        AskAsync(server, new ResolutionRequest(handle, [], types ?? []) { Flags = signer is null ? MessageOptions.PublicOnly : MessageOptions.None }, signer, null, cancellation);

    private static void CheckDigest(RawAnswer answer, byte[] sent)
    {
        var message = sent.AsSpan(WireLimits.Envelope);
        HandleHeader.TryRead(message, out var header, out _);
        var digest = answer.Response.Digest.Span;
        // Only errors may be without: a server that cannot read a request has no digest of it.
        if (digest.IsEmpty ? answer.Response.IsSuccess || answer.Response.Code == HandleResponseCode.AuthenticationNeeded : !RequestDigest.Matches(digest, message[..(WireLimits.Header + header.BodyLength)]))
        {
            throw new HandleException("The answer is to another request than the one that was sent.");
        }
    }

    private static void CheckSignature(RawAnswer answer, HandlePublicKey? serverKey)
    {
        if (serverKey is not null && !HandleCredential.Verify(answer.Envelope, answer.Message, serverKey))
        {
            throw new HandleException("The answer is not signed by the server that was asked.");
        }
    }

    private byte[] Frame(HandleRequest request, HandleVersion version, int sessionId)
    {
        var writer = new WireWriter([]);
        try
        {
            writer.Reserve(WireLimits.Envelope);
            HandleRequestWire.Write(ref writer, request, expiration: (uint)clock.GetUtcNow().AddHours(ExpiresAfterHours).ToUnixTimeSeconds());
            if (writer.IsFull)
            {
                throw new HandleException($"The request is longer than the {WireLimits.Message} bytes of a message.");
            }

            new HandleEnvelope
            {
                Version = version,
                Suggested = options.Version,
                SessionId = sessionId,
                // Not to be guessed: by UDP it is all that tells our answer from a stranger's.
                RequestId = RandomNumberGenerator.GetInt32(1, int.MaxValue),
                MessageLength = writer.Length - WireLimits.Envelope,
            }.Write(writer.Written);
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private async ValueTask<RawAnswer> SendAsync(HandleServerAddress server, HandleRequest request, byte[] message, CancellationToken cancellation)
    {
        if (!options.MayAsk(server.Address))
        {
            throw new HandleException($"{server.Address} may not be asked.");
        }

        // What changes something goes by TCP: a datagram that was lost on its way back must not be done twice.
        var byUdp = server.Udp is not null && (request is ResolutionRequest or PlainRequest { Operation: HandleOperation.GetSiteInfo } || server.Tcp is null);
        if (byUdp && await wire.AskUdpAsync(new(server.Address, server.Udp!.Value), message, cancellation) is { } answer)
        {
            return answer;
        }

        return server.Tcp is { } port ? await wire.AskTcpAsync(new(server.Address, port), message, cancellation) : throw new HandleException($"{server.Address} does not answer.");
    }
}
