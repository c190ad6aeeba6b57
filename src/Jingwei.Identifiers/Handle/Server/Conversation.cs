using Jingwei.Identifiers.Handle.Keys;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>The long way: what waits for the host, for a proof, or takes several messages.</summary>
internal sealed class Conversation(HandleDoor door, HandleServerOptions options, Responder responder, TimeProvider clock)
{
    private readonly ChallengeBook challenges = new(options.Limits, clock);

    /// <summary>Answers a request whose header is known to be sound.</summary>
    public async ValueTask AnswerAsync(HandleEnvelope envelope, byte[] message, AnswerSink sink, CancellationToken cancellation)
    {
        HandleHeader.TryRead(message, out var header, out _);
        if (!HandleRequestWire.TryRead(message, out var request, out var fault))
        {
            await sink.SendAsync(responder.Frame(envelope, header, HeaderAndBody(header, message), Unreadable(header, fault)), cancellation);
            return;
        }

        var exchange = new Exchange(envelope, header, message, request!);
        if (request is ChallengeAnswerRequest answer)
        {
            await AnswerChallengedAsync(exchange, answer, sink, cancellation);
            return;
        }

        if (header.Operation == HandleOperation.Resolution && envelope.SessionId == 0 && ResolveNow(exchange) is { } resolved)
        {
            await sink.SendAsync(resolved, cancellation);
            return;
        }

        var response = envelope.SessionId != 0
            ? HandleResponse.Failed(HandleResponseCode.SessionTimeout, "There are no sessions here.")
            : await ExecuteAsync(exchange, identity: null, cancellation);
        await SendAsync(exchange, envelope, response, sink, cancellation);
    }

    private static ReadOnlySpan<byte> HeaderAndBody(HandleHeader header, byte[] message) => message.AsSpan(0, WireLimits.Header + header.BodyLength);

    private static HandleResponse Unreadable(HandleHeader header, WireFault fault) => header.Operation switch
    {
        HandleOperation.SessionSetup or HandleOperation.SessionExchangeKey => HandleResponse.Failed(HandleResponseCode.SessionNotSupported, "There are no sessions here."),
        _ when fault.Code == WireFaultCode.Unknown => HandleResponse.Failed(HandleResponseCode.OperationDenied, $"Operation {(int)header.Operation} is not supported."),
        _ => HandleResponse.Failed(HandleResponseCode.ProtocolError, fault.ToString()),
    };

    private byte[]? ResolveNow(Exchange exchange)
    {
        var writer = new WireWriter([]);
        try
        {
            return responder.Resolve(ref writer, exchange.Envelope, exchange.Header, exchange.Message) == Reply.Written ? writer.ToArray() : null;
        }
        finally
        {
            writer.Dispose();
        }
    }

    private async ValueTask<HandleResponse> ExecuteAsync(Exchange exchange, HandleIdentity? identity, CancellationToken cancellation)
    {
        var request = exchange.Request;
        if (request.RecursionCount > options.Limits.Recursion)
        {
            return HandleResponse.Failed(HandleResponseCode.RecursionLimitExceeded);
        }

        switch (request)
        {
            case ResolutionRequest resolution:
                return Readable(exchange, await door.ResolveAsync(resolution, identity, cancellation), identity);
            case VerifyRequest verify:
                return HandleResponse.Done with { IsVerified = await door.VerifySecretAsync(verify, cancellation) };
            case { Operation: HandleOperation.GetSiteInfo }:
                return door.Site is { } site ? HandleResponse.Done with { Site = site } : HandleResponse.Failed(HandleResponseCode.OperationDenied, "This server has no site information.");
            case { IsAdministrative: true }:
                return identity is null ? HandleResponse.Failed(HandleResponseCode.AuthenticationNeeded) : await door.AdministerAsync(request, identity, cancellation);
            default:
                return HandleResponse.Failed(HandleResponseCode.SessionNotSupported, "There are no sessions here.");
        }
    }

    // What the host found, less what was not asked for or may not be read.
    private static HandleResponse Readable(Exchange exchange, HandleResponse response, HandleIdentity? identity)
    {
        if (!response.IsSuccess || !ResolutionQuery.TryRead(exchange.Body, exchange.Header.Flags, 0, out var query, out _))
        {
            return response;
        }

        var readable = new List<HandleValue>();
        foreach (var value in response.Values)
        {
            if (!query.AsksFor(value.Index, System.Text.Encoding.UTF8.GetBytes(value.Type)))
            {
                continue;
            }

            switch (ReadRights.Of(value.Permissions, (query.Flags & MessageOptions.PublicOnly) != 0, identity is not null))
            {
                case ReadRight.Readable:
                    readable.Add(value);
                    break;
                case ReadRight.Unreadable:
                    return HandleResponse.Failed(HandleResponseCode.InsufficientPermissions);
                case ReadRight.NeedsAdministrator:
                    return HandleResponse.Failed(HandleResponseCode.AuthenticationNeeded);
            }
        }

        // The handle as the client wrote it: clients compare it with what they asked.
        return readable.Count == 0 ? HandleResponse.Failed(HandleResponseCode.ValuesNotFound) : response with { Handle = exchange.Request.Handle, Values = readable };
    }

    private async ValueTask SendAsync(Exchange asked, HandleEnvelope envelope, HandleResponse response, AnswerSink sink, CancellationToken cancellation)
    {
        if (response.Code == HandleResponseCode.AuthenticationNeeded)
        {
            var challenge = challenges.Open(asked);
            response = challenge is null ? HandleResponse.Failed(HandleResponseCode.ServerBusy, "Too many challenges are open.") : response with { Nonce = challenge.Nonce };
            await sink.SendAsync(responder.Frame(envelope, asked.Header, asked.HeaderAndBody, response, challenge?.SessionId ?? 0), cancellation);
            return;
        }

        var size = options.Limits.HandlesPerMessage;
        if (response.Handles.Count > size && !sink.TakesSeveral)
        {
            response = HandleResponse.Failed(HandleResponseCode.OperationDenied, "The list takes several messages: ask by TCP.");
        }

        var sent = 0;
        do
        {
            var part = response with { Handles = [.. response.Handles.Skip(sent).Take(size)] };
            sent += part.Handles.Count;
            await sink.SendAsync(responder.Frame(envelope, asked.Header, asked.HeaderAndBody, part, isContinued: sent < response.Handles.Count), cancellation);
        }
        while (sent < response.Handles.Count);
    }

    private async ValueTask AnswerChallengedAsync(Exchange answering, ChallengeAnswerRequest answer, AnswerSink sink, CancellationToken cancellation)
    {
        var challenge = challenges.Find(answering.Envelope.SessionId);
        if (challenge is null || !(challenge.TryClaim(answering.Envelope.RequestId) || challenge.IsClaimedBy(answering.Envelope.RequestId)))
        {
            await SendAsync(answering, answering.Envelope, HandleResponse.Failed(HandleResponseCode.AuthenticationTimeout), sink, cancellation);
            return;
        }

        if (challenge.TryStart())
        {
            var (identity, refusal) = await IdentifyAsync(challenge, answer, cancellation);
            challenge.End(identity is null ? HandleResponse.Failed(refusal) : await ExecuteAsync(challenge.Exchange, identity, cancellation));
        }

        await SendAsync(challenge.Exchange, answering.Envelope, await challenge.Outcome, sink, cancellation);
    }

    private async ValueTask<(HandleIdentity? Identity, HandleResponseCode Refusal)> IdentifyAsync(Challenge challenge, ChallengeAnswerRequest answer, CancellationToken cancellation)
    {
        var digest = challenge.Digest.AsMemory(1);
        switch (answer.AuthenticationType)
        {
            case HandleTypes.PublicKey:
                foreach (var value in await door.FindKeysAsync(answer.Key, HandleTypes.PublicKey, cancellation))
                {
                    if (HandleTypes.IsOrBelow(value.Type, HandleTypes.PublicKey)
                        && (answer.Key.Index == 0 || answer.Key.Index == value.Index)
                        && HandlePublicKey.TryRead(value.Data.Span, out var key, out _)
                        && PublicKeyProof.Verify(key!, challenge.Nonce, digest.Span, answer.Proof.Span))
                    {
                        return (new(answer.Key with { Index = value.Index }, HandleTypes.PublicKey), HandleResponseCode.Success);
                    }
                }

                return (null, HandleResponseCode.AuthenticationFailed);
            case HandleTypes.SecretKey:
                var isVerified = await door.VerifySecretAsync(new(answer.Key, challenge.Nonce, digest, answer.Proof), cancellation);
                return isVerified ? (new(answer.Key, HandleTypes.SecretKey), HandleResponseCode.Success) : (null, HandleResponseCode.AuthenticationFailed);
            default:
                return (null, HandleResponseCode.InvalidCredential);
        }
    }
}
