using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>The arithmetic operators: 64-bit with overflow as an error, IEEE doubles, text, bytes, lists and times.</summary>
internal static class Arithmetic
{
    private static readonly CelValue IntOverflow = CelValue.Error(CelErrorCode.Range, "integer out of range");
    private static readonly CelValue UintOverflow = CelValue.Error(CelErrorCode.Range, "unsigned integer out of range");
    private static readonly CelValue DivideByZero = CelValue.Error(CelErrorCode.DivideByZero, "divide by zero");
    private static readonly CelValue ModulusByZero = CelValue.Error(CelErrorCode.DivideByZero, "modulus by zero");

    public static CelValue Add(in CelValue left, in CelValue right, ref Meter meter)
    {
        switch (left.Kind, right.Kind)
        {
            case (CelKind.Double, CelKind.Double):
                return left.RawDouble + right.RawDouble;
            case (CelKind.Int, CelKind.Int):
                var sum = unchecked(left.Bits + right.Bits);
                // Overflow happened when both operands differ in sign from the sum.
                return ((left.Bits ^ sum) & (right.Bits ^ sum)) < 0 ? IntOverflow : sum;
            case (CelKind.Uint, CelKind.Uint):
                var total = unchecked((ulong)left.Bits + (ulong)right.Bits);
                return total < unchecked((ulong)left.Bits) ? UintOverflow : CelValue.Of(total);
            case (CelKind.String, CelKind.String):
                return meter.SpendText((long)left.Text.Length + right.Text.Length)
                    ? string.Concat(left.Text, right.Text) : Meter.Exceeded;
            case (CelKind.Bytes, CelKind.Bytes):
                return meter.SpendText((long)left.AsBytes().Length + right.AsBytes().Length)
                    ? CelValue.Of([.. left.AsBytes().Span, .. right.AsBytes().Span]) : Meter.Exceeded;
            case (CelKind.List, CelKind.List):
                return meter.Spend((long)left.AsList().Count + right.AsList().Count)
                    ? CelValue.ListOf([.. left.AsList().Span, .. right.AsList().Span]) : Meter.Exceeded;
            case (CelKind.Timestamp, CelKind.Duration) or (CelKind.Duration, CelKind.Timestamp) or (CelKind.Duration, CelKind.Duration):
                return Times.Add(left, right);
            default:
                return Overload.None("+", left, right);
        }
    }

    public static CelValue Subtract(in CelValue left, in CelValue right, ref Meter _)
    {
        switch (left.Kind, right.Kind)
        {
            case (CelKind.Double, CelKind.Double):
                return left.RawDouble - right.RawDouble;
            case (CelKind.Int, CelKind.Int):
                var rest = unchecked(left.Bits - right.Bits);
                return ((left.Bits ^ right.Bits) & (left.Bits ^ rest)) < 0 ? IntOverflow : rest;
            case (CelKind.Uint, CelKind.Uint):
                var (a, b) = (unchecked((ulong)left.Bits), unchecked((ulong)right.Bits));
                return a < b ? UintOverflow : CelValue.Of(a - b);
            case (CelKind.Timestamp, CelKind.Duration) or (CelKind.Duration, CelKind.Duration) or (CelKind.Timestamp, CelKind.Timestamp):
                return Times.Subtract(left, right);
            default:
                return Overload.None("-", left, right);
        }
    }

    public static CelValue Multiply(in CelValue left, in CelValue right, ref Meter _)
    {
        switch (left.Kind, right.Kind)
        {
            case (CelKind.Double, CelKind.Double):
                return left.RawDouble * right.RawDouble;
            case (CelKind.Int, CelKind.Int):
                var product = Math.BigMul(left.Bits, right.Bits);
                return product < long.MinValue || product > long.MaxValue ? IntOverflow : (long)product;
            case (CelKind.Uint, CelKind.Uint):
                var high = Math.BigMul(unchecked((ulong)left.Bits), unchecked((ulong)right.Bits), out ulong low);
                return high != 0 ? UintOverflow : CelValue.Of(low);
            default:
                return Overload.None("*", left, right);
        }
    }

    public static CelValue Divide(in CelValue left, in CelValue right, ref Meter _)
    {
        switch (left.Kind, right.Kind)
        {
            case (CelKind.Double, CelKind.Double):
                return left.RawDouble / right.RawDouble;
            case (CelKind.Int, CelKind.Int):
                return right.Bits == 0 ? DivideByZero
                    : right.Bits == -1 && left.Bits == long.MinValue ? IntOverflow
                    : left.Bits / right.Bits;
            case (CelKind.Uint, CelKind.Uint):
                return right.Bits == 0 ? DivideByZero : CelValue.Of(unchecked((ulong)left.Bits / (ulong)right.Bits));
            default:
                return Overload.None("/", left, right);
        }
    }

    public static CelValue Modulo(in CelValue left, in CelValue right, ref Meter _)
    {
        switch (left.Kind, right.Kind)
        {
            case (CelKind.Int, CelKind.Int):
                return right.Bits == 0 ? ModulusByZero
                    : right.Bits == -1 && left.Bits == long.MinValue ? IntOverflow
                    : left.Bits % right.Bits;
            case (CelKind.Uint, CelKind.Uint):
                return right.Bits == 0 ? ModulusByZero : CelValue.Of(unchecked((ulong)left.Bits % (ulong)right.Bits));
            default:
                return Overload.None("%", left, right);
        }
    }

    public static CelValue Negate(in CelValue value, ref Meter _) => value.Kind switch
    {
        CelKind.Double => -value.RawDouble,
        CelKind.Int => value.Bits == long.MinValue ? IntOverflow : -value.Bits,
        _ => Overload.None("-", value),
    };

    public static CelValue Not(in CelValue value, ref Meter _) =>
        value.Kind == CelKind.Bool ? CelValue.Of(value.Bits == 0) : Overload.None("!", value);
}
