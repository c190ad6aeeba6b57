using System.Globalization;
using System.Text;
using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>string.format (strings extension): %s %d %f %e %x %X %o %b and %%.</summary>
internal static class TextFormat
{
    /// <summary>Most digits after the point; a double has no more to say.</summary>
    private const int MostDigits = 100;

    public static CelValue Apply(string format, CelList arguments, ref Meter meter)
    {
        var result = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }

            if (++i < format.Length && format[i] == '%')
            {
                result.Append('%');
                continue;
            }

            if (!TryPrecision(format, ref i, out var precision) || i >= format.Length)
            {
                return Invalid("could not parse formatting clause: it is not finished");
            }

            if (next >= arguments.Count)
            {
                return Invalid($"index {next} out of range: the list holds {arguments.Count} values");
            }

            var (text, problem) = Clause(format[i], arguments[next++], precision, ref meter);
            if (text is null || !meter.SpendText(text.Length))
            {
                return Invalid(problem);
            }

            result.Append(text);
        }

        return result.ToString();
    }

    private static bool TryPrecision(string format, ref int at, out int precision)
    {
        precision = 6;
        if (at >= format.Length || format[at] != '.')
        {
            return true;
        }

        var start = ++at;
        while (at < format.Length && char.IsAsciiDigit(format[at]))
        {
            at++;
        }

        return int.TryParse(format.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out precision)
            && precision <= MostDigits;
    }

    private static (string? Text, string Problem) Clause(char letter, in CelValue value, int precision, ref Meter meter)
    {
        var type = Rendering.TypeOf(value);
        return letter switch
        {
            's' => (Plain(value, ref meter), $"error during formatting: {type} cannot be written with %s"),
            'd' => (value.Kind is CelKind.Int or CelKind.Uint or CelKind.Double ? Plain(value, ref meter) : null,
                $"error during formatting: decimal clause can only be used on numbers, was given {type}"),
            'f' => (Real(value, number => Fixed(number, precision)), $"error during formatting: fixed-point clause can only be used on doubles, was given {type}"),
            'e' => (Real(value, number => number.ToString("0." + new string('0', precision) + "e+00", CultureInfo.InvariantCulture)),
                $"error during formatting: scientific clause can only be used on doubles, was given {type}"),
            'b' => (value.Kind == CelKind.Bool ? value.IsTrue ? "1" : "0" : Based(value, 2),
                $"error during formatting: only integers and bools can be formatted as binary, was given {type}"),
            'o' => (Based(value, 8), $"error during formatting: octal clause can only be used on integers, was given {type}"),
            'x' => (Hexadecimal(value)?.ToLowerInvariant(), Hex(type)),
            'X' => (Hexadecimal(value), Hex(type)),
            _ => (null, $"could not parse formatting clause: unrecognized formatting clause \"{letter}\""),
        };
    }

    private static string Hex(CelType type) =>
        $"error during formatting: only integers, byte buffers, and strings can be formatted as hex, was given {type}";

    private static string? Plain(in CelValue value, ref Meter meter)
    {
        if (!meter.Spend(1))
        {
            return null;
        }

        switch (value.Kind)
        {
            case CelKind.Null or CelKind.Type:
                return Rendering.Render(value);
            case CelKind.Bytes:
                return Encoding.UTF8.GetString(value.AsBytes().Span);
            case CelKind.List:
                return PlainList(value.AsList(), ref meter);
            case CelKind.Map:
                return PlainMap(value.AsMap(), ref meter);
            default:
                var text = Conversions.ToText(value, ref meter);
                return text.Kind == CelKind.String ? text.Text : null;
        }
    }

    private static string? PlainList(CelList list, ref Meter meter)
    {
        var parts = new List<string>();
        foreach (ref readonly var item in list.Span)
        {
            if (Plain(item, ref meter) is not { } part)
            {
                return null;
            }

            parts.Add(part);
        }

        return $"[{string.Join(", ", parts)}]";
    }

    private static string? PlainMap(CelMap map, ref Meter meter)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (ref readonly var key in map.KeySpan)
        {
            map.TryGet(key, out var item);
            if (Plain(key, ref meter) is not { } name || Plain(item, ref meter) is not { } part)
            {
                return null;
            }

            parts[name] = part;
        }

        return $"{{{string.Join(", ", parts.Select(part => $"{part.Key}: {part.Value}"))}}}";
    }

    private static string? Real(in CelValue value, Func<double, string> format)
    {
        if (!Ordering.IsNumber(value.Kind))
        {
            return null;
        }

        var meter = Meter.Unlimited;
        var number = Conversions.ToDouble(value, ref meter).RawDouble;
        return double.IsFinite(number) ? format(number) : Rendering.Number(number);
    }

    /// <summary>Half to even. A double between two such numbers shows within 20 further digits whether it is exactly half way.</summary>
    private static string Fixed(double number, int precision)
    {
        var exact = number.ToString($"F{precision + 20}", CultureInfo.InvariantCulture);
        var kept = exact[..^20].TrimEnd('.');
        var half = exact[^20] == '5' && !exact.AsSpan()[^19..].ContainsAnyExcept('0');
        return half && (kept[^1] - '0') % 2 == 0 ? kept : number.ToString($"F{precision}", CultureInfo.InvariantCulture);
    }

    private static string? Based(in CelValue value, int radix) => value.Kind switch
    {
        CelKind.Uint => Digits(unchecked((ulong)value.Bits), radix),
        CelKind.Int => value.Bits < 0 ? "-" + Digits(unchecked((ulong)-value.Bits), radix) : Digits((ulong)value.Bits, radix),
        _ => null,
    };

    private static string Digits(ulong value, int radix)
    {
        var digits = new StringBuilder();
        do
        {
            digits.Insert(0, "0123456789ABCDEF"[(int)(value % (ulong)radix)]);
            value /= (ulong)radix;
        }
        while (value > 0);
        return digits.ToString();
    }

    private static string? Hexadecimal(in CelValue value) => value.Kind switch
    {
        CelKind.String => Convert.ToHexString(Encoding.UTF8.GetBytes(value.Text)),
        CelKind.Bytes => Convert.ToHexString(value.AsBytes().Span),
        _ => Based(value, 16),
    };

    private static CelValue Invalid(string problem) => CelValue.Error(CelErrorCode.Invalid, problem);
}
