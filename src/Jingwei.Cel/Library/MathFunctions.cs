using Jingwei.Cel.Checking;
using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>The rounding and sign functions of the math extension.</summary>
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
        yield return Question("math.isNaN", double.IsNaN);
        yield return Question("math.isInf", double.IsInfinity);
        yield return Question("math.isFinite", double.IsFinite);
        yield return StandardFunctions.Entry(
            "math.sqrt", Sqrt, [.. Numbers.Select(type => StandardFunctions.Global(CelType.Double, type))]);
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
