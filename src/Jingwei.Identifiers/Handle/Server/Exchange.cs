using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>A request as it came.</summary>
/// <param name="Envelope">Of the whole message.</param>
/// <param name="Header">Of the message.</param>
/// <param name="Message">Header, body and credential.</param>
/// <param name="Request">What it says.</param>
internal sealed record Exchange(HandleEnvelope Envelope, HandleHeader Header, byte[] Message, HandleRequest Request)
{
    public ReadOnlySpan<byte> HeaderAndBody => Message.AsSpan(0, WireLimits.Header + Header.BodyLength);

    public ReadOnlySpan<byte> Body => Message.AsSpan(WireLimits.Header, Header.BodyLength);
}
