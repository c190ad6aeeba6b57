using Jingwei.Cel;

namespace Jingwei.Tests.Cel;

/// <summary>Language definition, "Values" and "Equality".</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("9223372036854775807 + 1")]
    [InlineData("-9223372036854775808 - 1")]
    [InlineData("9223372036854775807 * 2")]
    [InlineData("-(-9223372036854775808)")]
    [InlineData("-9223372036854775808 / -1")]
    [InlineData("-9223372036854775808 % -1")]
    [InlineData("18446744073709551615u + 1u")]
    [InlineData("0u - 1u")]
    [InlineData("18446744073709551615u * 2u")]
    public void Integer_overflow_is_a_range_error(string source) =>
        Assert.Equal(CelErrorCode.Range, Evaluation.Error(source).Code);

    [Theory]
    [InlineData("1 / 0")]
    [InlineData("1u / 0u")]
    [InlineData("1 % 0")]
    [InlineData("1u % 0u")]
    public void Integer_division_by_zero_is_an_error(string source) =>
        Assert.Equal(CelErrorCode.DivideByZero, Evaluation.Error(source).Code);

    [Fact]
    public void Double_division_by_zero_is_infinite() => Assert.Equal(double.PositiveInfinity, Evaluation.Value("1.0 / 0.0").AsDouble());

    [Theory]
    [InlineData("-7 / 2", -3)]
    [InlineData("-7 % 2", -1)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("0x7fffffffffffffff", long.MaxValue)]
    public void Integers_truncate_and_reach_both_ends(string source, long expected) =>
        Assert.Equal(expected, Evaluation.Value(source).AsInt());

    [Theory]
    [InlineData("dyn(1) == 1u")]
    [InlineData("dyn(1) == 1.0")]
    [InlineData("dyn(1u) == 1.0")]
    [InlineData("dyn(-1) != 18446744073709551615u")]
    [InlineData("dyn(1) != '1'")]
    [InlineData("dyn([1, 2.0, 3u]) == [1u, 2, 3.0]")]
    [InlineData("{1: 'a', 'b': 2u} == {'b': dyn(2), 1u: dyn('a')}")]
    [InlineData("0.0 / 0.0 != 0.0 / 0.0")]
    [InlineData("{1: 'a'}[dyn(1.0)] == 'a'")]
    [InlineData("dyn(2u) in [1, 2, 3]")]
    [InlineData("dyn(3.0) in {3: true}")]
    public void Numbers_of_different_types_are_equal_when_they_are_one_number(string source) =>
        Assert.Equal(CelValue.True, Evaluation.Value(source));

    [Theory]
    [InlineData("1 < 1.5")]
    [InlineData("2u > 1")]
    [InlineData("-1 < 0u")]
    [InlineData("18446744073709551615u > 9223372036854775807")]
    [InlineData("!(0.0 / 0.0 < 1.0) && !(0.0 / 0.0 >= 1.0)")]
    [InlineData("'a' < 'b' && 'a' < 'aa' && b'a' < b'b' && false < true")]
    [InlineData("'\\uFFFD' < '\\U0001F600'")]
    public void Ordering_spans_numbers_and_follows_code_points(string source) =>
        Assert.Equal(CelValue.True, Evaluation.Value(source));

    [Theory]
    [InlineData("size('水温')", 2)]
    [InlineData("size('\\U0001F600')", 1)]
    [InlineData("bytes('水').size()", 3)]
    [InlineData("[1, 2].size() + size({'a': 1})", 3)]
    public void Size_counts_code_points_octets_and_entries(string source, long expected) =>
        Assert.Equal(expected, Evaluation.Value(source).AsInt());

    [Fact]
    public void Maps_keep_their_order_and_refuse_a_key_twice()
    {
        Assert.Equal("{\"b\": 1, \"a\": 2}", Evaluation.Value("{'b': 1, 'a': 2}").ToString());
        Assert.Equal("1:1: repeated key: 1u", Evaluation.Error("{1: 'a', dyn(1u): 'b'}").ToString());
        Assert.Equal(CelErrorCode.Invalid, Evaluation.Error("{dyn(1.5): 'a'}").Code);
    }

    [Fact]
    public void Types_are_values() =>
        Assert.True(Evaluation.Value("type(1) == int && type(type(1)) == type && type([1]) == list && type(null) == null_type").IsTrue);
}
