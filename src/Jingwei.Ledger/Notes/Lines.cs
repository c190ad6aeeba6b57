using System.Buffers.Text;

namespace Jingwei.Ledger.Notes;

/// <summary>Walks text whose every line ends in a newline.</summary>
internal ref struct Lines(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;

    /// <summary>Where the next line begins.</summary>
    public int Position { get; private set; }

    public readonly ReadOnlySpan<byte> Rest => text[Position..];

    /// <summary>Gives the next line without its newline; false at the end, and for a last line that is not ended.</summary>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        var length = Rest.IndexOf((byte)'\n');
        line = length < 0 ? default : Rest[..length];
        Position += length + 1;
        return length >= 0;
    }

    /// <summary>Reads a decimal number in ASCII without leading zeroes, up to 2^63 - 1.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        return digits.Length > 0 && (digits[0] != '0' || digits.Length == 1) && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            && Utf8Parser.TryParse(digits, out number, out _);
    }

    /// <summary>Reads base64 (RFC 4648, 4) in its one canonical form; null for anything else.</summary>
    public static byte[]? Base64(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (text.Length % 4 != 0 || System.Buffers.Text.Base64.DecodeFromUtf8(text, bytes, out _, out var length) != System.Buffers.OperationStatus.Done)
        {
            return null;
        }

        // Spaces, and bits behind the last byte, do not come back.
        var again = new byte[text.Length];
        System.Buffers.Text.Base64.EncodeToUtf8(bytes.AsSpan(0, length), again, out _, out var written);
        return written == text.Length && again.AsSpan().SequenceEqual(text) ? bytes[..length] : null;
    }
}
