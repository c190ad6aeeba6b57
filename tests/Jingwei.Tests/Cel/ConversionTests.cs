using Jingwei.Cel;

namespace Jingwei.Tests.Cel;

/// <summary>Language definition, "Standard Definitions": conversions and regular expressions.</summary>
public sealed class ConversionTests
{
    [Theory]
    [InlineData("int(-7.9)", "-7")]
    [InlineData("int('-12')", "-12")]
    [InlineData("uint('300')", "300u")]
    [InlineData("double('1e3')", "1000.0")]
    [InlineData("string(12u) + string(1.5) + string(true)", "\"121.5true\"")]
    [InlineData("bool('TRUE')", "true")]
    [InlineData("string(b'\\303\\277')", "\"ÿ\"")]
    public void Conversions_give_the_value_in_the_other_type(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Value(source).ToString());

    [Theory]
    [InlineData("int(9223372036854775808.0)", CelErrorCode.Range)]
    [InlineData("int(0.0 / 0.0)", CelErrorCode.Range)]
    [InlineData("int(18446744073709551615u)", CelErrorCode.Range)]
    [InlineData("uint(-1)", CelErrorCode.Range)]
    [InlineData("uint(18446744073709551616.0)", CelErrorCode.Range)]
    [InlineData("int(' 1')", CelErrorCode.Invalid)]
    [InlineData("double('1,5')", CelErrorCode.Invalid)]
    [InlineData("bool('FaLsE')", CelErrorCode.Invalid)]
    [InlineData("string(b'\\xff')", CelErrorCode.Invalid)]
    public void What_does_not_fit_is_an_error(string source, CelErrorCode expected) =>
        Assert.Equal(expected, Evaluation.Error(source).Code);

    [Theory]
    [InlineData("'hubba'.matches('ubb')", true)]
    [InlineData("matches('a1', r'^[a-z]\\d$')", true)]
    [InlineData(@"'٣'.matches(r'\d')", false)]
    [InlineData(@"'水'.matches(r'\w')", false)]
    [InlineData(@"'水'.matches(r'\p{Han}')", true)]
    [InlineData(@"'水'.matches(r'[\W]')", true)]
    [InlineData("'a\\n'.matches('a$')", false)]
    [InlineData("'a\\nb'.matches('(?m)a$')", true)]
    [InlineData("'ABC'.matches('(?i)abc')", true)]
    [InlineData("'a.b'.matches(r'\\Qa.b\\E')", true)]
    [InlineData("'axb'.matches(r'\\Qa.b\\E')", false)]
    [InlineData("'x-'.matches('^[a-z-[aeiou]+$')", true)]
    [InlineData("'7f'.matches('^[[:xdigit:]]{2}$')", true)]
    [InlineData("'😀'.matches(r'\\x{1F600}')", true)]
    [InlineData("'aa'.matches('(?P<x>a){2}')", true)]
    public void Patterns_follow_RE2(string source, bool expected) =>
        Assert.Equal(expected, Evaluation.Value(source).AsBool());

    [Theory]
    [InlineData(@"(a)\\1")]
    [InlineData("a(?=b)")]
    [InlineData("(?<!a)b")]
    [InlineData("a{1001}")]
    [InlineData("((a{100}){100}){100}")]
    [InlineData("[")]
    [InlineData("(")]
    [InlineData("*a")]
    public void What_RE2_refuses_is_an_error(string pattern) =>
        Assert.Equal(CelErrorCode.Invalid, Evaluation.Error($"'b'.matches('{pattern}')").Code);
}
