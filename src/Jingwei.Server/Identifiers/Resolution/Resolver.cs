using System.Text.Json;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Wire;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Blocking;
using Jingwei.Server.Identifiers.Prefixes;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Identifiers.Statistics;
using Jingwei.Server.Identifiers.Values;

namespace Jingwei.Server.Identifiers.Resolution;

/// <summary>Answers what an identifier means to whoever asks.</summary>
internal sealed class Resolver(IdentifierStore store, ResolvedPrefixes prefixes, Audiences audiences, PrefixRights rights, SharedValues shared, Blocks blocks)
{
    private static readonly JsonEncodedText ResponseCode = JsonEncodedText.Encode("responseCode");
    private static readonly JsonEncodedText Handle = JsonEncodedText.Encode("handle");
    private static readonly JsonEncodedText Values = JsonEncodedText.Encode("values");

    /// <summary>
    /// Writes the answer in the Handle proxy's form. What the asker may not see is left out; where nothing is left the identifier does not exist for him.
    /// Writes nothing where others are to be asked: it is not responsible, or refers to the node of the prefix.
    /// </summary>
    /// <param name="name">As he wrote it, in UTF-8.</param>
    public HandleResponseCode Resolve(ReadOnlySpan<byte> name, ResolutionFilter filter, Asker asker, Utf8JsonWriter json)
    {
        Span<byte> key = stackalloc byte[IdentifierLimits.NameBytes];
        if (!IdentifierName.TryKey(name, key, out var prefixLength))
        {
            return Refuse(HandleResponseCode.InvalidHandle, name, json);
        }

        key = key[..name.Length];
        if (prefixes.Find(IdentifierName.OwningPrefix(key, prefixLength)) is not { } prefix)
        {
            return HandleResponseCode.ServerNotResponsible;
        }

        if (prefix.Delegation is not null)
        {
            return HandleResponseCode.ServiceReferral;
        }

        Span<byte> scratch = stackalloc byte[HotRecords.RecordBytes];
        using var found = prefix.Resolves ? store.Find(key, scratch) : default;
        var code = found.Exists ? Write(IdentifierRecord.Read(found.Bytes), key, prefix, name, filter, asker, json) : HandleResponseCode.HandleNotFound;
        ResolutionCounts.Count(prefix.Tally, asker, code);
        return code is HandleResponseCode.Success ? code : Refuse(code, name, json);
    }

    /// <summary>The values of an identifier that the asker may see; none where there is no such identifier. Counts nothing.</summary>
    public IReadOnlyList<HandleValue> ValuesOf(string name, ResolvedPrefix prefix, Asker asker)
    {
        if (!prefix.Resolves || IdentifierName.KeyOf(name) is not { } key)
        {
            return [];
        }

        Span<byte> scratch = stackalloc byte[HotRecords.RecordBytes];
        using var found = store.Find(key, scratch);
        return found.Exists ? ValuesOf(IdentifierRecord.Read(found.Bytes), key, prefix, asker) : [];
    }

    private List<HandleValue> ValuesOf(in IdentifierRecord record, ReadOnlySpan<byte> key, ResolvedPrefix prefix, Asker asker)
    {
        var values = new List<HandleValue>(record.Count);
        var owns = Owns(prefix, asker);
        if (!owns && IsBlocked(key, asker))
        {
            return [];
        }

        var showing = owns ? null : shared.Of(prefix.Party, key, asker);
        var audience = record.Audiences;
        for (var rest = record.Values; HandleValueWire.TryNext(ref rest, out var value);)
        {
            var isReadable = IsReadable(value, audience.Next(), owns, asker);
            if (isReadable || IsShown(value, showing))
            {
                values.Add(ValueJson.Decode(value));
                Note(isReadable ? null : showing, value);
            }
        }

        showing?.NoteUses();
        return values;
    }

    // Writes nothing unless it is a success.
    private HandleResponseCode Write(
        in IdentifierRecord record, ReadOnlySpan<byte> key, ResolvedPrefix prefix, ReadOnlySpan<byte> name, ResolutionFilter filter, Asker asker, Utf8JsonWriter json)
    {
        if ((record.Head.Flags & RecordFlags.Deleted) != 0)
        {
            return HandleResponseCode.HandleNotFound;
        }

        var owns = Owns(prefix, asker);
        if (!owns && IsBlocked(key, asker))
        {
            return HandleResponseCode.HandleNotFound;
        }

        var showing = owns ? null : shared.Of(prefix.Party, key, asker);
        var (seen, written) = (0, 0);
        var audience = record.Audiences;
        for (var rest = record.Values; HandleValueWire.TryNext(ref rest, out var value);)
        {
            var isReadable = IsReadable(value, audience.Next(), owns, asker);
            if (!isReadable && !IsShown(value, showing))
            {
                continue;
            }

            seen++;
            if (!filter.Wants(value))
            {
                continue;
            }

            if (written++ == 0)
            {
                Begin(HandleResponseCode.Success, name, json);
                json.WriteStartArray(Values);
            }

            ValueJson.Write(json, value);
            Note(isReadable ? null : showing, value);
        }

        showing?.NoteUses();
        if (written > 0)
        {
            json.WriteEndArray();
            json.WriteEndObject();
            return HandleResponseCode.Success;
        }

        return seen > 0 ? HandleResponseCode.ValuesNotFound : HandleResponseCode.HandleNotFound;
    }

    // Blocked is as if it were not there: whoever is blocked has nothing to learn.
    private bool IsBlocked(ReadOnlySpan<byte> key, Asker asker) => blocks.Holds(key) || blocks.Holds(asker);

    private bool Owns(ResolvedPrefix prefix, Asker asker) => asker.Caller is { } caller && caller.May(Right.View, rights.ScopeOf(prefix.Party));

    private bool IsReadable(in EncodedHandleValue value, uint audience, bool owns, Asker asker)
    {
        if (SecretValues.Holds(value))
        {
            return false;
        }

        return (value.Permissions & HandlePermissions.PublicRead) != 0 || owns || (asker.Caller is not null && audiences.Of(audience).Admits(asker));
    }

    private static bool IsShown(in EncodedHandleValue value, SharedIdentifier? showing) => showing?.Shows(value.Type) == true && !SecretValues.Holds(value);

    private static void Note(SharedIdentifier? showing, in EncodedHandleValue value) => showing?.Used(value.Type);

    /// <summary>Writes an answer that has no values.</summary>
    public static HandleResponseCode Refuse(HandleResponseCode code, ReadOnlySpan<byte> name, Utf8JsonWriter json)
    {
        Begin(code, name, json);
        json.WriteEndObject();
        return code;
    }

    private static void Begin(HandleResponseCode code, ReadOnlySpan<byte> name, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber(ResponseCode, (int)code);
        json.WriteString(Handle, System.Text.Unicode.Utf8.IsValid(name) ? name : []);
    }
}
