using Jingwei.Civic;
using static Jingwei.Tests.Civic.CapSample;

namespace Jingwei.Tests.Civic;

/// <summary>What google/cap-library's tests (CapXmlParserTest, CapValidatorTest, CapDateUtilTest) expect of the same documents, and clauses of the standard that they pass over.</summary>
public sealed class CapRuleTests
{
    [Theory]
    [InlineData(V11)]
    [InlineData(V12)]
    public void What_is_as_it_should_be_has_no_problems(string version) => Assert.Empty(Read(Alert(version: version)).Problems);

    [Theory]
    [InlineData("</identifier>", ",</identifier>", "InvalidIdentifier /alert[1]/identifier[1]")]
    [InlineData("hsas@dhs.gov</sender>", "</sender>", "InvalidIdentifier /alert[1]/sender[1]")]
    [InlineData("43b080713727", "a &amp; b", "InvalidIdentifier /alert[1]/identifier[1]")]
    [InlineData("<scope>Private</scope>", "<scoep>Private</scoep>", "Missing /alert[1]", "UnknownElement /alert[1]/scoep[1]")]
    [InlineData("<scope>Private</scope>", "", "Missing /alert[1]")]
    [InlineData("addresses>", "address>", "UnknownElement /alert[1]/address[1]", "Missing /alert[1]")]
    [InlineData("<scope>Private</scope>", "<scope>Invalid</scope>", "InvalidChoice /alert[1]/scope[1]")]
    [InlineData("<scope>Private</scope>", "<scope>Private</scope><restriction>restriction</restriction>", "RestrictionMismatch /alert[1]/restriction[1]")]
    [InlineData("<addresses>\"address 1\" address2</addresses>", "", "Missing /alert[1]")]
    [InlineData("\"address 1\" address2", "\"address 1", "InvalidList /alert[1]/addresses[1]")]
    [InlineData("a,b,2002-04-02T14:39:01-05:00", "a,b,c", "InvalidReferences /alert[1]/references[1]")]
    [InlineData("a,b,2002-04-02T14:39:01-05:00 ", "", "InvalidReferences /alert[1]/references[1]")]
    [InlineData("a,b,2002-04-02T14:39:01-05:00", "hsas@dhs.gov,43b080713727,2003-02-02T14:39:01-05:00", "CircularReference /alert[1]/references[1]")]
    [InlineData("<category>Security</category>", "<language>toolonglang</language><category>Security</category>", "InvalidLanguage /alert[1]/info[1]/language[1]")]
    [InlineData("<category>Security</category>", "<language>en_US</language><category>Security</category>", "InvalidLanguage /alert[1]/info[1]/language[1]")]
    [InlineData("http://www.dhs.gov/dhspublic/display?theme=29", "some non full absolute uri", "InvalidUri /alert[1]/info[1]/web[1]")]
    [InlineData("http://www.dhs.gov/dhspublic/display?theme=29", "/path", "InvalidUri /alert[1]/info[1]/web[1]")]
    [InlineData("<status>", "<status code=\"1\">", "UnknownAttribute /alert[1]/status[1]/@code")]
    [InlineData("Actual", "<b>Actual</b>", "UnknownElement /alert[1]/status[1]/b[1]")]
    [InlineData("<category>Security</category>", "<audience>an audience</audience><category>Security</category>", "OutOfOrder /alert[1]/info[1]/category[1]")]
    public void What_is_wrong_is_named_with_its_place(string before, string after, params string[] expected)
    {
        // Whichever element is out of order, those behind it are too: the first is what counts here.
        var errors = Errors(Read(Alert().Replace(before, after))).ToList();
        Assert.Equal(expected.Order(), errors.Take(Math.Max(expected.Length, expected[0].StartsWith("OutOfOrder", StringComparison.Ordinal) ? 1 : errors.Count)).Order());
    }

    [Theory]
    [InlineData("<polygon>1,2 3,4 1,2</polygon>", "InvalidPolygon", "polygon[1]")]
    [InlineData("<polygon>3,4 a,b 5,6 3,4</polygon>", "InvalidPolygon", "polygon[1]")]
    [InlineData("<polygon>300,200 3,4 5,6 7,8</polygon>", "InvalidPolygon", "polygon[1]")]
    [InlineData("<polygon>1,2 3,4 5,6 7,8</polygon>", "InvalidPolygon", "polygon[1]")]
    [InlineData("<circle>invalid</circle>", "InvalidCircle", "circle[1]")]
    [InlineData("<circle>1,2 -3</circle>", "InvalidCircle", "circle[1]")]
    [InlineData("<circle>1, 2 3</circle>", "InvalidCircle", "circle[1]")]
    [InlineData("<altitude>2</altitude><ceiling>1</ceiling>", "CeilingMismatch", "ceiling[1]")]
    [InlineData("<ceiling>1</ceiling>", "CeilingMismatch", "ceiling[1]")]
    public void Areas_are_checked_in_both_versions(string inner, string code, string at)
    {
        foreach (var version in new[] { V11, V12 })
        {
            Assert.Equal([$"{code} /alert[1]/info[1]/area[1]/{at}"], Errors(Read(WithArea(inner, version))));
        }
    }

    [Theory]
    [InlineData("<mimeType>foo-type/bar</mimeType>", "InvalidMediaType", "/mimeType[1]")]
    [InlineData("<mimeType>image/gif</mimeType><derefUri>foo</derefUri>", "InvalidBase64", "/derefUri[1]")]
    [InlineData("<mimeType>image/gif</mimeType><uri>some invalid uri</uri>", "InvalidUri", "/uri[1]")]
    [InlineData("<mimeType>image/gif</mimeType><uri>some/relative/path</uri>", "InvalidUri", "/uri[1]")]
    [InlineData("<mimeType>image/gif</mimeType><size>1.5</size>", "InvalidNumber", "/size[1]")]
    [InlineData("<mimeType>image/gif</mimeType><size>-1</size>", "InvalidNumber", "/size[1]")]
    [InlineData("", "Missing", "")]
    public void Resources_are_checked(string inner, string code, string at) =>
        Assert.Equal([$"{code} /alert[1]/info[1]/resource[1]{at}"], Errors(Read(Alert(Info.Replace("<area>", $"<resource><resourceDesc>x</resourceDesc>{inner}</resource><area>")))));

    [Fact]
    public void A_relative_uri_may_name_what_is_embedded() =>
        Assert.Empty(Read(Alert(Info.Replace("<area>", "<resource><resourceDesc>x</resourceDesc><mimeType>image/gif</mimeType><uri>some/relative/path</uri><derefUri>aaaa</derefUri></resource><area>"))).Problems);

    [Theory]
    [InlineData("2003-04-02T14:39:01-05:00", true)]
    [InlineData("2008-02-29T24:00:00-00:00", true)]
    [InlineData("2003-12-31T07:00:00+00:00", true)]
    [InlineData("2003/04/02T14:39:01-05:00", false)]
    [InlineData("2003-04-02T14:61:01-05:00", false)]
    [InlineData("2003-04-02T14:39:61-05:00", false)]
    [InlineData("2003-04-02 14:39:01-05:00", false)]
    [InlineData("2003-04-02T14:39:01-24:00", false)]
    [InlineData("2003-04-02T14:39:01-05:61", false)]
    [InlineData("2003-04-02T14:39:01-24:000", false)]
    [InlineData("2003-04-02T14:39:01Z", false)]
    [InlineData("2003-04-02T14:39:01.5-05:00", false)]
    [InlineData("2003-02-29T14:39:01-05:00", false)]
    public void Times_have_one_form(string time, bool isValid)
    {
        var document = Alert(Info.Replace("<senderName>", $"<expires>{time}</expires><senderName>"));
        Assert.Equal(isValid ? [] : ["InvalidTime /alert[1]/info[1]/expires[1]"], Errors(Read(document)));
    }

    [Fact]
    public void Several_errors_are_all_listed_with_line_and_column()
    {
        var document = $"""
            <?xml version="1.0" encoding="ISO-8859-1"?>
            <alert xmlns="{V12}">
            <identifier>43b080713727,</identifier>
            <sender>hsas@dhs.gov</sender>
             <sender>hsas@dhs.gov</sender>
            <sent>2003-14-02T14:39:01-05:00</sent>
            <status>Actual</status>
            <msgType>Alert</msgType>
            <scope>Invalid</scope><references>a,b,c</references>invalid</alert>
            """;
        var reading = Read(document);
        Assert.Null(reading.Alert);
        Assert.Equal(
            ["StrayText 2:2", "InvalidIdentifier 3:2", "Repeated 5:3", "InvalidTime 6:2", "InvalidChoice 9:2", "InvalidReferences 9:24"],
            reading.Problems.Select(problem => $"{problem.Code} {problem.Line}:{problem.Column}"));
    }

    [Theory]
    [InlineData("a note", "a&amp;nbsp;note", "/alert[1]/note[1]")]
    [InlineData("level to ORANGE", "level to &lt;strong>ORANGE&lt;/strong>", "/alert[1]/info[1]/description[1]")]
    public void Html_in_text_is_a_warning(string before, string after, string path)
    {
        var reading = Read(Alert().Replace(before, after));
        Assert.NotNull(reading.Alert);
        Assert.Equal(new(ProblemCode.HtmlInText, ProblemLevel.Warning, path, reading.Problems[0].Message, reading.Problems[0].Line, 2), Assert.Single(reading.Problems));
    }

    [Fact]
    public void Later_references_and_plus_zero_are_warnings()
    {
        var later = Read(Alert().Replace("a,b,2002", "a,b,2023"));
        Assert.Equal((ProblemCode.LaterReference, true), (Assert.Single(later.Problems).Code, later.IsValid));
        var zero = Read(Alert().Replace("01-05:00</sent>", "01+00:00</sent>"));
        Assert.Equal((ProblemCode.InvalidTime, true), (Assert.Single(zero.Problems).Code, zero.IsValid));
    }

    [Theory]
    [InlineData("Avoid", V11, false)]
    [InlineData("AllClear", V11, false)]
    [InlineData("Assess", V11, true)]
    [InlineData("Avoid", V12, true)]
    [InlineData("AllClear", V12, true)]
    public void Responses_are_those_of_the_version(string response, string version, bool isValid) =>
        Assert.Equal(isValid, Read(Alert(Info.Replace("<urgency>", $"<responseType>{response}</responseType><urgency>"), version)).IsValid);

    [Theory]
    [InlineData("<foo></foo>")]
    [InlineData("<alert xmlns=\"foo\"></alert>")]
    [InlineData("<alert></alert>")]
    public void Other_documents_are_no_alerts(string document)
    {
        var reading = Read(document, lenient: true);
        Assert.Equal((null, null, false), (reading.Alert, reading.Version, reading.IsValid));
        Assert.Equal(ProblemCode.OtherDocument, Assert.Single(reading.Problems).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<alert</alert>")]
    [InlineData("no XML")]
    public void What_is_no_xml_is_not_read(string document)
    {
        var reading = Read(document, lenient: true);
        Assert.Null(reading.Alert);
        Assert.Equal(ProblemCode.NotWellFormed, Assert.Single(reading.Problems).Code);
    }
}
