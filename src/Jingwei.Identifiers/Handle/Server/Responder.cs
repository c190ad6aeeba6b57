using System.Security.Cryptography;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>What became of a request on the short way.</summary>
internal enum Reply
{
    /// <summary>The answer is written.</summary>
    Written,

    /// <summary>It takes the long way.</summary>
    Later,

    /// <summary>It is no request: nothing is sent, so that two servers never answer each other's answers.</summary>
    None,
}

/// <summary>The short way: a resolution that is answered where it was received, without waiting and without allocating.</summary>
internal sealed class Responder(HandleDoor door, HandleServerOptions options, TimeProvider clock)
{
    private uint Expiration => (uint)(clock.GetUtcNow() + options.AnswerLifetime).ToUnixTimeSeconds();

    /// <summary>Answers a whole message.</summary>
    /// <param name="envelope">As it came.</param>
    /// <param name="fault">What was wrong with it.</param>
    /// <param name="message">Header, body and credential.</param>
    /// <param name="writer">Empty; envelope and message afterwards.</param>
    public Reply TryAnswer(HandleEnvelope envelope, WireFault fault, ReadOnlySpan<byte> message, scoped ref WireWriter writer)
    {
        if (!HandleHeader.TryRead(message, out var header, out var wrong))
        {
            return message.Length < WireLimits.Header ? Reply.None : Refuse(ref writer, envelope, header, HandleResponseCode.ProtocolError, wrong.ToString());
        }

        if (header.Code != HandleResponseCode.Request)
        {
            return Reply.None;
        }

        if (!fault.IsNone)
        {
            return Refuse(ref writer, envelope with { Suggested = HandleVersion.Newest }, header, HandleResponseCode.ProtocolError, fault.ToString());
        }

        if (envelope.IsEncrypted || envelope.IsCompressed)
        {
            return envelope.IsEncrypted
                ? Refuse(ref writer, envelope, header, HandleResponseCode.SessionFailed, "There are no sessions here.")
                : Refuse(ref writer, envelope, header, HandleResponseCode.ProtocolError, "Compression is not supported.");
        }

        var isShort = header.Operation == HandleOperation.Resolution && envelope.SessionId == 0 && (options.SigningKey is null || (header.Flags & MessageOptions.Certify) == 0);
        return isShort ? Resolve(ref writer, envelope, header, message) : Reply.Later;
    }

    /// <summary>Resolves without waiting, and signs what is to be signed.</summary>
    public Reply Resolve(scoped ref WireWriter writer, HandleEnvelope envelope, HandleHeader header, ReadOnlySpan<byte> message)
    {
        var body = message.Slice(WireLimits.Header, header.BodyLength);
        if (!ResolutionQuery.TryRead(body, header.Flags, header.RecursionCount, out var query, out var fault))
        {
            return Refuse(ref writer, envelope, header, HandleResponseCode.ProtocolError, fault.ToString());
        }

        if (header.RecursionCount > options.Limits.Recursion)
        {
            return Refuse(ref writer, envelope, header, HandleResponseCode.RecursionLimitExceeded, "");
        }

        Span<byte> digest = stackalloc byte[RequestDigest.MaxBytes];
        var frame = AnswerFrame.Begin(ref writer, envelope, header, digest[..DigestOf(envelope, header, message, digest)]);
        var start = writer.Length;
        writer.WriteBytes(query.Handle);
        var count = writer.Length;
        writer.WriteInt32(0);

        var answer = new ResolutionAnswer(writer, query);
        var known = door.Resolve(in query, ref answer);
        writer = answer.Writer;
        if (!known || answer.Code == HandleResponseCode.AuthenticationNeeded)
        {
            writer.TruncateTo(0);
            return Reply.Later;
        }

        var code = writer.IsFull ? HandleResponseCode.Error : answer.Code;
        if (code == HandleResponseCode.Success)
        {
            writer.WriteInt32At(count, answer.Count);
        }
        else
        {
            writer.TruncateTo(start);
            writer.WriteInt32(0);
        }

        frame.End(ref writer, code, envelope.SessionId, options.SiteSerial, Expiration, isContinued: false, KeyFor(header));
        return Reply.Written;
    }

    /// <summary>Writes an answer that is known.</summary>
    /// <param name="envelope">Of the request that is answered.</param>
    /// <param name="header">Of the request that was asked: not that of the answer to a challenge.</param>
    /// <param name="headerAndBody">Of the same.</param>
    /// <param name="sessionId">Of a challenge.</param>
    /// <returns>Envelope and message.</returns>
    public byte[] Frame(HandleEnvelope envelope, HandleHeader header, ReadOnlySpan<byte> headerAndBody, HandleResponse response, int sessionId = 0, bool isContinued = false)
    {
        var writer = new WireWriter([]);
        try
        {
            var isChallenge = response.Code == HandleResponseCode.AuthenticationNeeded;
            Span<byte> digest = stackalloc byte[RequestDigest.MaxBytes];
            digest = digest[..DigestOf(envelope, isChallenge ? header with { Flags = header.Flags | MessageOptions.RequestDigest } : header, headerAndBody, digest)];
            var frame = AnswerFrame.Begin(ref writer, envelope, header, digest);
            var start = writer.Length;
            HandleResponseWire.WriteBody(ref writer, header.Operation, response);
            var code = response.Code;
            if (writer.IsFull)
            {
                writer.TruncateTo(start);
                writer.WriteText("The answer is longer than a message.");
                code = HandleResponseCode.Error;
            }

            frame.End(ref writer, code, sessionId, options.SiteSerial, Expiration, isContinued, KeyFor(header));
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Writes that a request is refused.</summary>
    public Reply Refuse(scoped ref WireWriter writer, HandleEnvelope envelope, HandleHeader header, HandleResponseCode code, string message)
    {
        var frame = AnswerFrame.Begin(ref writer, envelope, header, []);
        writer.WriteText(message);
        frame.End(ref writer, code, 0, options.SiteSerial, Expiration, isContinued: false, key: null);
        return Reply.Written;
    }

    private static int DigestOf(HandleEnvelope envelope, HandleHeader header, ReadOnlySpan<byte> message, Span<byte> digest) =>
        (header.Flags & MessageOptions.RequestDigest) == 0 ? 0 : RequestDigest.Write(message[..(WireLimits.Header + header.BodyLength)], AnswerFrame.VersionFor(envelope), digest);

    private RSA? KeyFor(HandleHeader header) => (header.Flags & MessageOptions.Certify) != 0 ? options.SigningKey : null;
}
