using Jingwei.Identifiers.Gs1;
using Jingwei.Identifiers.Gs1.Content;
using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Tests.Identifiers.Gs1;

/// <summary>Values of elements: GS1 General Specifications, sections 3 and 7, and the standards that they refer to.</summary>
public sealed class ElementContentTests
{
    [Theory]
    [InlineData("629104150021", '3')] // General Specifications, 7.9.1, the example of the calculation for GTIN-13.
    [InlineData("37610425002123456", '9')] // The same, for SSCC.
    [InlineData("0950600013435", '2')]
    [InlineData("", '0')]
    public void The_check_digit_is_that_of_the_general_specifications(string digits, char expected)
    {
        Assert.Equal(expected, CheckDigit.Of(digits));
        Assert.True(CheckDigit.IsRight(digits + expected));
        Assert.False(CheckDigit.IsRight(digits + (char)('0' + ((expected - '0' + 1) % 10))));
    }

    [Theory]
    [InlineData("1987654Ad4X4bL5ttr2310c", "2K")] // General Specifications, 7.9.5, the example of a Global Model Number.
    [InlineData("", "22")]
    [InlineData("é", null)]
    public void The_check_pair_is_that_of_the_general_specifications(string text, string? expected)
    {
        Assert.Equal(expected, CheckPair.Of(text));
        Assert.Equal(expected is not null, CheckPair.IsRight(text + (expected ?? "22")));
        Assert.False(CheckPair.IsRight(text + "ZZ"));
    }

    [Theory]
    [InlineData("00", "376104250021234569")]
    [InlineData("01", "09506000134352")]
    [InlineData("10", "ABC!\"%&'()*+,-./:;<")]
    [InlineData("11", "240229")]
    [InlineData("17", "261200")]
    [InlineData("253", "4012345555554")]
    [InlineData("253", "401234555555498")]
    [InlineData("3910", "978123")]
    [InlineData("4307", "CN")]
    [InlineData("4309", "02790858483015297971")]
    [InlineData("4309", "18000000003600000000")]
    [InlineData("4300", "%E7%BB%8F%E7%BA%AC")]
    [InlineData("4321", "1")]
    [InlineData("4324", "2611292359")]
    [InlineData("4330", "001234-")]
    [InlineData("423", "156392")]
    [InlineData("7007", "261129")]
    [InlineData("7007", "261129261130")]
    [InlineData("7011", "2611292359")]
    [InlineData("7030", "999ABC")]
    [InlineData("7040", "1ABC")]
    [InlineData("7041", "9")]
    [InlineData("7241", "10")]
    [InlineData("7250", "19000228")]
    [InlineData("7252", "9")]
    [InlineData("7258", "1/3")]
    [InlineData("8001", "00010000100109")]
    [InlineData("8003", "04012345666663")]
    [InlineData("8006", "040123451234560102")]
    [InlineData("8007", "GB82WEST12345698765432")]
    [InlineData("8007", "NO9386011117947")]
    [InlineData("8008", "26112923")]
    [InlineData("8008", "261129235959")]
    [InlineData("8010", "4012345ABC-#/")]
    [InlineData("8011", "123456789012")]
    [InlineData("8013", "1987654Ad4X4bL5ttr2310c2K")]
    [InlineData("8030", "ab_-")]
    [InlineData("8030", "ab-_a=")]
    [InlineData("8110", "012345612345611110123")]
    [InlineData("8112", "001234561234560123456")]
    [InlineData("98", "x")]
    public void A_right_value_is_right(string identifier, string value) =>
        Assert.Null(ApplicationIdentifier.Find(identifier)!.Check(value));

    [Theory]
    [InlineData("01", "", Gs1ProblemCode.EmptyValue, 0)]
    [InlineData("01", "0950600013435", Gs1ProblemCode.TooShort, 0)]
    [InlineData("01", "095060001343521", Gs1ProblemCode.TooLong, 14)]
    [InlineData("01", "0950600013435A", Gs1ProblemCode.InvalidCharacter, 13)]
    [InlineData("01", "09506000134353", Gs1ProblemCode.WrongCheckDigit, 13)]
    [InlineData("10", "A B", Gs1ProblemCode.InvalidCharacter, 1)]
    [InlineData("10", "ABC#", Gs1ProblemCode.InvalidCharacter, 3)]
    [InlineData("11", "261300", Gs1ProblemCode.InvalidDate, 2)]
    [InlineData("11", "250229", Gs1ProblemCode.InvalidDate, 4)]
    [InlineData("7006", "261100", Gs1ProblemCode.InvalidDate, 4)]
    [InlineData("7250", "19000229", Gs1ProblemCode.InvalidDate, 6)]
    [InlineData("253", "401234555555A", Gs1ProblemCode.InvalidCharacter, 12)]
    [InlineData("253", "4012345555554 ", Gs1ProblemCode.InvalidCharacter, 13)]
    [InlineData("253", "4012345555554ABCDEFGHIJKLMNOPQR", Gs1ProblemCode.TooLong, 30)]
    [InlineData("3910", "000123", Gs1ProblemCode.InvalidCode, 0)]
    [InlineData("3910", "978", Gs1ProblemCode.TooShort, 3)]
    [InlineData("4307", "QQ", Gs1ProblemCode.InvalidCode, 0)]
    [InlineData("4309", "18000000013600000000", Gs1ProblemCode.InvalidNumber, 0)]
    [InlineData("4309", "18000000003600000001", Gs1ProblemCode.InvalidNumber, 10)]
    [InlineData("4300", "a%2", Gs1ProblemCode.InvalidPercentEncoding, 1)]
    [InlineData("4300", "a%41%4G", Gs1ProblemCode.InvalidPercentEncoding, 4)]
    [InlineData("4321", "2", Gs1ProblemCode.InvalidCode, 0)]
    [InlineData("4324", "2611292400", Gs1ProblemCode.InvalidTime, 6)]
    [InlineData("4324", "2611292360", Gs1ProblemCode.InvalidTime, 8)]
    [InlineData("4330", "001234+", Gs1ProblemCode.InvalidCode, 6)]
    [InlineData("423", "156000", Gs1ProblemCode.InvalidCode, 3)]
    [InlineData("423", "15639", Gs1ProblemCode.TooShort, 3)]
    [InlineData("7030", "000ABC", Gs1ProblemCode.InvalidCode, 0)]
    [InlineData("7040", "1AB+", Gs1ProblemCode.InvalidCode, 3)]
    [InlineData("7041", "0000", Gs1ProblemCode.InvalidCode, 0)]
    [InlineData("7241", "11", Gs1ProblemCode.InvalidCode, 0)]
    [InlineData("7252", "3", Gs1ProblemCode.InvalidCode, 0)]
    [InlineData("7258", "3/1", Gs1ProblemCode.InvalidNumber, 0)]
    [InlineData("7258", "0/1", Gs1ProblemCode.InvalidNumber, 0)]
    [InlineData("7258", "1//", Gs1ProblemCode.Malformed, 0)]
    [InlineData("8001", "00000000100109", Gs1ProblemCode.InvalidNumber, 0)]
    [InlineData("8001", "00010000100129", Gs1ProblemCode.InvalidCode, 12)]
    [InlineData("8003", "14012345666663", Gs1ProblemCode.InvalidNumber, 0)]
    [InlineData("8004", "401A", Gs1ProblemCode.InvalidCompanyPrefix, 3)]
    [InlineData("8004", "401", Gs1ProblemCode.TooShort, 0)]
    [InlineData("8006", "040123451234560302", Gs1ProblemCode.InvalidNumber, 14)]
    [InlineData("8006", "040123451234560002", Gs1ProblemCode.InvalidNumber, 14)]
    [InlineData("8007", "GB82WEST12345698765433", Gs1ProblemCode.WrongCheckDigit, 2)]
    [InlineData("8007", "QQ82WEST12345698765432", Gs1ProblemCode.InvalidCode, 0)]
    [InlineData("8007", "GB82WEST123456987654-2", Gs1ProblemCode.InvalidCharacter, 20)]
    [InlineData("8007", "GB82", Gs1ProblemCode.TooShort, 0)]
    [InlineData("8008", "26112924", Gs1ProblemCode.InvalidTime, 6)]
    [InlineData("8010", "4012345abc", Gs1ProblemCode.InvalidCharacter, 7)]
    [InlineData("8011", "0123", Gs1ProblemCode.InvalidNumber, 0)]
    [InlineData("8013", "1987654Ad4X4bL5ttr2310c2J", Gs1ProblemCode.WrongCheckPair, 23)]
    [InlineData("8014", "198722", Gs1ProblemCode.WrongCheckPair, 4)]
    [InlineData("8030", "a=b", Gs1ProblemCode.InvalidCharacter, 1)]
    [InlineData("8030", "ab==", Gs1ProblemCode.InvalidCharacter, 2)]
    [InlineData("8110", "01234", Gs1ProblemCode.InvalidCoupon, 1)]
    [InlineData("8110", "71234567890123", Gs1ProblemCode.InvalidCoupon, 0)]
    [InlineData("8110", "01234561234560", Gs1ProblemCode.InvalidCoupon, 13)]
    [InlineData("8110", "0123456123456111101", Gs1ProblemCode.InvalidCoupon, 18)]
    [InlineData("8110", "0123456123456111101230", Gs1ProblemCode.InvalidCoupon, 21)]
    [InlineData("8110", "0123456123456111101233261332", Gs1ProblemCode.InvalidDate, 24)]
    [InlineData("8110", "01234561234561111012332611294261130", Gs1ProblemCode.InvalidCoupon, 29)]
    [InlineData("8112", "201234561234560123456", Gs1ProblemCode.InvalidCoupon, 0)]
    [InlineData("8112", "0012345612345601234567", Gs1ProblemCode.InvalidCoupon, 21)]
    public void A_wrong_value_is_wrong_where_it_stands(string identifier, string value, Gs1ProblemCode code, int position)
    {
        var problem = ApplicationIdentifier.Find(identifier)!.Check(value)!;
        Assert.Equal((code, position), (problem.Code, problem.Position));
    }

    [Fact]
    public void A_coupon_may_have_every_optional_field()
    {
        var coupon = "0123456" + "123456" + "11" + "110123" // company prefix, offer code, save value 1, first purchase
            + "1" + "0" + "110123" + "9" // second purchase, without a company of its own
            + "3261231" + "4260101" // last and first day
            + "90000"; // save value code, item, store coupon, multiplying
        Assert.Null(ApplicationIdentifier.Find("8110")!.Check(coupon));
        Assert.Equal(Gs1ProblemCode.InvalidCoupon, ApplicationIdentifier.Find("8110")!.Check(string.Concat(coupon.AsSpan(0, coupon.Length - 1), "2"))!.Code);
        Assert.Equal(Gs1ProblemCode.InvalidCoupon, ApplicationIdentifier.Find("8110")!.Check(coupon.AsSpan(0, coupon.Length - 1))!.Code);
    }

    [Fact]
    public void Any_text_is_right_or_wrong_for_every_identifier()
    {
        var random = new Random(20261129);
        const string characters = "0012345678999ABZaz-/%+#=é\0";
        foreach (var identifier in ApplicationIdentifier.All)
        {
            for (var i = 0; i < 50; i++)
            {
                var value = new string([.. Enumerable.Range(0, random.Next(0, identifier.Longest + 2)).Select(_ => characters[random.Next(i % 2 == 0 ? 13 : characters.Length)])]);
                var problem = identifier.Check(value);
                Assert.True(problem is null || (problem.Position >= 0 && problem.Position <= value.Length), $"{identifier.Code} {value} {problem}");
            }
        }
    }
}
