using System.Globalization;
using System.Text;
using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Tests.Telemetry;

/// <summary>A message that came before is taken in without decoding it; that must never make a difference.</summary>
[Collection(EngineTests.Name)]
public sealed class PlainMessageTests(EngineFixture engine)
{
    // What may stand where a number stands: by RFC 8259 plain, borderline and wrong.
    private static readonly string[] Values =
    [
        "0", "1", "-1", "-0", "-0.0", "-0.5", "20.5", "0.30000000000000004", "9007199254740993", "9007199254740993.25", "123456789012345678", "1234567890123456789",
        "1e2", "1E2", "1.5e1", "1.", ".5", "01", "00", "+1", "151", "-21", "null", "true", "\"1\"", "[1]", "{}", "", "1 2", "1,", "NaN", "1.5i", " 7 ",
    ];

    private static readonly string[] Shapes =
    [
        """{"ts":1767599940000,"values":{"temperature":@}}""", """{"values":{"temperature":@}}""", """{"values":{"temperature":@},"ts":1767599940000}""",
        """ { "ts" : 1767599940000 , "values" : { "temperature" : @ , "produced" : @ } } """, """{"ts":1767599940000,"values":{"produced":@,"temperature":1}}""",
        """{"ts":1767599940000,"values":{"temperature":1,"temperature":@}}""", """{"ts":@,"values":{"temperature":1}}""", """{"ts":1767599940000,"ts":@,"values":{"temperature":1}}""",
        """{"ts":1767599940000,"values":{"temperature":@}}x""", """{"ts":1767599940000,"values":{"temperature":@}""", """{"ts":1767599940000,"values":{"temperature":@},}""",
        """{"ts":1767599940000,"values":{"temperature":@,}}""", """{"ts":1767599940000}""", """{"ts":1767599940000,"quality":"bad","values":{"temperature":@}}""",
        """{"values":{"temperature":@},"values":{"produced":@}}""", """{"ts":17675999400000,"values":{"temperature":@}}""", """{,"values":{"temperature":@}}""",
        """{"ts":1767599940000 "values":{"temperature":@}}""", """{"ts":01767599940000,"values":{"temperature":@}}""", """{"ts":1767599940000.5,"values":{"temperature":@}}""",
        """[{"ts":1767599940000,"values":{"temperature":@}}]""", """{"ts":1767599940000,"values":{"temperature":@,"running":true}}""", """{"values":{}}""", "",
        """{"ts":1767599940000,"values":{"temperature":@""", """{"ts":@""",
    ];

    [Fact]
    public async Task A_message_taken_again_gives_what_it_gave_the_first_time()
    {
        await using var bench = await Bench.IdleAsync(engine);
        foreach (var shape in Shapes)
        {
            foreach (var value in Values)
            {
                var message = shape.Replace("@", value, StringComparison.Ordinal);
                var first = Shown(bench, Fresh(bench), message);
                var lessons = Fresh(bench);
                Shown(bench, lessons, """{"ts":1767599930000,"values":{"temperature":2,"produced":3}}""");
                Assert.True(first == Shown(bench, lessons, message), message);
            }
        }
    }

    private static JsonReadings Fresh(Bench bench) => new(bench.Check, bench.Packs, bench.Things, bench.Series, bench.Options);

    private static string Shown(Bench bench, JsonReadings json, string message)
    {
        var batch = bench.Parse("m1", message, json: json);
        var text = new StringBuilder();
        foreach (var reading in bench.Accepted(batch))
        {
            text.Append(CultureInfo.InvariantCulture, $"{reading.Property.Id} {reading.Time} {BitConverter.DoubleToInt64Bits(reading.Value.Number)} {reading.Quality} {reading.Flag}\n");
        }

        foreach (var reject in batch.Rejected)
        {
            text.Append(CultureInfo.InvariantCulture, $"{reject.Reason} {reject.Detail} {reject.Payload}\n");
        }

        return text.ToString();
    }
}
