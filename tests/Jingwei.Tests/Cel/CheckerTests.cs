using Jingwei.Cel;

namespace Jingwei.Tests.Cel;

/// <summary>Language definition, "Gradual Type Checking"; and what an author is told.</summary>
public sealed class CheckerTests
{
    [Theory]
    [InlineData("spindl_temperature > 65.0", "1:1: unknown name 'spindl_temperature'; did you mean 'spindle_temperature'?")]
    [InlineData("state.startWith('p')", "1:7: unknown function 'startWith'; did you mean 'startsWith'?")]
    [InlineData("spindle_temperature == 65", "1:21: '==' cannot be applied to double and int: write whole numbers with a point (65.0), or use double()")]
    [InlineData("count + 1.5 > 2.0", "1:7: '+' cannot be applied to int and double: write whole numbers with a point (65.0), or use double()")]
    [InlineData("count && true", "1:1: '&&' joins conditions, and this is int, not bool")]
    [InlineData("state = 'a'", "1:7: unexpected character '=': to compare write '=='")]
    [InlineData("state == “a”", "1:10: unexpected character '“': write the half-width form|1:11: 'a' |")]
    [InlineData("contains(state, 'a')", "1:1: 'contains' is called on a value: x.contains(...)")]
    [InlineData("state.contains(1)", "1:7: no form of 'contains' fits string.contains(int); there is string.contains(string)")]
    [InlineData("tags.exists(1, true)", "1:13: exists() first takes the name of a new variable, for example exists(x, ...)")]
    [InlineData("has(state)", "1:5: has() takes the field of something, for example has(order.customer)")]
    [InlineData("count ? 1 : 2", "1:1: before '?' stands a condition, and this is int, not bool")]
    [InlineData("true ? 1 : 'a'", "1:6: both sides of ':' must have one type, not int and string")]
    [InlineData("count.exists(x, true)", "1:1: a list or map is needed to go through, and this is int")]
    [InlineData("(count > 1", "1:11: expected ')', found the end")]
    [InlineData("count > ", "1:9: expected a value, found the end")]
    [InlineData("for > 1", "1:1: 'for' is a reserved word and cannot be a name")]
    [InlineData("cel.block([1], cel.index(1))", "1:20: unknown name 'cel.index(1)'; did you mean 'cel.index(0)'?")]
    [InlineData("cel.block(1, 2)", "1:11: the first argument of cel.block() is a list of expressions: cel.block([...], ...)")]
    [InlineData("cel.index('a')", "1:5: cel.index() takes numbers only")]
    [InlineData("math.abz(1)", "1:6: unknown function 'math.abz'; did you mean 'math.abs'?")]
    [InlineData("'abc", "1:1: the text that starts here has no closing '")]
    [InlineData("99999999999999999999 > 1", "1:1: the integer 99999999999999999999 does not fit 64 bits")]
    public void An_issue_says_where_and_what_in_the_words_of_an_author(string source, string expected)
    {
        var first = expected.Split('|')[0];
        Assert.Equal(first, Evaluation.Issues(Evaluation.Machine, source)[0]);
    }

    [Fact]
    public void Every_issue_is_listed_with_its_line_and_column() =>
        Assert.Equal(
            [
                "1:2: unknown name 'a'",
                "2:3: unknown name 'stat'; did you mean 'state'?",
                "3:7: '+' cannot be applied to int and string",
            ],
            Evaluation.Issues(Evaluation.Machine, "[a,\n  stat,\ncount + '水', 1]"));

    [Fact]
    public void Columns_count_characters_not_utf16_units() =>
        Assert.Equal(["1:8: unknown name 'x'"], Evaluation.Issues(Evaluation.Empty, "'😀' == x").Select(issue => issue));

    [Fact]
    public void The_expected_type_is_demanded()
    {
        Assert.Equal(["1:1: the expression gives int, but bool is needed here"], Evaluation.Issues(Evaluation.Machine, "count + 1", CelType.Bool));
        Assert.Empty(Evaluation.Issues(Evaluation.Machine, "count > 1", CelType.Bool));
        Assert.Empty(Evaluation.Issues(Evaluation.Machine, "dyn(count)", CelType.Bool));
    }

    [Theory]
    [InlineData("[1, 2]", "list(int)")]
    [InlineData("[1, 'a']", "list(dyn)")]
    [InlineData("{'a': [1.0]}", "map(string, list(double))")]
    [InlineData("tags.map(t, size(t))", "list(int)")]
    [InlineData("tags[0]", "string")]
    [InlineData("count > 1 ? spindle_temperature : 0.0", "double")]
    [InlineData("timestamp('2020-01-01T00:00:00Z') - timestamp(0)", "duration")]
    [InlineData("[] + [1]", "list(int)")]
    [InlineData("type(1)", "type(int)")]
    public void The_type_of_an_expression_is_found(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Machine.Compile(source).Require().ResultType.ToString());

    [Fact]
    public void Abstract_types_are_told_apart_by_their_names_and_arguments()
    {
        var (a, b) = (CelType.Parameter("A"), CelType.Parameter("B"));
        var pair = new CelFunction("pair", "Two values.", [new CelOverload([a, b], CelType.Abstract("pair", a, b), (_, _) => CelValue.Null)]);
        var first = new CelFunction("left", "The first of two.", [new CelOverload([CelType.Abstract("pair", a, b)], a, (_, _) => CelValue.Null)]);
        var environment = new CelEnvironment([], functions: [pair, first]);
        Assert.Equal("pair(int, string)", environment.Compile("pair(1, 'a')").Require().ResultType.ToString());
        Assert.Equal("int", environment.Compile("left(pair(1, 'a'))").Require().ResultType.ToString());
        Assert.Equal("bool", environment.Compile("pair(1, 2u) == pair(dyn(1), 2u)").Require().ResultType.ToString());
        Assert.Equal(
            ["1:12: '==' cannot be applied to pair(int, int) and pair(int, string)"], Evaluation.Issues(environment, "pair(1, 2) == pair(1, 'a')"));
    }

    [Fact]
    public void Unchecked_sources_fail_when_they_run()
    {
        var program = Evaluation.Machine.CompileUnchecked("state + count > nothing").Require();
        var error = program.Run(Evaluation.Machine.Bind([("state", "a"), ("count", 1L)])).AsError();
        Assert.Equal("1:7: no such overload: + of string and int", error.ToString());
    }
}
