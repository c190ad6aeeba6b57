using System.Text.Json;
using System.Xml.Linq;
using Jingwei.Civic;
using Jingwei.Civic.Cap;
using Jingwei.Tests;

namespace Jingwei.Conformance.Civic;

/// <summary>The alerts of google/cap-library's test data.</summary>
[Trait("Category", "Vectors")]
public sealed class CapVectorTests
{
    [Theory]
    [InlineData("canada_signed.cap", "1.2")]
    [InlineData("earthquake-iso8859-1.cap", "1.2")]
    [InlineData("earthquake.cap", "1.1")]
    public void Right_alerts_are_read_without_errors(string file, string version)
    {
        var reading = Read(file);
        Assert.Empty(Errors(reading));
        Assert.Equal(Version.Parse(version), reading.Version);
    }

    // By the schema, and by the comments in the files: an empty list of references, and points that are none.
    [Theory]
    [InlineData("invalid.cap", "Missing /alert[1]")]
    [InlineData("canada_errors.cap", "InvalidReferences /alert[1]/references[1]")]
    [InlineData("noaa_errors.cap",
        "InvalidReferences /alert[1]/references[1]", "InvalidChoice /alert[1]/info[1]/urgency[1]", "InvalidChoice /alert[1]/info[1]/severity[1]",
        "InvalidChoice /alert[1]/info[1]/certainty[1]", "InvalidPolygon /alert[1]/info[1]/area[1]/polygon[1]", "InvalidPolygon /alert[1]/info[1]/area[1]/polygon[2]")]
    public void Wrong_alerts_have_the_errors_that_they_were_made_for(string file, params string[] errors)
    {
        var strict = Read(file);
        Assert.Equal(errors.Order(), Errors(strict).Order());
        Assert.Null(strict.Alert);
        Assert.NotNull(Read(file, lenient: true).Alert);
    }

    [Fact]
    public void What_a_signed_alert_of_canada_says()
    {
        var alert = Read("canada_signed.cap").Alert!;
        Assert.True(alert.IsSigned);
        Assert.Equal(["en-CA", "fr-CA"], alert.Infos.Select(info => info.Language!));
        Assert.Equal(9, alert.References.Count);
        Assert.Equal(new("cap-pac@ec.gc.ca", "2.49.0.1.124.b5af9b7c.2013", new(2013, 1, 24, 21, 26, 0, TimeSpan.Zero)), alert.References[^1]);
        Assert.Equal((54.4054, -104.2), (alert.Infos[0].Areas[0].Polygons[0].Points[0].Latitude, alert.Infos[0].Areas[0].Polygons[0].Points[0].Longitude));
        Assert.Contains(new("profile:CAP-CP:Location:0.3", "4716053"), alert.Infos[0].Areas[0].Geocodes);
    }

    [Fact]
    public void An_alert_in_latin_1_keeps_its_accents()
    {
        var alert = Read("earthquake-iso8859-1.cap").Alert!;
        Assert.Contains("Usulután", alert.Infos[0].Areas[0].AreaDesc, StringComparison.Ordinal);
        Assert.True(alert.IsSigned);
        Assert.Equal(["0"], alert.Addresses);
        Assert.Equal(new(new(12.747, -88.783), 0), alert.Infos[0].Areas[0].Circles[0]);
    }

    [Theory]
    [InlineData("canada_signed.cap")]
    [InlineData("earthquake-iso8859-1.cap")]
    [InlineData("earthquake.cap")]
    public void What_is_read_is_written_as_the_schema_wants_it_and_read_as_the_same(string file)
    {
        var alert = Read(file).Alert! with { IsSigned = false };
        var stream = new MemoryStream();
        CapWriter.Write(alert, stream);

        Assert.Empty(new CapXsd().Faults(stream.ToArray()));
        var again = CapReader.Read(stream.ToArray());
        Assert.Empty(Errors(again));
        Assert.Equal(JsonSerializer.Serialize(alert), JsonSerializer.Serialize(again.Alert));
    }

    /// <summary>Every vector with one thing changed, many times over: what the schema refuses is refused here, and what is refused here for its structure the schema refuses.</summary>
    [Theory]
    [InlineData("canada_signed.cap")]
    [InlineData("earthquake.cap")]
    [InlineData("invalid.cap")]
    public void Structure_is_judged_as_the_schema_judges_it(string file)
    {
        var xsd = new CapXsd();
        var random = new Random(1_959);
        var source = XDocument.Load(Path.Combine(External.Vectors("cap", "open"), file));
        source.Descendants(CapSchema.Signature + "Signature").Remove();
        var (valid, invalid) = (0, 0);
        for (var round = 0; round < 1_500; round++)
        {
            var changed = new XDocument(source);
            for (var change = random.Next(1, 3); change > 0; change--)
            {
                CapMutation.Apply(changed.Root!, random);
            }

            var stream = new MemoryStream();
            changed.Save(stream, SaveOptions.DisableFormatting);
            var faults = xsd.Faults(changed);
            var errors = CapReader.Read(stream.ToArray()).Problems.Where(problem => problem.Level == ProblemLevel.Error && CapMutation.IsOfSchema(problem.Code)).ToList();
            (valid, invalid) = faults.Count == 0 ? (valid + 1, invalid) : (valid, invalid + 1);
            Assert.True(faults.Count == 0 == (errors.Count == 0), $"{string.Join("; ", faults)} | {string.Join("; ", errors)}{Environment.NewLine}{changed}");
        }

        Assert.True(invalid > 200 && (valid > 50 || file == "invalid.cap"), $"{valid} valid, {invalid} invalid");
    }

    private static CapReading Read(string file, bool lenient = false) =>
        CapReader.Read(File.ReadAllBytes(Path.Combine(External.Vectors("cap", "open"), file)), new() { IsLenient = lenient });

    private static IEnumerable<string> Errors(CapReading reading) =>
        reading.Problems.Where(problem => problem.Level == ProblemLevel.Error).Select(problem => $"{problem.Code} {problem.Path}");
}
