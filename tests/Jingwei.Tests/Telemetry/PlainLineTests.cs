using System.Globalization;
using System.Text;
using Jingwei.Server.Access;
using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Tests.Telemetry;

/// <summary>A line that came before is taken in without decoding it; that must never make a difference.</summary>
[Collection(EngineTests.Name)]
public sealed class PlainLineTests(EngineFixture engine)
{
    // What may stand where a number stands, and what belongs to it: by the grammar of line protocol, plain, borderline and wrong.
    private static readonly string[] Values =
    [
        "0", "1", "-1", "20", "20.5", "-20.25", "149.999999999999", "0.1", "0.30000000000000004", "1e2", "1E-3", "1.", ".5", "-.5", "007", "00", "-0", "-0.0", "-0i",
        "58i", "-58i", "58u", "9223372036854775807i", "9223372036854775808i", "18446744073709551615u", "-1u", "123456789012345678", "1234567890123456789",
        "0.123456789012345678", "9007199254740993", "9007199254740993.5", "151", "-21", "t", "true", "F", "\"text\"", "", "-", "+5", "5ii", "5x", "1.5i", "-2.50i", "-0.5", "2.5u", "NaN", "inf", "1_000", "12 34",
    ];

    private static readonly string[] Ends =
        ["", " 1767599940000000000", " 1767599940000000000 ", " -1", " 0", " 99999999999999999999", " 17675999400000000000", " 1e3", " x", "  1767599940000000000", " 1767599940000000000\r", "\r", ",", ", "];

    [Fact]
    public async Task A_line_taken_again_gives_what_it_gave_the_first_time()
    {
        await using var bench = await Bench.IdleAsync(engine);
        var checkedLines = 0;
        foreach (var value in Values)
        {
            foreach (var end in Ends)
            {
                foreach (var fields in new[] { $"temperature={value}", $"temperature={value},produced={value}", $"produced={value},temperature=1", $"temperature=1,temperature={value}", $"temperature=1,unknown={value}" })
                {
                    var line = $"mill,machine=m1,site=north {fields}{end}";
                    Assert.True(Shown(bench, line, learnt: false) == Shown(bench, line, learnt: true), line);
                    checkedLines++;
                }
            }
        }

        Assert.Equal(Values.Length * Ends.Length * 5, checkedLines);
    }

    [Theory]
    [InlineData("mill,machine=m1\\ x temperature=1")]
    [InlineData("mill,machine=m1, temperature=1")]
    [InlineData("mill,machine=m1,machine=m2 temperature=1")]
    [InlineData("# comment")]
    [InlineData(" mill,machine=m1,site=north temperature=1")]
    [InlineData("mill,machine=m1,site=north  temperature=1")]
    [InlineData("mill,machine=m1,site=north")]
    [InlineData("mill,machine=m1,site=northern temperature=1")]
    public async Task A_line_that_only_begins_like_one_that_came_before_is_read_in_full(string line)
    {
        await using var bench = await Bench.IdleAsync(engine);

        Assert.Equal(Shown(bench, line, learnt: false), Shown(bench, line, learnt: true));
    }

    [Fact]
    public async Task Lines_in_any_order_give_the_same_rows_as_each_alone()
    {
        await using var bench = await Bench.IdleAsync(engine);
        var random = new Random(7);
        List<string> lines = [];
        for (var index = 0; index < 2_000; index++)
        {
            var value = (random.Next(-20_000, 150_000) / Math.Pow(10, random.Next(0, 5))).ToString("R", CultureInfo.InvariantCulture);
            lines.Add($"mill,machine=m{random.Next(1, 4)} {(random.Next(2) == 0 ? "temperature" : "produced")}={value} {1767599000000000000 + (index * 1_000_000L)}");
        }

        var alone = string.Concat(lines.Select(line => Read(bench, new LineWrite(bench.Check, bench.Packs, bench.Things, bench.Series, bench.Options), line)));

        Assert.Equal(alone, Read(bench, bench.Lines, string.Join('\n', lines)));
    }

    [Fact]
    public async Task What_a_publisher_may_not_deliver_is_refused_also_when_another_delivered_it_before()
    {
        await using var bench = await Bench.IdleAsync(engine);
        const string line = "mill,machine=m2 temperature=1";
        Read(bench, bench.Lines, line);

        var batch = Assert.Single(bench.ReadLines(line, Authenticator.OfThing("m1", "m1")));

        Assert.Equal((0, RejectReason.NotAllowed), (batch.Accepted, Assert.Single(batch.Rejected).Reason));
    }

    // The line is always the second: behind one that teaches its measurement, tags and fields, or not.
    private static string Shown(Bench bench, string line, bool learnt)
    {
        var lines = new LineWrite(bench.Check, bench.Packs, bench.Things, bench.Series, bench.Options);
        var before = learnt ? "mill,machine=m1,site=north temperature=3,produced=4 1767599000000000000" : "mill,machine=m2 temperature=3,produced=4 1767599000000000000";
        var shown = Read(bench, lines, $"{before}\n{line}\nmill,machine=m3 temperature=5");
        return shown[(shown.IndexOf('\n', shown.IndexOf('\n', StringComparison.Ordinal) + 1) + 1)..];
    }

    private static string Read(Bench bench, LineWrite lines, string body)
    {
        var text = new StringBuilder();
        foreach (var batch in bench.ReadLines(body, lines: lines))
        {
            foreach (var reading in bench.Accepted(batch))
            {
                text.Append(CultureInfo.InvariantCulture, $"{reading.Thing.Id} {reading.Property.Id} {reading.Time} {BitConverter.DoubleToInt64Bits(reading.Value.Number)} {reading.Quality} {reading.Flag}\n");
            }

            foreach (var reject in batch.Rejected)
            {
                text.Append(CultureInfo.InvariantCulture, $"{reject.Line} {reject.Reason} {reject.Detail} {reject.Payload}\n");
            }
        }

        return text.ToString();
    }
}
