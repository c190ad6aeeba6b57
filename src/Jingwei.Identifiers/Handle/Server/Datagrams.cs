using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>
/// Cuts a message into datagrams: each but the last carries <see cref="WireLimits.DatagramPart"/> bytes behind the message's envelope
/// with its own number (RFC 3652, 2.3). RFC 3652 wants the TC bit in each; Handle.Net sets it in requests and does not look at it in answers.
/// </summary>
internal static class Datagrams
{
    public static int Count(int messageLength) => Math.Max(1, (messageLength + WireLimits.DatagramPart - 1) / WireLimits.DatagramPart);

    /// <param name="message">Envelope and message.</param>
    /// <param name="part">From 0.</param>
    /// <param name="datagram"><see cref="WireLimits.Datagram"/> bytes.</param>
    /// <returns>How many of them are the datagram.</returns>
    public static int Write(ReadOnlySpan<byte> message, int part, Span<byte> datagram)
    {
        HandleEnvelope.TryRead(message, out var envelope, out _);
        var start = WireLimits.Envelope + (part * WireLimits.DatagramPart);
        var bytes = message.Slice(start, Math.Min(WireLimits.DatagramPart, message.Length - start));
        (envelope with { Sequence = part, IsTruncated = true }).Write(datagram);
        bytes.CopyTo(datagram[WireLimits.Envelope..]);
        return WireLimits.Envelope + bytes.Length;
    }
}
