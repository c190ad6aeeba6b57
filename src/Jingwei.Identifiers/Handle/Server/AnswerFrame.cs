using System.Security.Cryptography;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>Writes what stands around an answer's body: envelope and header, which take their lengths from it, digest and credential.</summary>
internal readonly struct AnswerFrame
{
    private readonly HandleEnvelope asked;
    private readonly HandleHeader header;
    private readonly MessageOptions flags;

    private AnswerFrame(HandleEnvelope asked, HandleHeader header, MessageOptions flags)
    {
        this.asked = asked;
        this.header = header;
        this.flags = flags;
    }

    /// <summary>In which version the answer is: what client and server can both do.</summary>
    public static HandleVersion VersionFor(HandleEnvelope asked) => asked.Suggested.OrNewest();

    /// <summary>Leaves room for envelope and header, and writes the digest.</summary>
    /// <param name="writer">Empty.</param>
    /// <param name="asked">The envelope of the request.</param>
    /// <param name="header">The header of the request.</param>
    /// <param name="digest">The request's digest; empty for none.</param>
    public static AnswerFrame Begin(ref WireWriter writer, HandleEnvelope asked, HandleHeader header, scoped ReadOnlySpan<byte> digest)
    {
        writer.Reserve(WireLimits.Envelope + WireLimits.Header);
        writer.Write(digest);
        return new(asked, header, (header.Flags & MessageOptions.Echoed) | (digest.IsEmpty ? MessageOptions.None : MessageOptions.RequestDigest));
    }

    /// <summary>Writes the credential and the room that was left.</summary>
    /// <param name="writer">Behind the body.</param>
    /// <param name="code">How the request ended.</param>
    /// <param name="sessionId">Of the challenge, or of the request.</param>
    /// <param name="siteSerial">Of the server's site.</param>
    /// <param name="expiration">Until when the answer holds.</param>
    /// <param name="isContinued">Whether more messages follow.</param>
    /// <param name="key">Signs; null for an empty credential.</param>
    public void End(ref WireWriter writer, HandleResponseCode code, int sessionId, ushort siteSerial, uint expiration, bool isContinued, RSA? key)
    {
        if (writer.Length < WireLimits.Envelope + WireLimits.Header)
        {
            return;
        }

        var version = VersionFor(asked);
        var envelope = new HandleEnvelope { Version = version, Suggested = HandleVersion.Newest, SessionId = sessionId, RequestId = asked.RequestId };
        var answer = header with
        {
            Code = InVersion(code, version),
            Flags = flags | (isContinued ? MessageOptions.Continuous : MessageOptions.None),
            SiteSerial = siteSerial,
            Expiration = expiration,
            BodyLength = writer.Length - WireLimits.Envelope - WireLimits.Header,
        };
        answer.Write(writer.Written[WireLimits.Envelope..]);
        if (key is null)
        {
            writer.WriteInt32(0);
        }
        else
        {
            HandleCredential.Write(ref writer, envelope, writer.Written[WireLimits.Envelope..].ToArray(), key);
        }

        (envelope with { MessageLength = writer.Length - WireLimits.Envelope }).Write(writer.Written);
    }

    // As the Handle.Net library says it to those who do not know the newer codes.
    private static HandleResponseCode InVersion(HandleResponseCode code, HandleVersion version) => code switch
    {
        HandleResponseCode.ServerBackup when !version.HasPrefixReferral => HandleResponseCode.PrefixReferral,
        HandleResponseCode.InvalidValue when !version.HasPrefixReferral => HandleResponseCode.ValueAlreadyExists,
        _ => code,
    };
}
