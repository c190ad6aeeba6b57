using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Client;

/// <summary>A message that came back.</summary>
/// <param name="Envelope">As it came.</param>
/// <param name="Message">Header, body and credential.</param>
/// <param name="Response">What it says.</param>
internal sealed record RawAnswer(HandleEnvelope Envelope, byte[] Message, HandleResponse Response)
{
    /// <exception cref="HandleException">It says nothing that can be read.</exception>
    public static RawAnswer Read(HandleEnvelope envelope, byte[] message) =>
        HandleResponseWire.TryRead(message, envelope.Version, out var response, out var fault)
            ? new(envelope, message, response!)
            : throw new HandleException($"The server's answer cannot be read: {fault}.");
}
