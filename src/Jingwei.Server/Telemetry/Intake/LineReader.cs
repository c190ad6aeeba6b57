using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Between two lines.</summary>
/// <param name="At">Bytes before.</param>
/// <param name="Lines">Lines before.</param>
public readonly record struct LinePlace(int At, int Lines);

/// <summary>
/// Reads InfluxDB line protocol (docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol; vectors of influxdata/line-protocol):
/// a broken line is told with its fault, and reading goes on behind the next newline.
/// </summary>
public ref struct LineReader(ReadOnlySpan<byte> bytes, LinePlace place = default)
{
    private const string Controls =
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000A\u000B\u000C\u000D\u000E\u000F"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\u007F";

    // Where a name ends; a backslash is looked at on its own, because it may be an escape.
    private static readonly SearchValues<byte> MeasurementEnd = Bytes(", \\" + Controls);
    private static readonly SearchValues<byte> KeyEnd = Bytes(",= \\" + Controls);
    private static readonly SearchValues<byte> TextEnd = Bytes("\"\\");
    private static readonly SearchValues<byte> ValueEnd = Bytes(", \r\n");
    private static readonly SearchValues<byte> CommentEnd = Bytes(Controls);

    private readonly ReadOnlySpan<byte> all = bytes;
    private int at = place.At;
    private int counted = place.At;

    /// <summary>Number of the line that was read last, from 1.</summary>
    public int Line { get; private set; } = place.Lines + 1;

    /// <summary>The bytes of the line that was read last.</summary>
    public ReadOnlySpan<byte> LineBytes { readonly get; private set; }

    /// <summary>What is not read yet; begins with a line.</summary>
    public readonly ReadOnlySpan<byte> Rest => all[at..];

    /// <summary>Where the next line begins.</summary>
    public readonly LinePlace Place => new(at, Line - 1 + all[counted..at].Count((byte)'\n'));

    /// <summary>Goes on behind a whole line that somebody else read.</summary>
    public void Skip(int bytes) => at += bytes;

    /// <summary>Reads the next line that is neither empty nor a comment; false at the end.</summary>
    /// <param name="fault">What is wrong with the line; null when <paramref name="point"/> holds it.</param>
    public bool Next(LinePoint point, out string? fault)
    {
        point.Clear();
        fault = SkipToLine();
        if (at >= all.Length && fault is null)
        {
            return false;
        }

        var start = at;
        Line += all[counted..start].Count((byte)'\n');
        counted = start;
        fault ??= ReadPoint(point);
        if (fault is not null)
        {
            SkipLine();
        }

        LineBytes = all[start..at].TrimEnd("\r\n"u8);
        return true;
    }

    private string? ReadPoint(LinePoint point)
    {
        if (ReadMeasurement(point) is { } fault)
        {
            return fault;
        }

        return ReadTags(point) ?? ReadFields(point) ?? ReadTime(point);
    }

    private string? ReadMeasurement(LinePoint point)
    {
        var fault = TakeName(MeasurementEnd, " ,", out var name);
        point.Measurement = name;
        return fault ?? (name.Length == 0 ? $"invalid character {Here()} at start of measurement name" : TakeTagComma());
    }

    private string? ReadTags(LinePoint point)
    {
        while (at < all.Length && all[at] != (byte)' ')
        {
            if (TakeName(KeyEnd, ",= ", out var key) is { } fault)
            {
                return fault;
            }

            if (key.Length == 0 || Peek != '=')
            {
                return key.Length == 0 ? $"expected tag key or field but found {Here()}" : $"expected '=' after tag key '{key}'";
            }

            at++;
            if (TakeName(KeyEnd, ",= ", out var value) is { } broken)
            {
                return broken;
            }

            if (value.Length == 0)
            {
                return $"expected tag value after tag key '{key}'";
            }

            if (point.Tag(key) is not null)
            {
                return $"duplicate tag key '{key}'";
            }

            point.Tags.Add(new(key, value));
            if (TakeTagComma() is { } comma)
            {
                return comma;
            }
        }

        SkipSpaces();
        return null;
    }

    // A comma behind a measurement or tag value must be followed by a tag.
    private string? TakeTagComma()
    {
        if (Peek != ',')
        {
            return null;
        }

        at++;
        return Peek is -1 or ' ' or '\r' or '\n' ? $"expected tag key after comma but found {Here()}" : null;
    }

    private string? ReadFields(LinePoint point)
    {
        while (true)
        {
            if (TakeName(KeyEnd, ",= ", out var key) is { } fault)
            {
                return fault;
            }

            if (key.Length == 0 || Peek != '=')
            {
                return key.Length == 0 ? $"expected field key but found {Here()}" : $"expected '=' after field key '{key}'";
            }

            at++;
            if (TakeValue(out var value) is { } broken)
            {
                return $"cannot parse value of field '{key}': {broken}";
            }

            point.Fields.Add(new(key, value));
            if (Peek != ',')
            {
                return Peek is -1 or ' ' or '\r' or '\n' ? null : $"unexpected character {Here()} after field '{key}'";
            }

            at++;
        }
    }

    private string? ReadTime(LinePoint point)
    {
        SkipSpaces();
        if (TakeEndOfLine())
        {
            return null;
        }

        var length = 0;
        while (at + length < all.Length && all[at + length] is (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
        {
            length++;
        }

        var digits = all.Slice(at, length);
        at += length;
        if (length > 0)
        {
            if (!long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time))
            {
                return "invalid timestamp";
            }

            point.Time = time;
        }

        if (Peek is not (-1 or ' ' or '\r' or '\n'))
        {
            return "invalid timestamp";
        }

        SkipSpaces();
        return TakeEndOfLine() ? null : "unexpected text after timestamp";
    }

    private string? TakeValue(out LineValue value)
    {
        value = default;
        switch (Peek)
        {
            case '"':
                return TakeText(out value);
            case 't' or 'T' or 'f' or 'F':
                return Boolean(TakeUntil(ValueEnd), out value);
            case '-' or '.' or (>= '0' and <= '9'):
                return Number(TakeUntil(ValueEnd), out value);
            default:
                return "value has unrecognized type";
        }
    }

    private string? TakeText(out LineValue value)
    {
        at++;
        var fault = TakeName(TextEnd, "\\\"nrt", out var text);
        value = new LineValue(LineValueKind.Text, Text: text);
        if (fault is null && Peek != '"')
        {
            return "expected closing quote";
        }

        at++;
        return fault;
    }

    private static string? Boolean(ReadOnlySpan<byte> text, out LineValue value)
    {
        var truth = text.SequenceEqual("t"u8) || text.SequenceEqual("T"u8) || text.SequenceEqual("true"u8)
            || text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8);
        var falsehood = text.SequenceEqual("f"u8) || text.SequenceEqual("F"u8) || text.SequenceEqual("false"u8)
            || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8);
        value = new LineValue(LineValueKind.Boolean, Whole: truth ? 1 : 0);
        return truth || falsehood ? null : "invalid boolean";
    }

    private static string? Number(ReadOnlySpan<byte> text, out LineValue value)
    {
        value = default;
        if (text[^1] == (byte)'i')
        {
            var valid = long.TryParse(text[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer);
            value = new LineValue(LineValueKind.Whole, Whole: integer);
            return valid ? null : "invalid or too large integer";
        }

        if (text[^1] == (byte)'u')
        {
            var valid = ulong.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var unsigned);
            value = new LineValue(LineValueKind.Natural, Natural: unsigned);
            return valid ? null : "invalid or too large unsigned integer";
        }

        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var number = double.TryParse(text, style, CultureInfo.InvariantCulture, out var floating) && double.IsFinite(floating);
        value = new LineValue(LineValueKind.Real, floating);
        return number ? null : "invalid or too large float";
    }

    /// <summary>Takes a name or text up to an end character, with escapes resolved; a backslash before anything else stands for itself.</summary>
    private string? TakeName(SearchValues<byte> end, string escapes, out string name)
    {
        var start = at;
        List<byte>? resolved = null;
        while (true)
        {
            var length = all[at..].IndexOfAny(end);
            var stop = length < 0 ? all.Length : at + length;
            resolved?.AddRange(all[at..stop]);
            at = stop;
            if (Peek != '\\')
            {
                break;
            }

            resolved ??= [.. all[start..at]];
            if (at + 1 < all.Length && escapes.Contains((char)all[at + 1], StringComparison.Ordinal))
            {
                resolved.Add(Resolve(all[at + 1], escapes.Length > 3));
                at += 2;
            }
            else
            {
                resolved.Add((byte)'\\');
                at++;
            }
        }

        var taken = resolved is null ? all[start..at] : resolved.ToArray();
        var valid = Utf8.IsValid(taken);
        name = valid ? Encoding.UTF8.GetString(taken) : "";
        return valid ? null : "invalid UTF-8";
    }

    private static byte Resolve(byte escaped, bool inText) => (char)escaped switch
    {
        'n' when inText => (byte)'\n',
        'r' when inText => (byte)'\r',
        't' when inText => (byte)'\t',
        _ => escaped,
    };

    private ReadOnlySpan<byte> TakeUntil(SearchValues<byte> end)
    {
        var length = all[at..].IndexOfAny(end);
        var taken = length < 0 ? all[at..] : all.Slice(at, length);
        at += taken.Length;
        return taken;
    }

    private readonly int Peek => at < all.Length ? all[at] : -1;

    private readonly string Here() => at < all.Length ? $"'{(char)all[at]}'" : "the end";

    private void SkipSpaces()
    {
        while (Peek == ' ')
        {
            at++;
        }
    }

    private string? SkipToLine()
    {
        while (at < all.Length)
        {
            var start = at;
            SkipSpaces();
            if (Peek == '#')
            {
                TakeUntil(CommentEnd);
                if (!TakeEndOfLine())
                {
                    at = start;
                    return "invalid character in a comment";
                }
            }
            else if (Peek is -1 || !TakeEndOfLine())
            {
                break;
            }
        }

        return null;
    }

    private bool TakeEndOfLine()
    {
        var rest = all[at..];
        var length = rest.IsEmpty ? 0 : rest.StartsWith("\n"u8) ? 1 : rest.StartsWith("\r\n"u8) ? 2 : rest is [(byte)'\r'] ? 1 : -1;
        at += Math.Max(length, 0);
        return length >= 0;
    }

    private void SkipLine()
    {
        var newline = all[at..].IndexOf((byte)'\n');
        at = newline < 0 ? all.Length : at + newline + 1;
    }

    private static SearchValues<byte> Bytes(string text) => SearchValues.Create(Encoding.Latin1.GetBytes(text));
}
