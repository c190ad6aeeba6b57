using Jingwei.Cel;

namespace Jingwei.Tests.Cel;

/// <summary>The strings (doc/extensions/strings.md of the specification), math and encoders extensions.</summary>
public sealed class ExtensionTests
{
    [Theory]
    [InlineData("'水温高'.charAt(1)", "\"温\"")]
    [InlineData("'水😀高'.indexOf('高')", "2")]
    [InlineData("'水😀高水'.lastIndexOf('水', 2)", "0")]
    [InlineData("'水😀高'.substring(1, 2)", "\"😀\"")]
    [InlineData("'水😀'.reverse()", "\"😀水\"")]
    [InlineData("'a,b,c'.split(',', 2)", "[\"a\", \"b,c\"]")]
    [InlineData("'水温'.split('')", "[\"水\", \"温\"]")]
    [InlineData("['a', 'b'].join('-')", "\"a-b\"")]
    [InlineData("'ab'.replace('', '-')", "\"-a-b-\"")]
    [InlineData("'aaa'.replace('a', 'b', 2)", "\"bba\"")]
    [InlineData("'ÆbC'.upperAscii() + 'ÆbC'.lowerAscii()", "\"ÆBCÆbc\"")]
    [InlineData("'%s at %.1f, %d%%'.format(['水温', 66.25, 5])", "\"水温 at 66.2, 5%\"")]
    [InlineData("'%x %X %o %b %e'.format([-30, 'a', 8u, true, 1052.0])", "\"-1e 61 10 1 1.052000e+03\"")]
    public void Text_is_cut_searched_and_formatted_by_code_points(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Value(source).ToString());

    [Theory]
    [InlineData("math.greatest(1, 2u, dyn(1.5))", "2u")]
    [InlineData("math.least([3, 1, 2])", "1")]
    [InlineData("math.round(-1.5)", "-2.0")]
    [InlineData("math.abs(-3)", "3")]
    [InlineData("math.sign(-0.5)", "-1.0")]
    [InlineData("math.bitShiftRight(-1, 63)", "1")]
    [InlineData("math.bitAnd(6u, 3u)", "2u")]
    public void Numbers_are_rounded_chosen_and_masked(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Value(source).ToString());

    [Theory]
    [InlineData("base64.encode(b'hello')", "\"aGVsbG8=\"")]
    [InlineData("base64.encode(b'')", "\"\"")]
    [InlineData("string(base64.decode('aGVsbG8='))", "\"hello\"")]
    [InlineData("string(base64.decode('aGVsbG8'))", "\"hello\"")]
    [InlineData("string(base64.decode('aGVs\\r\\nbG8='))", "\"hello\"")]
    [InlineData("base64.decode('+/8=')", "b'FBFF'")]
    [InlineData("base64.decode('')", "b''")]
    public void Bytes_are_written_in_base64_and_read_with_or_without_padding(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Value(source).ToString());

    [Theory]
    [InlineData("base64.decode('a')", CelErrorCode.Invalid)]
    [InlineData("base64.decode('aGVsbG8==')", CelErrorCode.Invalid)]
    [InlineData("base64.decode('aGV sbG8=')", CelErrorCode.Invalid)]
    [InlineData("base64.decode('-_8=')", CelErrorCode.Invalid)]
    [InlineData("base64.decode('水')", CelErrorCode.Invalid)]
    [InlineData("'abc'.charAt(4)", CelErrorCode.Range)]
    [InlineData("'abc'.substring(2, 1)", CelErrorCode.Range)]
    [InlineData("'%d'.format([])", CelErrorCode.Invalid)]
    [InlineData("'%.'.format([1])", CelErrorCode.Invalid)]
    [InlineData("math.abs(-9223372036854775808)", CelErrorCode.Range)]
    [InlineData("math.bitShiftLeft(1, -1)", CelErrorCode.Invalid)]
    [InlineData("math.least(dyn([]))", CelErrorCode.Invalid)]
    public void What_is_out_of_range_is_an_error(string source, CelErrorCode expected) =>
        Assert.Equal(expected, Evaluation.Error(source).Code);
}
