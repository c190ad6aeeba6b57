using Jingwei.Cel.Checking;
using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>The functions of the math extension.</summary>
internal static class MathFunctions
{
    private static readonly CelType[] Numbers = [CelType.Int, CelType.Uint, CelType.Double];

    public static IEnumerable<FunctionEntry> All()
    {
        yield return OfDouble("math.ceil", Math.Ceiling);
        yield return OfDouble("math.floor", Math.Floor);
        yield return OfDouble("math.trunc", Math.Truncate);
        yield return OfDouble("math.round", value => Math.Round(value, MidpointRounding.AwayFromZero));
        yield return StandardFunctions.Entry("math.abs", Abs, Same());
        yield return StandardFunctions.Entry("math.sign", Sign, Same());
        yield return Extreme("math.greatest", 1);
        yield return Extreme("math.least", -1);
        foreach (var entry in Bits())
        {
            yield return entry;
        }

        yield return Question("math.isNaN", double.IsNaN);
        yield return Question("math.isInf", double.IsInfinity);
        yield return Question("math.isFinite", double.IsFinite);
        yield return StandardFunctions.Entry(
            "math.sqrt", Sqrt, [.. Numbers.Select(type => StandardFunctions.Global(CelType.Double, type))]);
    }

    private static IEnumerable<FunctionEntry> Bits()
    {
        Signature[] two = [.. Numbers[..2].Select(type => StandardFunctions.Global(type, type, type))];
        Signature[] shifts = [.. Numbers[..2].Select(type => StandardFunctions.Global(type, type, CelType.Int))];
        yield return StandardFunctions.Entry("math.bitAnd", (values, ref _) => Like(values[0], values[0].Bits & values[1].Bits), two);
        yield return StandardFunctions.Entry("math.bitOr", (values, ref _) => Like(values[0], values[0].Bits | values[1].Bits), two);
        yield return StandardFunctions.Entry("math.bitXor", (values, ref _) => Like(values[0], values[0].Bits ^ values[1].Bits), two);
        yield return StandardFunctions.Entry(
            "math.bitNot", (values, ref _) => Like(values[0], ~values[0].Bits), Same()[..2]);
        yield return StandardFunctions.Entry("math.bitShiftLeft", (values, ref _) => Shift(values, left: true), shifts);
        yield return StandardFunctions.Entry("math.bitShiftRight", (values, ref _) => Shift(values, left: false), shifts);
    }

    /// <summary>A shift to the right fills with zeros, for int as well; 64 and more leave nothing.</summary>
    private static CelValue Shift(ReadOnlySpan<CelValue> values, bool left)
    {
        var (bits, by) = (values[0].Bits, values[1].Bits);
        return by < 0 ? CelValue.Error(CelErrorCode.Invalid, $"negative offset: {by}")
            : Like(values[0], by > 63 ? 0 : left ? bits << (int)by : bits >>> (int)by);
    }

    private static CelValue Like(in CelValue model, long bits) =>
        model.Kind == CelKind.Int ? bits : CelValue.Of(unchecked((ulong)bits));

    private static FunctionEntry Extreme(string name, int sign)
    {
        Signature[] lists = [.. Numbers.Select(type => StandardFunctions.Global(type, CelType.List(type)))];
        return StandardFunctions.Entry(name, (in CelValue value, ref Meter meter) => Pick(name, value, sign, ref meter), [.. Same(), .. lists]);
    }

    private static CelValue Pick(string name, in CelValue value, int sign, ref Meter meter)
    {
        if (value.Kind != CelKind.List)
        {
            return Ordering.IsNumber(value.Kind) ? value : Overload.None(name, value);
        }

        var best = default(CelValue);
        foreach (ref readonly var item in value.AsList().Span)
        {
            if (!meter.Spend(1) || !Ordering.IsNumber(item.Kind))
            {
                return Overload.None(name, item);
            }

            best = best.Kind == CelKind.Unset || Ordering.CompareNumbers(item, best) == sign ? item : best;
        }

        return best.Kind == CelKind.Unset ? CelValue.Error(CelErrorCode.Invalid, $"{name}() of an empty list") : best;
    }

    private static Signature[] Same() => [.. Numbers.Select(type => StandardFunctions.Global(type, type))];

    private static FunctionEntry OfDouble(string name, Func<double, double> body) =>
        StandardFunctions.Entry(
            name, (in CelValue value, ref Meter _) => value.Kind == CelKind.Double ? body(value.RawDouble) : Overload.None(name, value),
            StandardFunctions.Global(CelType.Double, CelType.Double));

    private static FunctionEntry Question(string name, Func<double, bool> body) =>
        StandardFunctions.Entry(
            name, (in CelValue value, ref Meter _) => value.Kind == CelKind.Double ? CelValue.Of(body(value.RawDouble)) : Overload.None(name, value),
            StandardFunctions.Global(CelType.Bool, CelType.Double));

    private static CelValue Abs(in CelValue value, ref Meter meter) => value.Kind switch
    {
        CelKind.Double => Math.Abs(value.RawDouble),
        CelKind.Uint => value,
        CelKind.Int when value.Bits >= 0 => value,
        CelKind.Int => Arithmetic.Negate(value, ref meter),
        _ => Overload.None("math.abs", value),
    };

    private static CelValue Sign(in CelValue value, ref Meter meter) => value.Kind switch
    {
        CelKind.Double => double.IsNaN(value.RawDouble) ? value : (double)Math.Sign(value.RawDouble),
        CelKind.Uint => CelValue.Of(value.Bits == 0 ? 0ul : 1ul),
        CelKind.Int => (long)Math.Sign(value.Bits),
        _ => Overload.None("math.sign", value),
    };

    private static CelValue Sqrt(in CelValue value, ref Meter meter)
    {
        var number = Conversions.ToDouble(value, ref meter);
        return Ordering.IsNumber(value.Kind) ? Math.Sqrt(number.RawDouble) : Overload.None("math.sqrt", value);
    }
}
