using Jingwei.Cel;

namespace Jingwei.Tests.Cel;

/// <summary>What an expression may cost; a hostile one is refused or stopped, never endured.</summary>
public sealed class LimitTests
{
    private static readonly CelEnvironment Lists = new([new("xs", CelType.List(CelType.Int)), new("text", CelType.String)]);

    private static readonly CelValue[] Thousand = Lists.Bind(
        [("xs", CelValue.ListOf([.. Enumerable.Range(0, 1_000).Select(i => (CelValue)(long)i)])), ("text", new string('a', 100_000))]);

    [Theory]
    [InlineData("xs.all(a, xs.all(b, xs.all(c, xs.all(d, a + b + c + d >= 0))))")]
    [InlineData("xs.exists(a, xs.exists(b, xs.exists(c, a + b + c < 0))) || true")]
    [InlineData("xs.map(x, xs).map(x, x + x + x + x).size() > 0")]
    [InlineData("xs.all(a, text.contains(text))")]
    [InlineData("xs.all(a, text.matches('b+c$') || true)")]
    [InlineData("xs.map(x, xs) == xs.map(x, xs) || true")]
    [InlineData("xs.all(a, -1 in xs || true)")]
    [InlineData("xs.all(a, base64.decode(text).size() > 0)")]
    [InlineData("xs.all(a, !isIP(text) && !isCIDR(text))")]
    [InlineData("xs.all(a, xs.map(x, optional.of(x)).unwrapOpt().size() > 0)")]
    public void An_expression_over_its_steps_gives_the_cost_error_and_nothing_hides_it(string source) =>
        Assert.Equal(CelErrorCode.CostExceeded, Lists.Compile(source).Require().Run(Thousand).AsError().Code);

    [Fact]
    public void Doubling_text_stops_at_the_limit()
    {
        var source = "['a']" + string.Concat(Enumerable.Repeat(".map(x, x + x)", 60));
        Assert.Equal(CelErrorCode.CostExceeded, Evaluation.Error(source).Code);
    }

    [Fact]
    public void Equality_of_lists_that_share_their_parts_stops_at_the_limit()
    {
        var deep = "[1]" + string.Concat(Enumerable.Repeat(".map(x, [x, x])", 40));
        Assert.Equal(CelErrorCode.CostExceeded, Evaluation.Error($"{deep} == {deep}").Code);
    }

    [Fact]
    public void Types_that_would_double_with_every_step_are_checked_all_the_same() =>
        Assert.Empty(Evaluation.Issues(Evaluation.Empty, "[1]" + string.Concat(Enumerable.Repeat(".map(x, {x: x})", 60))));

    [Fact]
    public void A_message_about_a_value_that_shares_its_parts_stays_short()
    {
        var deep = "[1]" + string.Concat(Enumerable.Repeat(".map(x, [x, x])", 40));
        Assert.InRange(Evaluation.Error($"{{1: 2}}[dyn({deep})]").Message.Length, 1, 2_000);
    }

    [Fact]
    public void A_higher_limit_lets_the_same_expression_finish()
    {
        const string source = "xs.all(a, xs.all(b, a + b >= 0))";
        var small = new CelEnvironment(Lists.Variables, limits: new CelLimits { EvaluationSteps = 1_000 });
        var large = new CelEnvironment(Lists.Variables, limits: new CelLimits { EvaluationSteps = 10_000_000 });
        Assert.True(small.Compile(source).Require().Run(Thousand).IsError);
        Assert.True(large.Compile(source).Require().Run(Thousand).IsTrue);
    }

    [Fact]
    public void Cancellation_ends_an_evaluation()
    {
        using var source = new CancellationTokenSource();
        var cancel = new CelFunction("cancel", "Cancels.", [new CelOverload([], CelType.Bool, (_, _) =>
        {
            source.Cancel();
            return true;
        })]);
        var endless = new CelEnvironment(Lists.Variables, functions: [cancel], limits: new CelLimits { EvaluationSteps = long.MaxValue });
        var program = endless.Compile("cancel() && xs.all(a, xs.all(b, xs.all(c, xs.all(d, xs.all(e, true)))))").Require();
        Assert.Throws<OperationCanceledException>(() => program.Evaluate(Thousand, null, source.Token));
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("size([", "])")]
    [InlineData("!", "")]
    [InlineData("-", "")]
    [InlineData("true ? 1 : ", "")]
    [InlineData("[1].map(x, ", ")")]
    public void Deep_nesting_is_an_issue(string open, string close)
    {
        var source = string.Concat(Enumerable.Repeat(open, 500)) + "1" + string.Concat(Enumerable.Repeat(close, 500));
        Assert.EndsWith("the expression nests deeper than 100 levels", Assert.Single(Evaluation.Issues(Evaluation.Empty, source)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_source_is_an_issue()
    {
        Assert.Equal(
            ["1:1: the expression has 1000000 characters; at most 16384 are allowed"],
            Evaluation.Issues(Evaluation.Empty, new string(' ', 1_000_000)));
        Assert.Equal(
            ["1:1: the expression is too large: 8001 parts of 4096, 2 levels of 400"],
            Evaluation.Issues(Evaluation.Empty, "[" + string.Join(",", Enumerable.Repeat("1", 8_000)) + "]"));
        Assert.Equal(
            ["1:1: the expression is too large: 2001 parts of 4096, 1001 levels of 400"],
            Evaluation.Issues(Evaluation.Empty, string.Join("+", Enumerable.Repeat("1", 1_001))));
    }

    [Fact]
    public void Repetitions_that_the_language_promises_are_allowed()
    {
        Assert.True(Evaluation.Value(string.Join(" || ", Enumerable.Repeat("false", 1_000)) + " || true").IsTrue);
        Assert.Equal(300, Evaluation.Value(string.Join(" + ", Enumerable.Repeat("1", 300))).AsInt());
    }

    [Theory]
    [InlineData("spindle_temperature > 65.0 && state == \"producing\"")]
    [InlineData("(spindle_temperature - 32.0) * 5.0 / 9.0 > 20.0 || count % 2 == 0")]
    [InlineData("state in ['producing', 'idle'] ? count > 3 : spindle_temperature < 0.0")]
    [InlineData("state.startsWith('prod') && state.size() > 3")]
    public void A_typical_condition_allocates_nothing(string source)
    {
        var slots = Evaluation.Machine.Bind([("spindle_temperature", 70.5), ("state", "producing"), ("count", 4L)]);
        var program = Evaluation.Machine.Compile(source, CelType.Bool).Require();
        Assert.True(program.Run(slots).IsTrue);
        var none = TestContext.Current.CancellationToken;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            program.Evaluate(slots, null, none);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
