using System.Buffers.Binary;
using System.Text;

namespace Jingwei.Ledger.Notes;

/// <summary>A signature line of a note.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="KeyId">The key's ID.</param>
/// <param name="Value">The bytes behind the ID: for cosignatures the time and the signature.</param>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Value)
{
    // An em dash and a space.
    private static ReadOnlySpan<byte> Dash => "— "u8;

    /// <summary>The line, with its newline.</summary>
    public override string ToString()
    {
        var bytes = new byte[KeyName.IdSize + Value.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Value.CopyTo(bytes, KeyName.IdSize);
        return $"— {Name} {Convert.ToBase64String(bytes)}\n";
    }

    /// <summary>Reads lines to the end of the text.</summary>
    /// <param name="offset">Where the lines stand in what the caller speaks of.</param>
    internal static LedgerReading<List<NoteSignature>> ReadAll(ReadOnlySpan<byte> text, int offset, NoteLimits limits)
    {
        var signatures = new List<NoteSignature>();
        var lines = new Lines(text);
        while (!lines.Rest.IsEmpty)
        {
            var at = offset + lines.Position;
            if (signatures.Count == limits.Signatures)
            {
                return new LedgerProblem(LedgerProblemCode.TooLarge, $"There are more than {limits.Signatures} signatures.", at);
            }

            if (!lines.TryNext(out var line))
            {
                return new LedgerProblem(LedgerProblemCode.Malformed, "The last signature line is not ended.", at);
            }

            if (ReadLine(line) is not { } signature)
            {
                return new LedgerProblem(LedgerProblemCode.Malformed, "A signature line is an em dash, a space, a name, a space and base64 of more than four bytes.", at);
            }

            signatures.Add(signature);
        }

        return signatures.Count > 0 ? signatures : new LedgerProblem(LedgerProblemCode.Malformed, "There is no signature line.", offset);
    }

    private static NoteSignature? ReadLine(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(Dash) || line[Dash.Length..].IndexOf((byte)' ') is var space && space < 0)
        {
            return null;
        }

        var name = Encoding.UTF8.GetString(line.Slice(Dash.Length, space));
        var bytes = Lines.Base64(line[(Dash.Length + space + 1)..]);
        return KeyName.IsValid(name) && bytes is { Length: > KeyName.IdSize }
            ? new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[KeyName.IdSize..])
            : null;
    }
}
