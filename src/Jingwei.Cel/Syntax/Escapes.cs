using System.Globalization;
using System.Text;

namespace Jingwei.Cel.Syntax;

/// <summary>The bodies of string and bytes literals (language definition, "String and Bytes Values").</summary>
internal static class Escapes
{
    /// <summary>The value, or where in the body and why it is not one.</summary>
    public static (CelValue Value, int At, string? Problem) Decode(string body, bool raw, bool bytes)
    {
        if (raw || !body.Contains('\\', StringComparison.Ordinal))
        {
            return (bytes ? CelValue.Of(Encoding.UTF8.GetBytes(body)) : CelValue.Of(body), 0, null);
        }

        var text = new StringBuilder(body.Length);
        var octets = new List<byte>();
        for (var i = 0; i < body.Length;)
        {
            var escaped = body[i] == '\\';
            var length = 0;
            var code = 0;
            if (escaped && !TryEscape(body.AsSpan(i), bytes, out code, out length))
            {
                return (default, i, $"'{body.AsSpan(i, Math.Min(2, body.Length - i))}' does not begin a valid escape here; for a backslash write '\\\\', or r\"...\"");
            }

            if (!escaped)
            {
                length = char.IsHighSurrogate(body[i]) && i + 1 < body.Length ? 2 : 1;
                octets.AddRange(Encoding.UTF8.GetBytes(body, i, length));
                text.Append(body, i, length);
            }
            else if (bytes)
            {
                octets.Add((byte)code);
            }
            else
            {
                text.Append(new Rune(code).ToString());
            }

            i += length;
        }

        return (bytes ? CelValue.Of([.. octets]) : CelValue.Of(text.ToString()), 0, null);
    }

    private static bool TryEscape(ReadOnlySpan<char> from, bool bytes, out int code, out int length)
    {
        code = 0;
        length = 2;
        if (from.Length < 2)
        {
            return false;
        }

        const string names = "abfnrtv\\?\"'`";
        const string values = "\a\b\f\n\r\t\v\\?\"'`";
        var simple = names.IndexOf(from[1], StringComparison.Ordinal);
        if (simple >= 0)
        {
            code = values[simple];
            return true;
        }

        switch (from[1])
        {
            case 'x' or 'X':
                length = 4;
                return Hex(from, 2, out code);
            case 'u' when !bytes:
                length = 6;
                return Hex(from, 4, out code) && Rune.IsValid(code);
            case 'U' when !bytes:
                length = 10;
                return Hex(from, 8, out code) && Rune.IsValid(code);
            case >= '0' and <= '3' when from.Length >= 4 && from[2] is >= '0' and <= '7' && from[3] is >= '0' and <= '7':
                length = 4;
                code = ((from[1] - '0') * 64) + ((from[2] - '0') * 8) + (from[3] - '0');
                return true;
            default:
                return false;
        }
    }

    private static bool Hex(ReadOnlySpan<char> from, int digits, out int code)
    {
        code = 0;
        return from.Length >= 2 + digits
            && int.TryParse(from.Slice(2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }
}
