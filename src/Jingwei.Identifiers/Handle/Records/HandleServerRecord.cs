using System.Net;

namespace Jingwei.Identifiers.Handle.Records;

/// <summary>A server of a site (RFC 3651, 3.2.2).</summary>
/// <param name="ServerId">Its number in the site.</param>
/// <param name="Address">Where it is.</param>
/// <param name="PublicKey">The key that it signs answers with, as HS_PUBKEY has it; empty when it signs none.</param>
/// <param name="Interfaces">How it is spoken to.</param>
public sealed record HandleServerRecord(int ServerId, IPAddress Address, ReadOnlyMemory<byte> PublicKey, IReadOnlyList<HandleInterface> Interfaces)
{
    public bool Equals(HandleServerRecord? other) =>
        other is not null && ServerId == other.ServerId && Address.Equals(other.Address) && PublicKey.Span.SequenceEqual(other.PublicKey.Span) && Interfaces.SequenceEqual(other.Interfaces);

    public override int GetHashCode() => HashCode.Combine(ServerId, Address);
}
