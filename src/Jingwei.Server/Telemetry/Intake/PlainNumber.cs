using System.Globalization;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Reads decimal numbers as most are, without an exponent, into exactly the double that a full parser gives.</summary>
internal static class PlainNumber
{
    /// <summary>As many digits as a long surely holds.</summary>
    public const int MostDigits = 18;

    // A double holds every integer up to here, so that one division by a power of ten that it holds too rounds correctly (Clinger, 1990).
    private const long LargestExact = 1L << 53;

    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 23).Select(power => double.Parse($"1e{power}", CultureInfo.InvariantCulture))];

    /// <summary>False where it is not that plain; what stands behind the number is not looked at.</summary>
    public static bool TryTake(ReadOnlySpan<byte> text, ref int at, out double number)
    {
        number = 0;
        var isNegative = at < text.Length && text[at] == (byte)'-';
        at += isNegative ? 1 : 0;
        var start = at;
        var digits = TakeDigits(text, ref at, 0);
        var whole = at - start;
        if (whole is 0 or > MostDigits || (whole > 1 && text[start] == (byte)'0') || (isNegative && digits == 0) || at >= text.Length)
        {
            return false;
        }

        number = isNegative ? -digits : digits;
        return text[at] is not (byte)'.' || TryDecimals(text, ref at, digits, whole, isNegative, out number);
    }

    public static long TakeDigits(ReadOnlySpan<byte> text, ref int at, long digits)
    {
        var place = at;
        while (place < text.Length && (uint)(text[place] - '0') <= 9)
        {
            digits = unchecked((digits * 10) + (text[place] - '0'));
            place++;
        }

        at = place;
        return digits;
    }

    private static bool TryDecimals(ReadOnlySpan<byte> text, ref int at, long digits, int whole, bool isNegative, out double number)
    {
        at++;
        var point = at;
        digits = TakeDigits(text, ref at, digits);
        var decimals = at - point;
        number = decimals is 0 || whole + decimals > MostDigits ? 0 : digits / PowersOfTen[decimals];
        number = isNegative ? -number : number;
        return decimals > 0 && whole + decimals <= MostDigits && digits <= LargestExact;
    }
}
