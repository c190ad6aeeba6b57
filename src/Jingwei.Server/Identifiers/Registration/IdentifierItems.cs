using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Wire;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Identifiers.Values;

namespace Jingwei.Server.Identifiers.Registration;

/// <summary>Makes what the owner of identifiers sees.</summary>
internal sealed class IdentifierItems(NameBook names, Audiences audiences, Actors actors)
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public IdentifierItem Of(ReadOnlySpan<byte> key, in IdentifierRecord record)
    {
        var by = names.TextOf(record.Head.Author) ?? "";
        return new(
            Encoding.UTF8.GetString(key), record.Head.Version, At(record), by, actors.NameOf(by), names.TextOf(record.Head.Template),
            record.Count);
    }

    /// <param name="withSecrets">Whether secret keys are told: to who may write them.</param>
    public IdentifierDetail DetailOf(ReadOnlySpan<byte> key, string party, in IdentifierRecord record, bool withSecrets)
    {
        var values = new List<ValueItem>(record.Count);
        var walk = record.Audiences;
        for (var rest = record.Values; HandleValueWire.TryNext(ref rest, out var value);)
        {
            var audience = walk.Next();
            if (withSecrets || !SecretValues.Holds(value))
            {
                values.Add(Of(value, audience));
            }
        }

        var by = names.TextOf(record.Head.Author) ?? "";
        return new(
            Encoding.UTF8.GetString(key), party, record.Head.Version, (long)record.Head.Sequence, At(record), by, actors.NameOf(by),
            names.TextOf(record.Head.Template), record.Head.Flags.HasFlag(RecordFlags.Deleted), values,
            [.. record.Erased.Notes().Select(Of)]);
    }

    private ErasedValueItem Of(ErasureNote note)
    {
        var by = names.TextOf(note.Author) ?? "";
        return new(note.Index, DateTimeOffset.FromUnixTimeSeconds(note.At), by, actors.NameOf(by), note.Reason);
    }

    private ValueItem Of(in EncodedHandleValue value, uint audience)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            ValueJson.Write(json, value);
        }

        var isPublic = (value.Permissions & HandlePermissions.PublicRead) != 0;
        var read = isPublic ? "public"
            : audiences.Of(audience) is { IsOwnerAlone: false } named ? JsonSerializer.SerializeToNode(named, CamelCase)!
            : (JsonNode)"owner";
        return new(
            value.Index, Encoding.UTF8.GetString(value.Type), JsonElement.Parse(buffer.ToArray()).GetProperty("data"), BinaryPrimitives.ReadUInt32BigEndian(value.Bytes[9..]),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(value.Bytes[4..])), read);
    }

    private static DateTimeOffset At(in IdentifierRecord record) => DateTimeOffset.FromUnixTimeSeconds(record.Head.At);
}
