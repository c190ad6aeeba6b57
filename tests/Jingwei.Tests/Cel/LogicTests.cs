using Jingwei.Cel;

namespace Jingwei.Tests.Cel;

/// <summary>Language definition, "Logical Operators" and "Macros".</summary>
public sealed class LogicTests
{
    [Theory]
    [InlineData("1 / 0 > 1 || true", true)]
    [InlineData("true || 1 / 0 > 1", true)]
    [InlineData("1 / 0 > 1 && false", false)]
    [InlineData("false && 1 / 0 > 1", false)]
    [InlineData("dyn('text') || true", true)]
    [InlineData("1 / 0 > 1 || 2 / 0 > 1 || true", true)]
    [InlineData("true ? true : 1 / 0 > 1", true)]
    [InlineData("[1, 0, 2].exists(x, 10 / x == 5)", true)]
    [InlineData("[0, 1].all(x, 10 / x == 5)", false)]
    public void An_operand_that_decides_hides_the_errors_of_the_others(string source, bool expected) =>
        Assert.Equal(expected, Evaluation.Value(source).AsBool());

    [Theory]
    [InlineData("1 / 0 > 1 || false")]
    [InlineData("false || 1 / 0 > 1")]
    [InlineData("1 / 0 > 1 && true")]
    [InlineData("1 / 0 > 1 ? 1 : 2")]
    [InlineData("[0, 1].exists(x, 10 / x == 5)")]
    [InlineData("[0, 1].exists_one(x, 10 / x == 10)")]
    [InlineData("[0, 1].map(x, 10 / x)")]
    [InlineData("[0, 1].filter(x, 10 / x == 10)")]
    public void An_error_that_nothing_decides_over_is_the_result(string source) =>
        Assert.Equal(CelErrorCode.DivideByZero, Evaluation.Error(source).Code);

    [Theory]
    [InlineData("[1, 2, 3].map(x, x * x)", "[1, 4, 9]")]
    [InlineData("[1, 2, 3].map(x, x > 1, x * x)", "[4, 9]")]
    [InlineData("[1, 2, 3].filter(x, x % 2 == 1)", "[1, 3]")]
    [InlineData("{'a': 1, 'b': 2}.filter(k, k != 'a')", "[\"b\"]")]
    [InlineData("[1, 2, 2].exists_one(x, x == 2)", "false")]
    [InlineData("[].all(x, false) && ![].exists(x, true)", "true")]
    [InlineData("[1, 2].map(x, [3, 4].map(y, x * y))", "[[3, 4], [6, 8]]")]
    [InlineData("[1].map(x, [2].map(x, x))", "[[2]]")]
    [InlineData("[5, 7].transformList(i, v, i * v)", "[0, 7]")]
    [InlineData("{'a': 1, 'b': 2}.transformMap(k, v, v > 1, k + k)", "{\"b\": \"bb\"}")]
    [InlineData("{'a': 'x'}.transformMapEntry(k, v, {v: k})", "{\"x\": \"a\"}")]
    [InlineData("{'a': 1}.exists(k, v, k == 'a' && v == 1)", "true")]
    [InlineData("cel.bind(x, 2, x * x)", "4")]
    [InlineData("cel.block([2, cel.index(0) * 3], cel.index(0) + cel.index(1))", "8")]
    [InlineData("cel.block([1 / 0, 7], cel.index(1))", "7")]
    [InlineData("cel.block([[1, 2]], cel.index(0).map(cel.iterVar(0, 0), cel.iterVar(0, 0) + 1))", "[2, 3]")]
    public void Macros_go_through_lists_and_maps(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Value(source).ToString());

    [Fact]
    public void Has_tells_whether_a_key_is_there() =>
        Assert.True(Evaluation.Value("has({'a': 1}.a) && !has({'a': 1}.b)").IsTrue);
}
