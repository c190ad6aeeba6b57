using Jingwei.Cel;

namespace Jingwei.Server.Packs.Functions;

/// <summary>What rules may ask of the thing that they are judged for, its place and its neighbours. Each is described with an example in docs/functions.md.</summary>
public static class ThingFunctions
{
    public const string Parent = "parent";
    public const string Siblings = "siblings";

    private static readonly CelType Numbers = CelType.List(CelType.Double);

    public static IReadOnlyList<CelFunction> All { get; } =
    [
        new("now", "The time that is judged.", [new([], CelType.Timestamp, (_, call) => CelValue.TimestampFromMicroseconds(Of(call).Moment))]),
        new("region", "The region that the thing is in.", [new([], CelType.String, (_, call) => Of(call).Region)]),
        new("party", "The party that the thing belongs to.", [new([], CelType.String, (_, call) => Of(call).Party)]),
        new("inRegion", "Whether the thing is in a region or in one below it.", [new([CelType.String], CelType.Bool, (arguments, call) => Of(call).IsIn(arguments[0].AsString()))]),
        new(Parent, "The newest value of a property of the thing that this one is part of.", [new([CelType.String], CelType.Dyn, (arguments, call) => Of(call).OfParent(arguments[0].AsString()))]),
        new(Siblings, "The newest values of a property of the other things of this type with the same parent; numbers only.", [new([CelType.String], Numbers, SiblingValues)]),
        new("mean", "The mean of a list of numbers.", [new([Numbers], CelType.Double, (arguments, _) => OverSome(arguments[0], numbers => numbers.Average()))]),
        new("median", "The median of a list of numbers.", [new([Numbers], CelType.Double, (arguments, _) => OverSome(arguments[0], Median))]),
    ];

    private static JudgedThing Of(CelCall call) => (JudgedThing)call.Host!;

    private static CelValue SiblingValues(ReadOnlySpan<CelValue> arguments, CelCall call) =>
        CelValue.ListOf([.. Of(call).OfSiblings(arguments[0].AsString()).Where(value => value.Kind == CelKind.Double)]);

    private static CelValue OverSome(CelValue list, Func<double[], double> figure)
    {
        var numbers = list.AsList().Where(value => value.Kind == CelKind.Double).Select(value => value.AsDouble()).ToArray();
        return numbers.Length > 0 ? figure(numbers) : CelValue.Error(CelErrorCode.NotFound, "the list has no numbers");
    }

    /// <summary>The middle of the numbers, or between the two in the middle; they are sorted by it.</summary>
    public static double Median(Span<double> numbers)
    {
        numbers.Sort();
        var half = numbers.Length / 2;
        return numbers.Length % 2 == 1 ? numbers[half] : (numbers[half - 1] + numbers[half]) / 2;
    }

    private static double Median(double[] numbers) => Median(numbers.AsSpan());
}
