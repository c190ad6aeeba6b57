using System.Globalization;
using Jingwei.Cel;

namespace Jingwei.Tests.Cel;

/// <summary>What conditions are over ranges of their variables.</summary>
public sealed class RangeTests
{
    private static readonly CelEnvironment Environment = new(
        [new("a", CelType.Double), new("b", CelType.Double), new("on", CelType.Bool), new("text", CelType.String)]);

    // a from 1 to 3, b from 10 to 20, on is either.
    [Theory]
    [InlineData("a > 3.0", false)]
    [InlineData("a >= 3.0", null)]
    [InlineData("a < 3.5", true)]
    [InlineData("a <= 3", true)]
    [InlineData("a <= 0", false)]
    [InlineData("0 < a", true)]
    [InlineData("a > -1", true)]
    [InlineData("a == 4.0", false)]
    [InlineData("a == 2.0", null)]
    [InlineData("a != 4.0", true)]
    [InlineData("a < b", true)]
    [InlineData("a + b > 23.0", false)]
    [InlineData("a + b > 22.9", null)]
    [InlineData("b - a >= 7.0", true)]
    [InlineData("a * b <= 60.0", true)]
    [InlineData("-a * b < -60.0", false)]
    [InlineData("b / a > 3.0", true)]
    [InlineData("b / (a - 2.0) > 1000.0", null)]
    [InlineData("!(a > 3.0)", true)]
    [InlineData("on", null)]
    [InlineData("on && a > 3.0", false)]
    [InlineData("on || a < 4.0", true)]
    [InlineData("on || a > 3.0", null)]
    [InlineData("(a > 3.0) == (b < 0.0)", true)]
    [InlineData("a > 3.0 ? on : b > 0.0", true)]
    [InlineData("on ? b > 0.0 : b > 0.0", null)]
    [InlineData("text == 'x' && a > 3.0", false)]
    [InlineData("text == 'x' || a > 3.0", null)]
    [InlineData("text == 'x'", null)]
    [InlineData("[1.0, 2.0].exists(each, each > a) && b < 5.0", false)]
    public void Ranges_decide(string source, bool? expected)
    {
        var truth = Environment.Compile(source, CelType.Bool).Require().TruthOver;
        Assert.Equal(expected, truth?.Invoke([new(1, 3), new(10, 20), new(0, 1), new(double.NaN)]));
    }

    [Theory]
    [InlineData("text.startsWith('x')")]
    [InlineData("size(text) > 3")]
    [InlineData("text < 'x'")]
    public void What_is_of_no_numbers_has_no_ranges(string source) => Assert.Null(Environment.Compile(source, CelType.Bool).Require().TruthOver);

    [Fact]
    public void Where_no_value_is_known_nothing_is()
    {
        var truth = Environment.Compile("a > 3.0", CelType.Bool).Require().TruthOver!;
        Assert.Null(truth([new(double.NaN), new(0), new(0), new(0)]));
        Assert.Null(truth([new CelRange(5).With(double.NaN), new(0), new(0), new(0)]));
        var sum = Environment.Compile("a * b < 1.0", CelType.Bool).Require().TruthOver!;
        Assert.Null(sum([new(double.NegativeInfinity, double.PositiveInfinity), new(-1, 1), new(0), new(0)]));
    }

    // The evaluator is the other opinion: what is said of a range holds for whatever lies in it.
    [Fact]
    public void What_ranges_decide_every_value_in_them_gives()
    {
        var random = new Random(11);
        var decided = 0;
        for (var round = 0; round < 3000; round++)
        {
            var source = Condition(random, 3);
            var program = Environment.Compile(source, CelType.Bool).Require();
            var ranges = Enumerable.Range(0, 2).Select(_ => new CelRange(random.Next(-4, 5)).With(random.Next(-4, 5))).ToArray();
            var on = random.Next(3) switch { 0 => new CelRange(0), 1 => new CelRange(1), _ => new CelRange(0, 1) };
            if (program.TruthOver?.Invoke([.. ranges, on, new(double.NaN)]) is not { } expected)
            {
                continue;
            }

            decided++;
            for (var sample = 0; sample < 30; sample++)
            {
                double Pick(CelRange range) => random.Next(4) switch { 0 => range.Low, 1 => range.High, _ => range.Low + ((range.High - range.Low) * random.NextDouble()) };
                var isOn = on.Low == on.High ? on.Low == 1 : random.Next(2) == 0;
                var result = program.Evaluate([Pick(ranges[0]), Pick(ranges[1]), isOn, random.Next(2) == 0 ? "x" : "y"]);
                Assert.True(result.Kind == CelKind.Bool && result.IsTrue == expected, $"{source} over {ranges[0]}, {ranges[1]}: {result}, not {expected}");
            }
        }

        Assert.InRange(decided, 1000, 3000);
    }

    private static string Condition(Random random, int depth) => (depth == 0 ? random.Next(3) : random.Next(9)) switch
    {
        0 or 1 => $"({Number(random, 2)} {(string[])["<", "<=", ">", ">=", "==", "!="] switch { var signs => signs[random.Next(signs.Length)] }} {Number(random, 2)})",
        2 => random.Next(3) switch { 0 => "on", 1 => "(text == 'x')", _ => random.Next(2) == 0 ? "true" : "false" },
        3 => $"!{Condition(random, depth - 1)}",
        4 => $"({Condition(random, depth - 1)} == ({Condition(random, depth - 1)}))",
        5 => $"({Condition(random, depth - 1)} ? {Condition(random, depth - 1)} : {Condition(random, depth - 1)})",
        6 => $"({Condition(random, depth - 1)} || {Condition(random, depth - 1)} || {Condition(random, depth - 1)})",
        _ => $"({Condition(random, depth - 1)} && {Condition(random, depth - 1)})",
    };

    private static string Number(Random random, int depth) => (depth == 0 ? random.Next(3) : random.Next(7)) switch
    {
        0 => "a",
        1 => "b",
        2 => (random.Next(-40, 41) / 8.0).ToString("0.0###", CultureInfo.InvariantCulture) is var text && text[0] == '-' ? $"({text})" : text,
        3 => $"(-{Number(random, depth - 1)})",
        var sign => $"({Number(random, depth - 1)} {"+-*/"[(sign + random.Next(2)) % 4]} {Number(random, depth - 1)})",
    };
}
