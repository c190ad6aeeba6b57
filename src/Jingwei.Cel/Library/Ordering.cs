using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>Ordering of values: numbers across their types, text by code point, bytes, booleans, times.</summary>
internal static class Ordering
{
    /// <summary>What comparing with NaN gives: neither less, equal nor greater.</summary>
    private const int Unordered = 2;

    public static CelValue Less(in CelValue left, in CelValue right, ref Meter meter) =>
        TryCompare(left, right, ref meter, out var sign) ? CelValue.Of(sign == -1) : Overload.None("<", left, right);

    public static CelValue LessOrEqual(in CelValue left, in CelValue right, ref Meter meter) =>
        TryCompare(left, right, ref meter, out var sign) ? CelValue.Of(sign is -1 or 0) : Overload.None("<=", left, right);

    public static CelValue Greater(in CelValue left, in CelValue right, ref Meter meter) =>
        TryCompare(left, right, ref meter, out var sign) ? CelValue.Of(sign == 1) : Overload.None(">", left, right);

    public static CelValue GreaterOrEqual(in CelValue left, in CelValue right, ref Meter meter) =>
        TryCompare(left, right, ref meter, out var sign) ? CelValue.Of(sign is 0 or 1) : Overload.None(">=", left, right);

    public static bool IsNumber(CelKind kind) => kind is CelKind.Int or CelKind.Uint or CelKind.Double;

    /// <summary>-1, 0, 1, or <see cref="Unordered"/>; integers meet doubles as doubles, as in the reference implementation.</summary>
    public static int CompareNumbers(in CelValue left, in CelValue right)
    {
        if (left.Kind == CelKind.Double || right.Kind == CelKind.Double)
        {
            return CompareDoubles(ToDouble(left), ToDouble(right));
        }

        if (left.Kind == right.Kind)
        {
            return left.Kind == CelKind.Int
                ? left.Bits.CompareTo(right.Bits)
                : unchecked((ulong)left.Bits).CompareTo(unchecked((ulong)right.Bits));
        }

        // One is int, the other uint: a negative int, or a uint above the ints, decides at once.
        return left.Kind == CelKind.Int
            ? left.Bits < 0 || right.Bits < 0 ? -1 : left.Bits.CompareTo(right.Bits)
            : left.Bits < 0 || right.Bits < 0 ? 1 : left.Bits.CompareTo(right.Bits);
    }

    private static bool TryCompare(in CelValue left, in CelValue right, ref Meter meter, out int sign)
    {
        sign = 0;
        if (left.Kind == CelKind.Double && right.Kind == CelKind.Double)
        {
            sign = CompareDoubles(left.RawDouble, right.RawDouble);
            return true;
        }

        if (left.Kind != right.Kind)
        {
            var numbers = IsNumber(left.Kind) && IsNumber(right.Kind);
            sign = numbers ? CompareNumbers(left, right) : 0;
            return numbers;
        }

        switch (left.Kind)
        {
            case CelKind.Int or CelKind.Uint:
                sign = CompareNumbers(left, right);
                return true;
            case CelKind.Bool:
                sign = left.Bits.CompareTo(right.Bits);
                return true;
            case CelKind.String:
                meter.SpendText(Math.Min(left.Text.Length, right.Text.Length));
                sign = CompareText(left.Text, right.Text);
                return true;
            case CelKind.Bytes:
                meter.SpendText(Math.Min(left.AsBytes().Length, right.AsBytes().Length));
                sign = Math.Sign(left.AsBytes().Span.SequenceCompareTo(right.AsBytes().Span));
                return true;
            case CelKind.Timestamp or CelKind.Duration:
                sign = left.Bits != right.Bits ? left.Bits.CompareTo(right.Bits) : left.Nanos.CompareTo(right.Nanos);
                return true;
            default:
                return false;
        }
    }

    private static double ToDouble(in CelValue value) => value.Kind switch
    {
        CelKind.Int => value.Bits,
        CelKind.Uint => unchecked((ulong)value.Bits),
        _ => value.RawDouble,
    };

    private static int CompareDoubles(double left, double right) =>
        left < right ? -1 : left > right ? 1 : left == right ? 0 : Unordered;

    /// <summary>By code point: UTF-16 order differs where a surrogate meets U+E000 to U+FFFF.</summary>
    private static int CompareText(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        return Rank(left[common]).CompareTo(Rank(right[common]));
    }

    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
