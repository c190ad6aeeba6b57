using System.Globalization;
using System.Text;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Acceptance.Intake;

/// <summary>Bad readings over MQTT: the answer, the counts, and what is kept of them.</summary>
public sealed class MqttRejectTests(IntakeServer intake) : IClassFixture<IntakeServer>
{
    // What each kind of property takes; everything else that JSON can say does not fit.
    private static readonly Dictionary<string, string[]> Fitting = new()
    {
        ["number"] = ["1.5"],
        ["boolean"] = ["true"],
        ["enumeration"] = ["\"on\""],
        ["text"] = ["\"on\"", "\"grey\""],
        ["position"] = ["[113.5,22.5]", "{\"lat\":22.5,\"lon\":113.5}"],
    };

    private static readonly string[] Said =
        ["1.5", "true", "\"on\"", "\"grey\"", "[113.5,22.5]", "{\"lat\":22.5,\"lon\":113.5}", "null", "[]", "[1]", "[1,2,3]", "{}", "{\"lat\":1}", "[181,0]", "{\"lat\":91,\"lon\":0}"];

    // Messages that no reading can be got from; each counts as one.
    private static readonly string[] Unparsable =
    [
        "", " ", "hello", "1", "null", "\"values\"", "{", "{}", "[]", "[{}]", "[1]", "{\"values\":1}", "{\"values\":{}}", "{\"values\":{\"number\":}}",
        "{\"values\":{\"number\":1}", "{\"values\":{\"number\":1}}}", "{\"values\":{\"number\":1}} x", "{\"values\":{\"number\":1},}", "{\"value\":{\"number\":1}}",
        "{\"values\":{\"number\":NaN}}", "{\"values\":{\"number\":Infinity}}", "{\"values\":{\"number\":01}}", "{'values':{'number':1}}",
        "{\"ts\":\"yesterday\",\"values\":{\"number\":1}}", "{\"ts\":1.5,\"values\":{\"number\":1}}", "{\"ts\":null,\"values\":{\"number\":1}}",
        "{\"ts\":\"2026-02-30T00:00:00Z\",\"values\":{\"number\":1}}", "{\"ts\":\"2026-01-01T00:00:00\",\"values\":{\"number\":1}}",
        "{\"quality\":\"fine\",\"values\":{\"number\":1}}", "{\"values\":{\"number\":[[[[[[[[1]]]]]]]]}}", "[{\"values\":{\"number\":1}},{\"values\":",
        "{\"values\":{\"number\":\"\\ud800\"}}",
    ];

    [Theory]
    [InlineData(MqttProtocolVersion.V5)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task A_value_that_does_not_fit_its_property_is_refused_and_kept(MqttProtocolVersion version)
    {
        var thing = $"kind-{version}";
        await using var client = await intake.ConnectAsync(thing, version);
        var before = await intake.SettledAsync();
        List<(string Reason, string? Property, string Payload)> expected = [];
        foreach (var (property, fitting) in Fitting)
        {
            foreach (var value in Said.Except(fitting))
            {
                var payload = $"{{\"values\":{{\"{property}\":{value}}}}}";
                Assert.Equal((payload, Refused(version)), (payload, await PublishAsync(client, thing, payload)));
                expected.Add(("wrong-type", property, payload));
            }
        }

        Assert.Equal(expected, await intake.RejectsAsync($"thing={thing}", expected.Count));
        var after = await intake.SettledAsync();
        Assert.Equal((expected.Count, 0, expected.Count, 0, 0), after.Since(before));
        Assert.Equal(new Dictionary<string, long> { ["wrong-type"] = expected.Count }, after.ReasonsSince(before));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V5)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task A_message_that_cannot_be_parsed_is_one_reject_as_it_came(MqttProtocolVersion version)
    {
        var thing = $"broken-{version}";
        await using var client = await intake.ConnectAsync(thing, version);
        var before = await intake.SettledAsync();
        foreach (var payload in Unparsable)
        {
            Assert.Equal((payload, Refused(version)), (payload, await PublishAsync(client, thing, payload)));
        }

        var large = $"{{\"values\":{{\"text\":\"{new string('x', 130 << 10)}\"}}}}";
        Assert.Equal(Refused(version), await PublishAsync(client, thing, large));

        var rejects = await intake.RejectsAsync($"thing={thing}", Unparsable.Length + 1);
        Assert.Equal(Unparsable.Select(payload => ("unparsable", (string?)null, payload)), rejects.Take(Unparsable.Length));
        Assert.Equal(("too-large", null, large[..4096]), rejects[^1]);
        var after = await intake.SettledAsync();
        Assert.Equal((Unparsable.Length + 1, 0, Unparsable.Length + 1, 0, 0), after.Since(before));
        Assert.Equal(new Dictionary<string, long> { ["too-large"] = 1, ["unparsable"] = Unparsable.Length }, after.ReasonsSince(before));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V5)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task What_lies_beyond_a_limit_is_refused_with_its_reason(MqttProtocolVersion version)
    {
        var thing = $"limit-{version}";
        await using var client = await intake.ConnectAsync(thing, version);
        var before = await intake.SettledAsync();
        (string Payload, string Reason, string Property, string Kept)[] rows =
        [
            ("{\"values\":{\"colour\":1}}", "unknown-property", "colour", "{\"values\":{\"colour\":1}}"),
            ("{\"values\":{\"number\":1e999}}", "not-finite", "number", "{\"values\":{\"number\":1e999}}"),
            ("{\"values\":{\"number\":-1e999}}", "not-finite", "number", "{\"values\":{\"number\":-1e999}}"),
            ("{\"values\":{\"text\":\"sixsix\"}}", "too-long", "text", "{\"values\":{\"text\":\"sixsix\"}}"),
            ("{\"ts\":4102444800000,\"values\":{\"number\":1}}", "out-of-time-limits", "number", "{\"ts\":\"2100-01-01T00:00:00Z\",\"values\":{\"number\":1}}"),
            ("{\"ts\":\"2001-01-01T08:00:00+08:00\",\"values\":{\"number\":1}}", "out-of-time-limits", "number", "{\"ts\":\"2001-01-01T00:00:00Z\",\"values\":{\"number\":1}}"),
            ("{\"ts\":-1,\"quality\":\"bad\",\"values\":{\"number\":1}}", "out-of-time-limits", "number",
                "{\"ts\":\"1969-12-31T23:59:59.999Z\",\"quality\":\"bad\",\"values\":{\"number\":1}}"),
        ];
        foreach (var (payload, _, _, _) in rows)
        {
            Assert.Equal((payload, Refused(version)), (payload, await PublishAsync(client, thing, payload)));
        }

        Assert.Equal(rows.Select(row => (row.Reason, (string?)row.Property, row.Kept)), await intake.RejectsAsync($"thing={thing}", rows.Length));
        var after = await intake.SettledAsync();
        Assert.Equal((rows.Length, 0, rows.Length, 0, 0), after.Since(before));
        Assert.Equal(
            new Dictionary<string, long> { ["not-finite"] = 2, ["out-of-time-limits"] = 3, ["too-long"] = 1, ["unknown-property"] = 1 },
            after.ReasonsSince(before));
    }

    [Fact]
    public async Task A_message_of_which_a_part_is_accepted_is_a_success_and_the_rest_is_kept()
    {
        await using var client = await intake.ConnectAsync("part", MqttProtocolVersion.V5);
        var before = await intake.SettledAsync();

        Assert.Equal(MqttReasonCode.Success, await PublishAsync(client, "part", "{\"values\":{\"number\":7,\"boolean\":7,\"colour\":7}}"));

        Assert.Equal(
            [("wrong-type", "boolean", "{\"values\":{\"boolean\":7}}"), ("unknown-property", "colour", "{\"values\":{\"colour\":7}}")],
            await intake.RejectsAsync("thing=part", 2));
        Assert.Equal((3, 1, 2, 0, 0), (await intake.SettledAsync()).Since(before));
        Assert.Equal(7, (double)(await intake.Server.GetAsync("/api/things/part/latest"))["values"]!["number"]!["value"]!);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V5)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task A_thing_learns_nothing_of_others_that_it_publishes_for(MqttProtocolVersion version)
    {
        var thing = $"mine-{version}";
        await using var client = await intake.ConnectAsync(thing, version);
        await intake.Server.AddThingAsync($"yours-{version}", KindsPack.Type);
        var before = await intake.SettledAsync();

        var answers = new[]
        {
            await PublishAsync(client, $"yours-{version}", "{\"values\":{\"number\":1}}"),
            await PublishAsync(client, $"nobody-{version}", "{\"values\":{\"number\":1}}"),
        };

        var refused = version == MqttProtocolVersion.V5 ? MqttReasonCode.NotAuthorized : MqttReasonCode.Success;
        Assert.Equal([refused, refused], answers);
        Assert.Equal([("not-allowed", "number", "{\"values\":{\"number\":1}}")], await intake.RejectsAsync($"thing=yours-{version}", 1));
        Assert.Equal([("not-allowed", "number", "{\"values\":{\"number\":1}}")], await intake.RejectsAsync($"thing=nobody-{version}", 1));
        Assert.Equal((2, 0, 2, 0, 0), (await intake.SettledAsync()).Since(before));
        Assert.Empty((await intake.Server.GetAsync($"/api/things/yours-{version}/latest"))["values"]!.AsObject());
    }

    [Fact]
    public async Task A_token_that_publishes_for_an_unknown_thing_is_refused()
    {
        var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            intake.Server.Admin, "/api/tokens", new { name = "gateway", role = "operator", party = "root", region = "root" });
        var token = (string)System.Text.Json.Nodes.JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["token"]!;
        await using var client = await MqttClient.ConnectAsync(new()
        {
            Host = intake.Server.MqttHost,
            Port = intake.Server.MqttPort,
            UserName = "token",
            Password = token,
        });
        var before = await intake.SettledAsync();

        Assert.Equal(MqttReasonCode.PayloadFormatInvalid, await PublishAsync(client, "missing", "{\"values\":{\"number\":1}}"));

        Assert.Equal([("unknown-thing", "number", "{\"values\":{\"number\":1}}")], await intake.RejectsAsync("thing=missing", 1));
        Assert.Equal((1, 0, 1, 0, 0), (await intake.SettledAsync()).Since(before));
    }

    [Fact]
    public async Task A_number_beyond_its_range_is_kept_as_uncertain()
    {
        await using var client = await intake.ConnectAsync("range", MqttProtocolVersion.V5);
        var ts = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 1000;

        Assert.Equal(MqttReasonCode.Success, await PublishAsync(
            client, "range", string.Create(CultureInfo.InvariantCulture, $"{{\"ts\":{ts},\"values\":{{\"ranged\":10.5,\"number\":10.5}}}}")));

        var latest = (await intake.Server.GetAsync("/api/things/range/latest"))["values"]!;
        Assert.Equal((10.5, "uncertain", "range"), ((double)latest["ranged"]!["value"]!, (string)latest["ranged"]!["quality"]!, (string)latest["ranged"]!["flag"]!));
        Assert.Equal(("good", null), ((string)latest["number"]!["quality"]!, (string?)latest["number"]!["flag"]));
        await intake.SettledAsync();
        var points = (await intake.Server.GetAsync($"/api/things/range/readings?property=ranged&from={ts}&to={ts + 1}"))["points"]!;
        Assert.Equal($"[[{ts},10.5,\"uncertain\"]]", points.ToJsonString());
    }

    [Fact]
    public async Task A_packet_beyond_the_largest_ends_the_connection_with_its_reason()
    {
        await using var client = await intake.ConnectAsync("huge", MqttProtocolVersion.V5);
        var lost = await Assert.ThrowsAsync<MqttClientException>(() => PublishAsync(client, "huge", new string(' ', 300 << 10)));
        Assert.Equal(MqttReasonCode.PacketTooLarge, lost.Reason);
    }

    private static MqttReasonCode Refused(MqttProtocolVersion version) =>
        version == MqttProtocolVersion.V5 ? MqttReasonCode.PayloadFormatInvalid : MqttReasonCode.Success;

    private static Task<MqttReasonCode> PublishAsync(MqttClient client, string thing, string payload) =>
        client.PublishAsync($"jw/{thing}/readings", Encoding.UTF8.GetBytes(payload), MqttQoS.AtLeastOnce);
}
