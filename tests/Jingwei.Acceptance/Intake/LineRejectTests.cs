using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Jingwei.Acceptance.Intake;

/// <summary>Bad readings over line protocol: the answer, the counts, and what is kept of them.</summary>
public sealed class LineRejectTests(IntakeServer intake) : IClassFixture<IntakeServer>
{
    private const string Write = "/write?db=kinds&precision=ms";

    private static readonly (string Line, string Reason, string? Property)[] Bad =
    [
        ("d,thing=s1 number=\"text\"", "wrong-type", "number"),
        ("d,thing=s1 number=t", "wrong-type", "number"),
        ("d,thing=s1 boolean=1", "wrong-type", "boolean"),
        ("d,thing=s1 boolean=\"true\"", "wrong-type", "boolean"),
        ("d,thing=s1 enumeration=\"grey\"", "wrong-type", "enumeration"),
        ("d,thing=s1 enumeration=1i", "wrong-type", "enumeration"),
        ("d,thing=s1 text=1", "wrong-type", "text"),
        ("d,thing=s1 position=\"113.5 22.5\"", "wrong-type", "position"),
        ("d,thing=s1 text=\"sixsix\"", "too-long", "text"),
        ("d,thing=s1 colour=1", "unknown-property", "colour"),
        ("d,thing=nobody number=1", "unknown-thing", "number"),
        ("d number=1", "unknown-thing", null),
        ("d,thing=s1 number=1 4102444800000", "out-of-time-limits", "number"),
        ("d,thing=s1 number=1 978307200000", "out-of-time-limits", "number"),
        ("d,thing=s1 number=1 9223372036854775807", "out-of-time-limits", "number"),
        ("d,thing=s1 number=1 yesterday", "unparsable", null),
        ("d,thing=s1 number=1 1.5", "unparsable", null),
        ("d,thing=s1 number=1 9223372036854775808", "unparsable", null),
        ("d,thing=s1 number=NaN", "unparsable", null),
        ("d,thing=s1 number=Infinity", "unparsable", null),
        ("d,thing=s1 number=-inf", "unparsable", null),
        ("d,thing=s1 number=1,", "unparsable", null),
        ("d,thing=s1 number=", "unparsable", null),
        ("d,thing=s1", "unparsable", null),
        ("d,thing= number=1", "unparsable", null),
        (",thing=s1 number=1", "unparsable", null),
        ("d,thing=s1 number=9223372036854775808i", "unparsable", null),
        ("d,thing=s1 text=\"open", "unparsable", null),
        ("{\"values\":{\"number\":1}}", "unparsable", null),
    ];

    [Fact]
    public async Task Each_bad_line_is_named_with_its_reason_and_the_good_ones_are_stored()
    {
        await intake.Server.AddThingAsync("s1", KindsPack.Type);
        var before = await intake.SettledAsync();

        // An open quotation would take the lines after it along, so that one comes last.
        var lines = Bad.Where(bad => !bad.Line.EndsWith("\"open", StringComparison.Ordinal)).ToList();
        lines.Add(Bad.Single(bad => bad.Line.EndsWith("\"open", StringComparison.Ordinal)));
        var body = "d,thing=s1 number=1\n" + string.Join('\n', lines.Select(bad => bad.Line));
        var answer = await intake.Server.Admin.PostAsync(Write, new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var failed = (await answer.Content.ReadFromJsonAsync<JsonNode>())!["lines"]!.AsArray();
        Assert.Equal(
            lines.Select((bad, index) => (index + 2, bad.Reason)),
            failed.Select(line => ((int)line!["line"]!, (string)line["code"]!)));
        var rejects = await intake.RejectsAsync($"channel={KindsPack.Lines}", lines.Count);
        Assert.Equal(lines.Select(bad => (bad.Reason, bad.Property, bad.Line)), rejects);
        var after = await intake.SettledAsync();
        Assert.Equal((lines.Count + 1, 1, lines.Count, 0, 0), after.Since(before));
        Assert.Equal(lines.CountBy(bad => bad.Reason).ToDictionary(pair => pair.Key, pair => (long)pair.Value), after.ReasonsSince(before));
    }

    [Fact]
    public async Task Every_bad_line_alone_is_refused()
    {
        await intake.Server.AddThingAsync("s2", KindsPack.Type);
        var before = await intake.SettledAsync();
        foreach (var (line, reason, _) in Bad)
        {
            var answer = await intake.Server.Admin.PostAsync(Write, new StringContent(line.Replace("s1", "s2", StringComparison.Ordinal)));
            var code = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["lines"]!.AsArray().Single()!["code"]!;
            Assert.Equal((line, HttpStatusCode.BadRequest, reason), (line, answer.StatusCode, code));
        }

        Assert.Equal((Bad.Length, 0, Bad.Length, 0, 0), (await intake.SettledAsync()).Since(before));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_and_its_beginning_is_kept()
    {
        await intake.Server.AddThingAsync("s3", KindsPack.Type);
        var line = $"d,thing=s3 text=\"{new string('x', 70_000)}\"";
        var before = await intake.SettledAsync();

        var answer = await intake.Server.Admin.PostAsync(Write, new StringContent(line + "\nd,thing=s3 number=3"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([("too-large", null, line[..4096])], await intake.RejectsAsync("reason=too-large", 1));
        Assert.Equal((2, 1, 1, 0, 0), (await intake.SettledAsync()).Since(before));
    }

    [Fact]
    public async Task Nothing_in_a_request_is_nothing_to_account_for()
    {
        var before = await intake.SettledAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await intake.Server.Admin.PostAsync(Write, new StringContent(""))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await intake.Server.Admin.PostAsync(Write, new StringContent("\n# a comment\n\n"))).StatusCode);
        Assert.Equal((0, 0, 0, 0, 0), (await intake.SettledAsync()).Since(before));
    }

    [Theory]
    [InlineData("/write?db=nowhere", HttpStatusCode.NotFound, "unknown-channel")]
    [InlineData("/write", HttpStatusCode.NotFound, "unknown-channel")]
    [InlineData("/api/v2/write?bucket=nowhere", HttpStatusCode.NotFound, "unknown-channel")]
    [InlineData("/write?db=kinds&precision=fortnight", HttpStatusCode.BadRequest, "unparsable")]
    public async Task A_request_that_cannot_be_placed_is_one_reject(string path, HttpStatusCode status, string reason)
    {
        var body = $"d,thing=s1 number=1\nd,thing=s1 number=2 {path}";
        var before = await intake.SettledAsync();

        Assert.Equal(status, (await intake.Server.Admin.PostAsync(path, new StringContent(body))).StatusCode);

        var after = await intake.SettledAsync();
        Assert.Equal((1, 0, 1, 0, 0), after.Since(before));
        Assert.Equal(new Dictionary<string, long> { [reason] = 1 }, after.ReasonsSince(before));
        Assert.Equal([(reason, null, body)], await intake.RejectsAsync($"reason={reason}", 1));
    }

    [Fact]
    public async Task A_body_that_is_not_packed_as_it_says_is_one_reject()
    {
        using var body = new StringContent("d,thing=s1 number=1");
        body.Headers.ContentEncoding.Add("gzip");
        var before = await intake.SettledAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await intake.Server.Admin.PostAsync(Write, body)).StatusCode);

        Assert.Equal((1, 0, 1, 0, 0), (await intake.SettledAsync()).Since(before));
    }

    [Fact]
    public async Task A_body_that_unpacks_beyond_the_limit_is_refused_and_its_beginning_is_kept()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var line = Encoding.UTF8.GetBytes(new string('#', 1 << 20));
            for (var mebibyte = 0; mebibyte < 65; mebibyte++)
            {
                await gzip.WriteAsync(line, TestContext.Current.CancellationToken);
            }
        }

        using var body = new ByteArrayContent(packed.ToArray());
        body.Headers.ContentEncoding.Add("gzip");
        var before = await intake.SettledAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await intake.Server.Admin.PostAsync(Write, body)).StatusCode);

        Assert.Equal((1, 0, 1, 0, 0), (await intake.SettledAsync()).Since(before));
        Assert.Equal([("too-large", null, new string('#', 4096))], await intake.RejectsAsync("reason=too-large", 1));
    }

    [Fact]
    public async Task A_thing_that_writes_for_another_learns_nothing_and_is_accounted_for()
    {
        var secret = Uri.EscapeDataString(await intake.Server.AddThingAsync("mine", KindsPack.Type));
        await intake.Server.AddThingAsync("yours", KindsPack.Type);
        var before = await intake.SettledAsync();

        var answer = await intake.Server.Anonymous.PostAsync(
            $"{Write}&u=mine&p={secret}", new StringContent("d,thing=mine number=1\nd,thing=yours number=1\nd,thing=nothing number=1"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var failed = (await answer.Content.ReadFromJsonAsync<JsonNode>())!["lines"]!.AsArray();
        Assert.Equal(
            [(2, "unknown-thing", "There is no thing 'yours'."), (3, "unknown-thing", "There is no thing 'nothing'.")],
            failed.Select(line => ((int)line!["line"]!, (string)line["code"]!, (string)line["reason"]!)));
        var after = await intake.SettledAsync();
        Assert.Equal((3, 1, 2, 0, 0), after.Since(before));
        Assert.Equal(new Dictionary<string, long> { ["not-allowed"] = 2 }, after.ReasonsSince(before));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await intake.Server.Anonymous.PostAsync($"{Write}&u=mine&p=wrong", new StringContent("d,thing=mine number=1"))).StatusCode);
    }

    [Fact]
    public async Task A_channel_that_says_so_makes_the_things_it_does_not_know()
    {
        var before = await intake.SettledAsync();
        var body = $"d,thing=新的 number=1\nd,thing=新的 text=\"on\"\nd,thing=a/b number=1";

        var answer = await intake.Server.Admin.PostAsync("/write?db=making", new StringContent(body));

        // A slash cannot stand in an id.
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("unknown-thing", (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["lines"]!.AsArray().Single()!["code"]!);
        Assert.Equal((3, 2, 1, 0, 0), (await intake.SettledAsync()).Since(before));
        var thing = await intake.Server.GetAsync($"/api/things/{Uri.EscapeDataString("新的")}");
        Assert.Equal((KindsPack.Type, "root", "root"), ((string)thing["type"]!, (string)thing["party"]!, (string)thing["region"]!));
    }
}
