using System.Text;

namespace Jingwei.Identifiers.Handle;

/// <summary>A value of a handle (RFC 3651, 3.1).</summary>
public sealed record HandleValue
{
    /// <summary>Which value of the handle this is; from 1.</summary>
    public required int Index { get; init; }

    /// <summary>What the data is, as `URL`; <see cref="HandleTypes"/> has those of the handle system.</summary>
    public required string Type { get; init; }

    /// <summary>As its type has it: UTF-8 text or a record.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    public HandlePermissions Permissions { get; init; } = HandlePermissions.Usual;

    public HandleTtl Ttl { get; init; } = HandleTtl.Day;

    /// <summary>When it was last changed at the primary site, in seconds since 1970-01-01T00:00:00Z; 0 for unknown.</summary>
    public uint Timestamp { get; init; }

    /// <summary>Other values that this one belongs with. Handle.Net keeps them and gives them no meaning.</summary>
    public IReadOnlyList<HandleReference> References { get; init; } = [];

    /// <summary>The data as text; bytes that are no UTF-8 become U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Data.Span);

    /// <summary>A value whose data is text.</summary>
    public static HandleValue OfText(int index, string type, string text) => new() { Index = index, Type = type, Data = Encoding.UTF8.GetBytes(text) };

    public bool Equals(HandleValue? other) =>
        other is not null
        && (Index, Type, Permissions, Ttl, Timestamp) == (other.Index, other.Type, other.Permissions, other.Ttl, other.Timestamp)
        && Data.Span.SequenceEqual(other.Data.Span)
        && References.SequenceEqual(other.References);

    public override int GetHashCode() => HashCode.Combine(Index, Type, Permissions, Ttl, Timestamp, Data.Length);
}
