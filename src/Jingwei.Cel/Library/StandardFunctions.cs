using Jingwei.Cel.Checking;
using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>The standard definitions of the language: every operator and function with its signatures.</summary>
internal static class StandardFunctions
{
    private static readonly CelType A = CelType.Parameter("A");
    private static readonly CelType B = CelType.Parameter("B");
    private static readonly CelType ListA = CelType.List(A);
    private static readonly CelType MapAB = CelType.Map(A, B);
    private static readonly CelType MaybeA = CelType.Optional(A);
    private static readonly CelType MaybeB = CelType.Optional(B);
    private static readonly CelType[] Numbers = [CelType.Int, CelType.Uint, CelType.Double];

    public static Dictionary<string, FunctionEntry> All { get; } =
        Operators().Concat(Conversion()).Concat(Text()).Concat(Time()).Concat(MathFunctions.All()).Concat(TextFunctions.All())
            .Concat(OptionalFunctions.All()).Concat(Encodings.All()).Concat(NetworkFunctions.All())
            .ToDictionary(entry => entry.Name, StringComparer.Ordinal);

    public static Signature Global(CelType result, params CelType[] parameters) => new(parameters, result, IsMember: false);

    public static Signature Member(CelType result, params CelType[] parameters) => new(parameters, result, IsMember: true);

    public static FunctionEntry Entry(string name, Unary body, params Signature[] signatures) => new(name, signatures) { One = body };

    public static FunctionEntry Entry(string name, Binary body, params Signature[] signatures) => new(name, signatures) { Two = body };

    public static FunctionEntry Entry(string name, Nary body, params Signature[] signatures) => new(name, signatures) { Many = body };

    private static IEnumerable<FunctionEntry> Operators()
    {
        var (time, span) = (CelType.Timestamp, CelType.Duration);
        Signature[] same = [.. Numbers.Select(type => Global(type, type, type))];
        Signature[] added = [.. new[] { CelType.String, CelType.Bytes, ListA, span }.Select(type => Global(type, type, type))];
        Signature[] ordered =
        [
            .. Numbers.SelectMany(left => Numbers.Select(right => Global(CelType.Bool, left, right))),
            .. new[] { CelType.Bool, CelType.String, CelType.Bytes, time, span }.Select(type => Global(CelType.Bool, type, type)),
        ];
        yield return Entry("_+_", Arithmetic.Add, [.. same, .. added, Global(time, time, span), Global(time, span, time)]);
        yield return Entry(
            "_-_", Arithmetic.Subtract, [.. same, Global(span, span, span), Global(time, time, span), Global(span, time, time)]);
        yield return Entry("_*_", Arithmetic.Multiply, same);
        yield return Entry("_/_", Arithmetic.Divide, same);
        yield return Entry("_%_", Arithmetic.Modulo, same[..2]);
        yield return Entry("-_", Arithmetic.Negate, Global(CelType.Int, CelType.Int), Global(CelType.Double, CelType.Double));
        yield return Entry("!_", Arithmetic.Not, Global(CelType.Bool, CelType.Bool));
        yield return Entry("_==_", Equality.Equal, Global(CelType.Bool, A, A));
        yield return Entry("_!=_", Equality.NotEqual, Global(CelType.Bool, A, A));
        yield return Entry("_<_", Ordering.Less, ordered);
        yield return Entry("_<=_", Ordering.LessOrEqual, ordered);
        yield return Entry("_>_", Ordering.Greater, ordered);
        yield return Entry("_>=_", Ordering.GreaterOrEqual, ordered);
        yield return Entry("@in", Equality.In, Global(CelType.Bool, A, ListA), Global(CelType.Bool, A, MapAB));
        Signature[] ofOptional = [Global(MaybeA, CelType.Optional(ListA), CelType.Int), Global(MaybeB, CelType.Optional(MapAB), A)];
        yield return Entry("_[_]", Access.Index, [Global(A, ListA, CelType.Int), Global(B, MapAB, A), .. ofOptional]);
        yield return Entry("_[?_]", Optionals.Index, [Global(MaybeA, ListA, CelType.Int), Global(MaybeB, MapAB, A), .. ofOptional]);
    }

    private static IEnumerable<FunctionEntry> Conversion()
    {
        static FunctionEntry To(string name, Unary body, CelType result, params CelType[] from) =>
            Entry(name, body, [.. from.Prepend(result).Select(type => Global(result, type))]);
        yield return To("int", Conversions.ToInt, CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Timestamp);
        yield return To("uint", Conversions.ToUint, CelType.Uint, CelType.Int, CelType.Double, CelType.String);
        yield return To("double", Conversions.ToDouble, CelType.Double, CelType.Int, CelType.Uint, CelType.String);
        yield return To("bool", Conversions.ToBool, CelType.Bool, CelType.String);
        yield return To("bytes", Conversions.ToBytes, CelType.Bytes, CelType.String);
        yield return To(
            "string", Conversions.ToText, CelType.String, CelType.Bool, CelType.Int, CelType.Uint, CelType.Double, CelType.Bytes,
            CelType.Timestamp, CelType.Duration, CelType.Address, CelType.Network);
        yield return To("timestamp", Conversions.ToTimestamp, CelType.Timestamp, CelType.String, CelType.Int);
        yield return To("duration", Conversions.ToDuration, CelType.Duration, CelType.String, CelType.Int);
        yield return Entry("type", Conversions.ToType, Global(CelType.TypeOf(A), A));
        yield return Entry("dyn", Conversions.ToDyn, Global(CelType.Dyn, A));
    }

    private static IEnumerable<FunctionEntry> Text()
    {
        CelType[] sized = [CelType.String, CelType.Bytes, ListA, MapAB];
        yield return Entry(
            "size", Texts.Size,
            [.. sized.Select(type => Global(CelType.Int, type)), .. sized.Select(type => Member(CelType.Int, type))]);
        var test = Member(CelType.Bool, CelType.String, CelType.String);
        yield return Entry("contains", Texts.Contains, test);
        yield return Entry("startsWith", Texts.StartsWith, test);
        yield return Entry("endsWith", Texts.EndsWith, test);
        yield return Entry("matches", Texts.Matches, test, Global(CelType.Bool, CelType.String, CelType.String));
    }

    private static IEnumerable<FunctionEntry> Time()
    {
        yield return Calendar("getFullYear", time => time.Year);
        yield return Calendar("getMonth", time => time.Month - 1);
        yield return Calendar("getDate", time => time.Day);
        yield return Calendar("getDayOfMonth", time => time.Day - 1);
        yield return Calendar("getDayOfWeek", time => (long)time.DayOfWeek);
        yield return Calendar("getDayOfYear", time => time.DayOfYear - 1);
        yield return Clock("getHours", time => time.Hour, Times.Hours);
        yield return Clock("getMinutes", time => time.Minute, Times.Minutes);
        yield return Clock("getSeconds", time => time.Second, Times.Seconds);
        yield return Clock("getMilliseconds", time => time.Millisecond, Times.Milliseconds);
    }

    private static FunctionEntry Calendar(string name, Func<DateTime, long> get) =>
        new(name, [Member(CelType.Int, CelType.Timestamp), Member(CelType.Int, CelType.Timestamp, CelType.String)])
        {
            One = (in CelValue value, ref Meter _) => Times.Calendar(name, get, value),
            Two = (in CelValue value, in CelValue zone, ref Meter _) => Times.Get(name, get, value, zone),
        };

    private static FunctionEntry Clock(string name, Func<DateTime, long> get, Unary plain)
    {
        var calendar = Calendar(name, get);
        return calendar with { One = plain, Signatures = [.. calendar.Signatures, Member(CelType.Int, CelType.Duration)] };
    }
}
