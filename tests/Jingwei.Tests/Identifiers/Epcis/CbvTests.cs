using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Tests.Identifiers.Epcis;

public sealed class CbvTests
{
    [Theory]
    [InlineData("shipping")]
    [InlineData("urn:epcglobal:cbv:bizstep:shipping")]
    [InlineData("https://ref.gs1.org/cbv/BizStep-shipping")]
    [InlineData("cbv:BizStep-shipping")]
    public void A_word_has_three_ways_to_be_written(string value)
    {
        Assert.Equal("https://ref.gs1.org/cbv/BizStep-shipping", Cbv.BizStep.ToUri(value));
        Assert.Equal("shipping", Cbv.BizStep.WordOf(value));
        Assert.Equal("urn:epcglobal:cbv:bizstep:shipping", Cbv.BizStep.UrnOf(value));
        Assert.False(Cbv.BizStep.IsUnknown(value));
    }

    [Theory]
    [InlineData("urn:epcglobal:cbv:bizstep:flying", true)]
    [InlineData("cbv:BizStep-flying", true)]
    [InlineData("https://example.com/flying", false)]
    [InlineData("flying", false)]
    public void Words_that_only_claim_to_be_standard_are_unknown(string value, bool isUnknown)
    {
        Assert.Equal(isUnknown, Cbv.BizStep.IsUnknown(value));
        Assert.Null(Cbv.BizStep.WordOf(value));
    }

    // The counts of the lists in the JSON schema of EPCIS 2.0.
    [Fact]
    public void The_lists_are_whole() => Assert.Equal(
        [41, 33, 13, 3, 2, 14, 72, 2],
        new[] { Cbv.BizStep, Cbv.Disposition, Cbv.BizTransactionType, Cbv.SourceDestinationType, Cbv.ErrorReason, Cbv.Component, Cbv.MeasurementType, Cbv.SensorAlertType }.Select(list => list.Words.Count()));

    [Fact]
    public void Unknown_words_of_an_event_are_named()
    {
        var read = EpcisSample.One(EpcisSample.Object("""
            "action": "ADD", "epcList": [], "bizStep": "cbv:BizStep-flying", "disposition": "in_transit", "sourceList": [{"type": "cbv:my_own_party", "source": "urn:a:b"}, {"type": "ext:own", "source": "urn:a:b"}],
            "sensorElementList": [{"sensorReport": [{"type": "gs1:Heat"}]}]
            """));
        Assert.Equal(
            ["bizStep https://ref.gs1.org/cbv/BizStep-flying", "sourceList https://ref.gs1.org/cbv/my_own_party", "type https://gs1.org/voc/Heat"],
            CbvCheck.UnknownWords(read).Select(unknown => $"{unknown.Field} {unknown.Value}"));
    }

    [Theory]
    [InlineData(1500, "GRM", "KGM", 1.5)]
    [InlineData(100, "CEL", "FAH", 212)]
    [InlineData(-40, "FAH", "CEL", -40)]
    [InlineData(36, "KMH", "MTS", 10)]
    [InlineData(1, "BAR", "KPA", 100)]
    [InlineData(2, "KWH", "3B", 7.2)]
    [InlineData(5, "XYZ", "XYZ", 5)]
    public void Units_are_converted(double value, string from, string to, double converted) => Assert.Equal(converted, UnitOfMeasure.Convert(value, from, to)!.Value, 9);

    [Theory]
    [InlineData("KGM", "LTR")]
    [InlineData("KGM", "XYZ")]
    [InlineData(null, "KGM")]
    public void Units_of_different_quantities_are_not(string? from, string to) => Assert.Null(UnitOfMeasure.Convert(1, from, to));

    // The responses of the OpenAPI description of EPCIS 2.0.
    [Theory]
    [InlineData("epcisException:ValidationException", 400)]
    [InlineData("epcisException:SubscriptionControlsException", 400)]
    [InlineData("epcisException:NoSuchNameException", 404)]
    [InlineData("epcisException:ResourceAlreadyExistsException", 409)]
    [InlineData("epcisException:CaptureLimitExceededException", 413)]
    [InlineData("epcisException:QueryTooComplexException", 413)]
    [InlineData("epcisException:URITooLongException", 414)]
    public void Exceptions_have_their_status(string type, int status) => Assert.Equal(status, Assert.Single(EpcisProblemType.All, problem => problem.Type == type).Status);
}
