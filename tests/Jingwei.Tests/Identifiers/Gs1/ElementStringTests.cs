using FsCheck;
using FsCheck.Fluent;
using Jingwei.Identifiers.Gs1;
using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Tests.Identifiers.Gs1;

/// <summary>Element strings: GS1 General Specifications, 7.8 and 4.13.</summary>
public sealed class ElementStringTests
{
    [Fact]
    public void The_form_for_people_and_that_of_scanners_say_the_same()
    {
        var read = ElementString.Read("(01)09506000134352(10)A(B(17)261129(21)1").Problem!;
        Assert.Equal((Gs1ProblemCode.UnknownIdentifier, 24), (read.Code, read.Position));

        var elements = ElementString.Read("(01)09506000134352(10)A\\(B(17)261129(21)1").Value!;
        Assert.Equal([new Gs1Element("01", "09506000134352"), new("10", "A(B"), new("17", "261129"), new("21", "1")], elements.Elements);
        Assert.Equal("(01)09506000134352(10)A\\(B(17)261129(21)1", elements.ToString());
        Assert.Equal("010950600013435210A(B\u001D17261129211", elements.ToScan());
        Assert.Equal("A(B", elements.Find("10"));
        Assert.Null(elements.Find("22"));
        foreach (var start in (string[])["", "\u001D", "]C1", "]d2", "]Q3\u001D"])
        {
            Assert.Equal(elements, ElementString.ReadScan(start + elements.ToScan()).Value);
        }

        // A separator behind a predefined length is not needed and does no harm.
        Assert.Equal(elements, ElementString.ReadScan("0109506000134352\u001D10A(B\u001D17261129\u001D211\u001D").Value);
    }

    [Theory]
    [InlineData("", Gs1ProblemCode.Malformed, 0)]
    [InlineData("\u001D", Gs1ProblemCode.Malformed, 1)]
    [InlineData("0", Gs1ProblemCode.UnknownIdentifier, 0)]
    [InlineData("89X", Gs1ProblemCode.UnknownIdentifier, 0)]
    [InlineData("311", Gs1ProblemCode.UnknownIdentifier, 0)]
    [InlineData("01095060001343", Gs1ProblemCode.TooShort, 2)]
    [InlineData("0109506000134352\u001D", null, 0)]
    [InlineData("0109506000134352\u001D\u001D", Gs1ProblemCode.UnknownIdentifier, 17)]
    [InlineData("10", Gs1ProblemCode.EmptyValue, 2)]
    [InlineData("31\u001D00000195", Gs1ProblemCode.UnknownIdentifier, 0)]
    public void A_scan_is_refused_where_it_is_wrong(string scan, Gs1ProblemCode? code, int position)
    {
        var problem = ElementString.ReadScan(scan).Problem;
        Assert.Equal((code, position), (problem?.Code, problem?.Position ?? 0));
    }

    [Theory]
    [InlineData("0109506000134352", Gs1ProblemCode.Malformed, 0)]
    [InlineData("(01", Gs1ProblemCode.Malformed, 0)]
    [InlineData("()1", Gs1ProblemCode.UnknownIdentifier, 1)]
    [InlineData("(01)", Gs1ProblemCode.EmptyValue, 4)]
    [InlineData("(01)0950600013435 ", Gs1ProblemCode.InvalidCharacter, 17)]
    [InlineData("(89)1", Gs1ProblemCode.UnknownIdentifier, 1)]
    public void The_form_for_people_is_refused_where_it_is_wrong(string text, Gs1ProblemCode code, int position)
    {
        var problem = ElementString.Read(text).Problem!;
        Assert.Equal((code, position), (problem.Code, problem.Position));
    }

    [Fact]
    public void What_goes_over_a_limit_is_not_read()
    {
        Assert.Equal(Gs1ProblemCode.TooLarge, ElementString.Read(new string('(', 8_192)).Problem!.Code);
        Assert.Equal(Gs1ProblemCode.TooLarge, ElementString.ReadScan("99" + new string('A', 8_190)).Problem!.Code);
        Assert.Equal(Gs1ProblemCode.TooManyElements, ElementString.Read(string.Concat(Enumerable.Repeat("(99)A", 65))).Problem!.Code);
        Assert.Equal(64, ElementString.Read(string.Concat(Enumerable.Repeat("(99)A", 64))).Value!.Elements.Count);
    }

    [Theory]
    [InlineData("(89)A", true)]
    [InlineData("(8900)A", true)]
    [InlineData("(0)A", false)]
    [InlineData("(0100)A", false)]
    [InlineData("(318)A", false)]
    [InlineData("(x1)A", false)]
    public void Identifiers_that_may_be_one_day_are_taken_where_that_is_allowed(string text, bool expected) =>
        Assert.Equal(expected, ElementString.Read(text, new() { AllowsUnknown = true }).IsValid);

    [Theory]
    [InlineData("(01)09506000134352(10)A(21)1(17)261129")]
    [InlineData("(00)376104250021234569(02)09506000134352(37)12(10)A")]
    [InlineData("(8006)040123451234560102(21)1")]
    [InlineData("(414)4012345000115(254)1")]
    [InlineData("(01)09506000134352(3103)000195(3922)0299")]
    [InlineData("(01)09506000134352(01)09506000134352")]
    public void Elements_that_go_together_go_together(string text) => Assert.Empty(ElementString.Read(text).Value!.CheckCompanions());

    [Theory]
    [InlineData("(10)A", Gs1ProblemCode.MissingCompanion, 0)]
    [InlineData("(37)12", Gs1ProblemCode.MissingCompanion, 0)]
    [InlineData("(01)09506000134352(250)A", Gs1ProblemCode.MissingCompanion, 1)]
    [InlineData("(01)09506000134352(37)12(00)376104250021234569(02)09506000134352", Gs1ProblemCode.ExcludedCompanion, 0, Gs1ProblemCode.ExcludedCompanion, 3)]
    [InlineData("(01)09506000134352(3103)000195(3102)001950", Gs1ProblemCode.ExcludedCompanion, 1, Gs1ProblemCode.ExcludedCompanion, 2)]
    [InlineData("(01)09506000134352(21)A(21)B", Gs1ProblemCode.Repeated, 2)]
    [InlineData("(8020)A", Gs1ProblemCode.MissingCompanion, 0)]
    public void Elements_that_do_not_go_together_are_named(string text, params object[] expected)
    {
        var problems = ElementString.Read(text).Value!.CheckCompanions();
        Assert.Equal(expected.Chunk(2).Select(pair => ((Gs1ProblemCode)pair[0], (int)pair[1])).Distinct(), problems.Select(problem => (problem.Code, problem.Position)).Distinct());
    }

    [Fact]
    public void Any_values_come_back_from_both_forms()
    {
        const string set = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
        var value = Gen.Elements(set.ToCharArray()).NonEmptyListOf().Select(chars => new string([.. chars.Take(20)]));
        var element = Gen.OneOf(
            value.Select(text => new Gs1Element("10", text)),
            value.Select(text => new Gs1Element("21", text)),
            value.Select(text => new Gs1Element("98", text)),
            Gen.Choose(0, 999_999).Select(number => new Gs1Element("3103", number.ToString("D6", System.Globalization.CultureInfo.InvariantCulture))));
        Prop.ForAll(Arb.From(element.NonEmptyListOf().Select(elements => new ElementString([.. elements.Take(64)]))), elements =>
        {
            Assert.Equal(elements, ElementString.Read(elements.ToString()).Value);
            Assert.Equal(elements, ElementString.ReadScan(elements.ToScan()).Value);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var texts = Gen.Elements("(", ")", "01", "10", "3103", "\\", "\u001D", "]C1", "09506000134352", "A", "é").ListOf().Select(string.Concat);
        Prop.ForAll(Arb.From(texts), text => IsSound(ElementString.Read(text), text) && IsSound(ElementString.ReadScan(text), text)).QuickCheckThrowOnFailure();
    }

    private static bool IsSound(Gs1Reading<ElementString> read, string text) =>
        read.IsValid ? read.Value.Elements.Count > 0 : read.Problem.Position >= 0 && read.Problem.Position <= text.Length;
}
