using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Records;

/// <summary>The data of HS_VLIST: a list of values, as a group of administrators (RFC 3651, 3.2.8).</summary>
public sealed record HandleValueList(IReadOnlyList<HandleReference> References)
{
    public static bool TryRead(ReadOnlySpan<byte> data, out HandleValueList? list, out WireFault fault)
    {
        var reader = new WireReader(data);
        var references = new HandleReference[reader.ReadCount(WireLimits.Elements, 8)];
        for (var at = 0; at < references.Length && reader.IsSound; at++)
        {
            references[at] = reader.ReadReference();
        }

        reader.ReadEnd();
        fault = reader.Fault;
        list = fault.IsNone ? new(references) : null;
        return fault.IsNone;
    }

    public byte[] ToBytes()
    {
        var writer = new WireWriter(stackalloc byte[512]);
        writer.WriteInt32(References.Count);
        foreach (var reference in References)
        {
            writer.WriteReference(reference);
        }

        var bytes = writer.ToArray();
        writer.Dispose();
        return bytes;
    }

    public bool Equals(HandleValueList? other) => other is not null && References.SequenceEqual(other.References);

    public override int GetHashCode() => References.Count;
}
