using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Server.Identifiers.Registry;

/// <summary>An identifier as objects, for what is changed or put together; what is answered by the million stays bytes.</summary>
/// <param name="Audiences">For each value.</param>
internal sealed record StoredIdentifier(uint Version, uint Template, IReadOnlyList<HandleValue> Values, IReadOnlyList<uint> Audiences)
{
    /// <summary>Finds one; null where there is none, or it was deleted.</summary>
    public static StoredIdentifier? Find(IdentifierStore store, ReadOnlySpan<byte> key)
    {
        Span<byte> scratch = stackalloc byte[HotRecords.RecordBytes];
        using var found = store.Find(key, scratch);
        if (!found.Exists)
        {
            return null;
        }

        var record = IdentifierRecord.Read(found.Bytes);
        if ((record.Head.Flags & RecordFlags.Deleted) != 0 || !HandleValueWire.TryDecode(record.Values, out var values, out _))
        {
            return null;
        }

        var walk = record.Audiences;
        var audiences = new uint[values.Count];
        for (var at = 0; at < audiences.Length; at++)
        {
            audiences[at] = walk.Next();
        }

        return new(record.Head.Version, record.Head.Template, values, audiences);
    }

    /// <summary>Who may read the value of an index; nobody but the owner where there is none.</summary>
    public uint AudienceOf(int index)
    {
        for (var at = 0; at < Values.Count; at++)
        {
            if (Values[at].Index == index)
            {
                return Audiences[at];
            }
        }

        return 0;
    }
}
