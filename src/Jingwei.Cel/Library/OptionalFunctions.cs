using Jingwei.Cel.Checking;
using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>The functions of optional values (version 2 of the extension).</summary>
internal static class OptionalFunctions
{
    private static readonly CelType V = CelType.Parameter("V");
    private static readonly CelType Maybe = CelType.Optional(V);
    private static readonly CelType Plain = CelType.List(V);

    public static IEnumerable<FunctionEntry> All()
    {
        var maybes = CelType.List(Maybe);
        yield return StandardFunctions.Entry("optional.of", Of, StandardFunctions.Global(Maybe, V));
        yield return StandardFunctions.Entry("optional.ofNonZeroValue", OfNonZero, StandardFunctions.Global(Maybe, V));
        yield return StandardFunctions.Entry("optional.none", (values, ref _) => Optionals.None, StandardFunctions.Global(Maybe));
        yield return StandardFunctions.Entry("hasValue", HasValue, StandardFunctions.Member(CelType.Bool, Maybe));
        yield return StandardFunctions.Entry("value", Value, StandardFunctions.Member(V, Maybe));
        yield return new FunctionEntry("or", [StandardFunctions.Member(Maybe, Maybe, Maybe)]) { Lazy = OptionalSteps.Or };
        yield return new FunctionEntry("orValue", [StandardFunctions.Member(V, Maybe, V)]) { Lazy = OptionalSteps.OrValue };
        yield return StandardFunctions.Entry("optional.unwrap", Unwrap, StandardFunctions.Global(Plain, maybes));
        yield return StandardFunctions.Entry("unwrapOpt", Unwrap, StandardFunctions.Member(Plain, maybes));
        yield return StandardFunctions.Entry("first", First, StandardFunctions.Member(Maybe, Plain));
        yield return StandardFunctions.Entry("last", Last, StandardFunctions.Member(Maybe, Plain));
    }

    private static CelValue Of(in CelValue value, ref Meter _) => Optionals.Of(value);

    private static CelValue OfNonZero(in CelValue value, ref Meter meter) => IsZero(value, ref meter) ? Optionals.None : Optionals.Of(value);

    /// <summary>The empty value of each type; of a timestamp that is 1970-01-01, as in protobuf, and of an object one without any field.</summary>
    private static bool IsZero(in CelValue value, ref Meter meter) => value.Kind switch
    {
        CelKind.Null => true,
        CelKind.Bool or CelKind.Int or CelKind.Uint => value.Bits == 0,
        CelKind.Double => value.RawDouble == 0,
        CelKind.Timestamp or CelKind.Duration => value.Bits == 0 && value.Nanos == 0,
        CelKind.String => value.Text.Length == 0,
        CelKind.Bytes => value.AsBytes().Length == 0,
        CelKind.List => value.AsList().Count == 0,
        CelKind.Map => value.AsMap().Count == 0,
        CelKind.Object => IsEmpty(value.AsObject(), ref meter),
        _ => false,
    };

    private static bool IsEmpty(CelObject item, ref Meter meter)
    {
        for (var i = 0; i < item.Type.Fields.Count; i++)
        {
            // A stopped meter ends the walk; the evaluation then ends with its error whatever this says.
            if (!meter.Spend(1) || item[i].Kind != CelKind.Unset)
            {
                return false;
            }
        }

        return true;
    }

    private static CelValue HasValue(in CelValue value, ref Meter _) =>
        value.Kind == CelKind.Optional ? CelValue.Of(value.AsOptional().HasValue) : Overload.None("hasValue", value);

    private static CelValue Value(in CelValue value, ref Meter _) =>
        value.Kind != CelKind.Optional ? Overload.None("value", value)
        : value.AsOptional() is { HasValue: true } present ? present.Value
        : CelValue.Error(CelErrorCode.NotFound, "optional.none() dereference: value() of an optional without value");

    private static CelValue Unwrap(in CelValue value, ref Meter meter)
    {
        if (value.Kind != CelKind.List)
        {
            return Overload.None("optional.unwrap", value);
        }

        var values = new List<CelValue>();
        foreach (ref readonly var item in value.AsList().Span)
        {
            if (!meter.Spend(1))
            {
                return Meter.Exceeded;
            }

            if (item.Kind != CelKind.Optional)
            {
                return Overload.None("optional.unwrap", item);
            }

            if (item.AsOptional() is { HasValue: true } present)
            {
                values.Add(present.Value);
            }
        }

        return CelValue.Of(new CelList([.. values]));
    }

    private static CelValue First(in CelValue value, ref Meter _) =>
        value.Kind != CelKind.List ? Overload.None("first", value)
        : value.AsList() is { Count: > 0 } list ? Optionals.Of(list[0])
        : Optionals.None;

    private static CelValue Last(in CelValue value, ref Meter _) =>
        value.Kind != CelKind.List ? Overload.None("last", value)
        : value.AsList() is { Count: > 0 } list ? Optionals.Of(list[list.Count - 1])
        : Optionals.None;
}
