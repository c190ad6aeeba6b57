using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Records;

/// <summary>The data of HS_ADMIN: who administers, and what he may (RFC 3651, 3.2.1).</summary>
/// <param name="Admin">Where the administrator's key is, or a list of administrators (HS_VLIST).</param>
/// <param name="Permissions">What he may do.</param>
public sealed record HandleAdmin(HandleReference Admin, AdminPermissions Permissions)
{
    /// <summary>Whether the data was two bytes longer than it should be, as old libraries wrote it; said so that a copy is byte for byte the same.</summary>
    public bool IsLegacyLength { get; init; }

    public static bool TryRead(ReadOnlySpan<byte> data, out HandleAdmin? admin, out WireFault fault)
    {
        var reader = new WireReader(data);
        var permissions = (AdminPermissions)(reader.ReadUInt16() & (int)AdminPermissions.All);
        var reference = reader.ReadReference();
        var legacy = reader.IsSound && reader.Left == 2;
        if (legacy)
        {
            reader.Take(2);
        }

        reader.ReadEnd();
        fault = reader.Fault;
        admin = fault.IsNone ? new(reference, permissions) { IsLegacyLength = legacy } : null;
        return fault.IsNone;
    }

    public byte[] ToBytes()
    {
        var writer = new WireWriter(stackalloc byte[HandleName.MaxBytes + 12]);
        writer.WriteUInt16((int)Permissions);
        writer.WriteReference(Admin);
        if (IsLegacyLength)
        {
            writer.WriteUInt16(0);
        }

        return writer.ToArray();
    }
}
