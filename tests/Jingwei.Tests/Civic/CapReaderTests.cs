using Jingwei.Civic;
using Jingwei.Civic.Cap;
using static Jingwei.Tests.Civic.CapSample;

namespace Jingwei.Tests.Civic;

public sealed class CapReaderTests
{
    [Fact]
    public void An_alert_is_what_it_says()
    {
        var alert = Read(Alert()).Alert!;
        Assert.Equal(("43b080713727", "hsas@dhs.gov", "a source", "a note"), (alert.Identifier, alert.Sender, alert.Source, alert.Note));
        Assert.Equal(new DateTimeOffset(2003, 4, 2, 14, 39, 1, TimeSpan.FromHours(-5)), alert.Sent);
        Assert.Equal((CapStatus.Actual, CapMsgType.Alert, CapScope.Private), (alert.Status, alert.MsgType, alert.Scope));
        Assert.Equal(["address 1", "address2"], alert.Addresses);
        Assert.Equal(["abcde", "fghij"], alert.Codes);
        Assert.Equal([new("a", "b", new(2002, 4, 2, 14, 39, 1, TimeSpan.FromHours(-5)))], alert.References);
        Assert.Equal(["incident1", "incident2"], alert.Incidents);
    }

    [Fact]
    public void An_info_is_what_it_says()
    {
        const string french = """
            <info>
            <language>fr-CA</language>
            <category>Safety</category>
            <event>x</event>
            <responseType>Evacuate</responseType>
            <responseType>Shelter</responseType>
            <urgency>Unknown</urgency>
            <severity>Extreme</severity>
            <certainty>Unknown</certainty>
            <audience>an audience</audience>
            <eventCode><valueName>EC</valueName><value>v1</value></eventCode>
            <eventCode><valueName>EC2</valueName><value>v2</value></eventCode>
            <effective>2003-04-02T14:39:01-05:00</effective>
            <onset>2003-04-02T15:39:01+05:00</onset>
            <expires>2003-04-02T16:39:01-00:00</expires>
            <contact>a contact</contact>
            <parameter><valueName>HSAS</valueName><value>ORANGE</value></parameter>
            </info>
            """;
        var infos = Read(Alert(Info + french)).Alert!.Infos;
        Assert.Equal([CapCategory.Security, CapCategory.Safety], infos[0].Categories);
        Assert.Equal(("http://www.dhs.gov/dhspublic/display?theme=29", null), (infos[0].Web, infos[0].Language));
        Assert.Equal(("fr-CA", "an audience", "a contact", CapSeverity.Extreme), (infos[1].Language, infos[1].Audience, infos[1].Contact, infos[1].Severity));
        Assert.Equal([CapResponseType.Evacuate, CapResponseType.Shelter], infos[1].ResponseTypes);
        Assert.Equal([new("EC", "v1"), new("EC2", "v2")], infos[1].EventCodes);
        Assert.Equal([new("HSAS", "ORANGE")], infos[1].Parameters);
        Assert.Equal(new DateTimeOffset(2003, 4, 2, 15, 39, 1, TimeSpan.FromHours(5)), infos[1].Onset);
        Assert.Equal(new DateTimeOffset(2003, 4, 2, 16, 39, 1, TimeSpan.Zero), infos[1].Expires);
    }

    [Fact]
    public void An_area_is_what_it_says()
    {
        var area = Read(WithArea("""
            <polygon>1,2 3,4 5,6 1,2</polygon><polygon>
            -11.,-12.1 13.2,14. 15,16 -11,-12.1
            </polygon><circle>1,2 3</circle><geocode><valueName>G1</valueName><value>v1</value></geocode><altitude>5.5</altitude><ceiling>6.5</ceiling>
            """)).Alert!.Infos[0].Areas[0];
        Assert.Equal([new(1, 2), new(3, 4), new(5, 6), new(1, 2)], area.Polygons[0].Points);
        Assert.Equal([new(-11, -12.1), new(13.2, 14), new(15, 16), new(-11, -12.1)], area.Polygons[1].Points);
        Assert.Equal([new(new(1, 2), 3)], area.Circles);
        Assert.Equal([new("G1", "v1")], area.Geocodes);
        Assert.Equal((5.5m, 6.5m), (area.Altitude, area.Ceiling));
    }

    [Fact]
    public void Lenient_reading_takes_what_it_can_and_names_the_rest()
    {
        var document = WithArea("<polygon>1,2 x</polygon><polygon>1,2 3,4 5,6 1,2</polygon>")
            .Replace("<status>Actual", "<status> actual").Replace("<scope>Private</scope>", "")
            .Replace("01-05:00</sent>", "01Z</sent>").Replace("Code ORANGE", "Code&nbsp;ORANGE & more");
        Assert.Null(Read(document).Alert);

        var reading = Read("\n" + document, lenient: true);
        var alert = reading.Alert!;
        Assert.False(reading.IsValid);
        Assert.Equal((CapStatus.Actual, null), (alert.Status, alert.Scope));
        Assert.Equal(new DateTimeOffset(2003, 4, 2, 14, 39, 1, TimeSpan.Zero), alert.Sent);
        Assert.Equal("Homeland Security Sets Code\u00A0ORANGE & more", alert.Infos[0].Headline);
        Assert.Equal(4, Assert.Single(alert.Infos[0].Areas[0].Polygons).Points.Count);
        Assert.Equal(
            ["InvalidChoice", "InvalidPolygon", "InvalidTime", "Missing", "NotWellFormed", "UndeclaredReference"],
            reading.Problems.Select(problem => problem.Code.ToString()).Order());
    }

    [Fact]
    public void A_signature_is_seen_behind_the_alert_and_only_there()
    {
        const string signature = "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo Id=\"a\"/></Signature>";
        var signed = Read(Alert(Info + signature));
        Assert.Empty(signed.Problems);
        Assert.True(signed.Alert!.IsSigned);
        Assert.Equal(["OutOfOrder /alert[1]/info[1]"], Errors(Read(Alert(signature + Info))));
        Assert.False(Read(Alert()).Alert!.IsSigned);
    }

    [Fact]
    public void An_alert_that_breaks_the_standard_is_not_written()
    {
        var alert = Read(Alert()).Alert! with { Identifier = "a b", Addresses = ["say \"x\""], Note = "bell \a", Status = (CapStatus)9, Sent = null };
        var expected = new[] { "InvalidIdentifier", "InvalidList", "IllegalCharacter", "InvalidChoice", "Missing" };
        var stream = new MemoryStream();

        Assert.Equal(expected.Order(), CapWriter.Check(alert).Where(problem => problem.Level == ProblemLevel.Error).Select(problem => problem.Code.ToString()).Distinct().Order());
        Assert.Throws<ArgumentException>(() => CapWriter.Write(alert, stream));
        Assert.Equal(0, stream.Length);
    }
}
