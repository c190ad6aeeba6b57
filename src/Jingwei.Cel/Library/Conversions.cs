using System.Globalization;
using System.Text;
using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>The conversion functions. A value that does not fit gives an error, never another value.</summary>
internal static class Conversions
{
    private const double TwoTo63 = 9_223_372_036_854_775_808d;
    private const double TwoTo64 = 18_446_744_073_709_551_616d;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static CelValue ToInt(in CelValue value, ref Meter _)
    {
        switch (value.Kind)
        {
            case CelKind.Int:
                return value;
            case CelKind.Uint:
                return value.Bits < 0 ? OutOfRange("int", value) : value.Bits;
            case CelKind.Double:
                // Both ends are out: the doubles next to them stand for integers beyond the range.
                return value.RawDouble is > -TwoTo63 and < TwoTo63 ? (long)value.RawDouble : OutOfRange("int", value);
            case CelKind.Timestamp:
                return value.Bits;
            case CelKind.String:
                return long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    ? number : Malformed("int", value);
            default:
                return Overload.None("int", value);
        }
    }

    public static CelValue ToUint(in CelValue value, ref Meter _)
    {
        switch (value.Kind)
        {
            case CelKind.Uint:
                return value;
            case CelKind.Int:
                return value.Bits < 0 ? OutOfRange("uint", value) : CelValue.Of((ulong)value.Bits);
            case CelKind.Double:
                return value.RawDouble is >= 0 and < TwoTo64 ? CelValue.Of((ulong)value.RawDouble) : OutOfRange("uint", value);
            case CelKind.String:
                return ulong.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? CelValue.Of(number) : Malformed("uint", value);
            default:
                return Overload.None("uint", value);
        }
    }

    public static CelValue ToDouble(in CelValue value, ref Meter _)
    {
        switch (value.Kind)
        {
            case CelKind.Double:
                return value;
            case CelKind.Int:
                return (double)value.Bits;
            case CelKind.Uint:
                return (double)unchecked((ulong)value.Bits);
            case CelKind.String:
                const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
                return double.TryParse(value.Text, style, CultureInfo.InvariantCulture, out var number) ? number : Special(value);
            default:
                return Overload.None("double", value);
        }
    }

    public static CelValue ToBool(in CelValue value, ref Meter _) => value.Kind switch
    {
        CelKind.Bool => value,
        CelKind.String => value.Text switch
        {
            "1" or "t" or "T" or "true" or "TRUE" or "True" => CelValue.True,
            "0" or "f" or "F" or "false" or "FALSE" or "False" => CelValue.False,
            _ => Malformed("bool", value),
        },
        _ => Overload.None("bool", value),
    };

    public static CelValue ToText(in CelValue value, ref Meter meter)
    {
        switch (value.Kind)
        {
            case CelKind.String:
                return value;
            case CelKind.Bool or CelKind.Int:
                return Rendering.Render(value);
            case CelKind.Uint:
                return unchecked((ulong)value.Bits).ToString(CultureInfo.InvariantCulture);
            case CelKind.Double:
                return Rendering.Number(value.RawDouble);
            case CelKind.Timestamp:
                return TimeText.FormatTimestamp(value);
            case CelKind.Duration:
                return TimeText.FormatDuration(value);
            case CelKind.Address:
                return Addresses.Format(value.AsAddress());
            case CelKind.Network:
                return value.AsNetwork().ToString();
            case CelKind.Bytes:
                return meter.SpendText(value.AsBytes().Length) ? Decode(value.AsBytes().Span) : Meter.Exceeded;
            default:
                return Overload.None("string", value);
        }
    }

    public static CelValue ToBytes(in CelValue value, ref Meter meter) => value.Kind switch
    {
        CelKind.Bytes => value,
        CelKind.String => meter.SpendText(value.Text.Length) ? CelValue.Of(Encoding.UTF8.GetBytes(value.Text)) : Meter.Exceeded,
        _ => Overload.None("bytes", value),
    };

    public static CelValue ToTimestamp(in CelValue value, ref Meter _) => value.Kind switch
    {
        CelKind.Timestamp => value,
        CelKind.Int => CelValue.Timestamp(value.Bits, 0),
        CelKind.String => TimeText.ParseTimestamp(value.Text),
        _ => Overload.None("timestamp", value),
    };

    public static CelValue ToDuration(in CelValue value, ref Meter _) => value.Kind switch
    {
        CelKind.Duration => value,
        CelKind.Int => CelValue.Duration(value.Bits, 0),
        CelKind.String => TimeText.ParseDuration(value.Text),
        _ => Overload.None("duration", value),
    };

    public static CelValue ToType(in CelValue value, ref Meter _) => CelValue.Of(Rendering.TypeOf(value));

    public static CelValue ToDyn(in CelValue value, ref Meter _) => value;

    private static CelValue Special(in CelValue value) => value.Text.ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "INF" or "+INF" or "INFINITY" or "+INFINITY" => double.PositiveInfinity,
        "-INF" or "-INFINITY" => double.NegativeInfinity,
        _ => Malformed("double", value),
    };

    private static CelValue Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return CelValue.Error(CelErrorCode.Invalid, "invalid UTF-8 in bytes, cannot convert to string");
        }
    }

    private static CelValue OutOfRange(string type, in CelValue value) =>
        CelValue.Error(CelErrorCode.Range, $"range error: {value} does not fit {type}");

    private static CelValue Malformed(string type, in CelValue value) =>
        CelValue.Error(CelErrorCode.Invalid, $"type conversion error: {value} cannot be read as {type}");
}
