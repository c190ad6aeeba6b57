using Jingwei.Server.Access;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Tests.Telemetry;

[Collection(EngineTests.Name)]
public sealed class JsonReadingsTests(EngineFixture engine)
{
    [Theory]
    [InlineData("", RejectReason.Unparsable)]
    [InlineData("{", RejectReason.Unparsable)]
    [InlineData("[]", RejectReason.Unparsable)]
    [InlineData("{}", RejectReason.Unparsable)]
    [InlineData("7", RejectReason.Unparsable)]
    [InlineData("""{"values":{}}""", RejectReason.Unparsable)]
    [InlineData("""{"values":[1]}""", RejectReason.Unparsable)]
    [InlineData("""{"values":{"temperature":1}} 2""", RejectReason.Unparsable)]
    [InlineData("""{"values":{"temperature":1},"extra":2}""", RejectReason.Unparsable)]
    [InlineData("""{"values":{"temperature":NaN}}""", RejectReason.Unparsable)]
    [InlineData("""{"values":{"recipe":"\ud800"}}""", RejectReason.Unparsable)]
    [InlineData("""{"ts":1.5,"values":{"temperature":1}}""", RejectReason.Unparsable)]
    [InlineData("""{"ts":"yesterday","values":{"temperature":1}}""", RejectReason.Unparsable)]
    [InlineData("""{"ts":"2026-02-30T00:00:00Z","values":{"temperature":1}}""", RejectReason.Unparsable)]
    [InlineData("""{"quality":"fine","values":{"temperature":1}}""", RejectReason.Unparsable)]
    [InlineData("""[{"values":{"temperature":1}},{"values":3}]""", RejectReason.Unparsable)]
    [InlineData("""{"values":{"temperature":1e999}}""", RejectReason.NotFinite)]
    [InlineData("""{"values":{"temperature":"warm"}}""", RejectReason.WrongType)]
    [InlineData("""{"values":{"temperature":null}}""", RejectReason.WrongType)]
    [InlineData("""{"values":{"temperature":true}}""", RejectReason.WrongType)]
    [InlineData("""{"values":{"running":1}}""", RejectReason.WrongType)]
    [InlineData("""{"values":{"state":"asleep"}}""", RejectReason.WrongType)]
    [InlineData("""{"values":{"recipe":"123456789"}}""", RejectReason.TooLong)]
    [InlineData("""{"values":{"place":[120.1]}}""", RejectReason.WrongType)]
    [InlineData("""{"values":{"place":[30.2,120.1]}}""", RejectReason.WrongType)]
    [InlineData("""{"values":{"place":{"lat":30.2}}}""", RejectReason.WrongType)]
    [InlineData("""{"values":{"pressure":1}}""", RejectReason.UnknownProperty)]
    [InlineData("""{"ts":"2026-01-05T08:10:01Z","values":{"temperature":1}}""", RejectReason.OutOfTimeLimits)]
    [InlineData("""{"ts":"2016-01-01T00:00:00Z","values":{"temperature":1}}""", RejectReason.OutOfTimeLimits)]
    [InlineData("""{"ts":9223372036854775807,"values":{"temperature":1}}""", RejectReason.OutOfTimeLimits)]
    public async Task Bad_input_is_one_reject_with_its_reason(string payload, string reason)
    {
        await using var bench = await Bench.IdleAsync(engine);

        var batch = bench.Parse("m1", payload);

        Assert.Equal(0, batch.Accepted);
        Assert.Equal(reason, Assert.Single(batch.Rejected).Reason);
    }

    [Theory]
    [InlineData("""{"ts":1767599999999,"values":{"temperature":1}}""", 1767599999999000)]
    [InlineData("""{"ts":"2026-01-05T07:59:59.1234567Z","values":{"temperature":1}}""", 1767599999123456)]
    [InlineData("""{"values":{"temperature":1},"ts":"2026-01-05T15:59:59+08:00"}""", 1767599999000000)]
    [InlineData("""{"values":{"temperature":1}}""", 1767600000000000)]
    public async Task The_time_is_in_milliseconds_or_as_in_rfc_3339_or_that_of_arrival(string payload, long time)
    {
        await using var bench = await Bench.IdleAsync(engine);

        Assert.Equal(time, Assert.Single(bench.Accepted(bench.Parse("m1", payload))).Time);
    }

    [Theory]
    [InlineData("""{"values":{"place":[120.1,30.2]}}""")]
    [InlineData("""{"values":{"place":{"lat":30.2,"lon":120.1}}}""")]
    public async Task A_position_is_a_pair_or_an_object(string payload)
    {
        await using var bench = await Bench.IdleAsync(engine);

        Assert.Equal(new Place(30.2, 120.1), Place.Parse(Assert.Single(bench.Accepted(bench.Parse("m1", payload))).Value.Text!));
    }

    [Fact]
    public async Task A_value_out_of_range_is_kept_as_uncertain()
    {
        await using var bench = await Bench.IdleAsync(engine);

        var reading = Assert.Single(bench.Accepted(bench.Parse("m1", """{"values":{"temperature":151}}""")));

        Assert.Equal((Quality.Uncertain, "range"), (reading.Quality, reading.Flag));
    }

    [Fact]
    public async Task One_bad_value_costs_the_others_nothing_and_can_be_delivered_again()
    {
        await using var bench = await Bench.IdleAsync(engine);

        var batch = bench.Parse("m1", """{"ts":1767599999000,"values":{"temperature":1,"pressure":{"bar":[2]},"running":false}}""");

        Assert.Equal(["temperature", "running"], bench.Accepted(batch).Select(reading => reading.Property.Id));
        var reject = Assert.Single(batch.Rejected);
        Assert.Equal("""{"ts":"2026-01-05T07:59:59Z","values":{"pressure":{"bar":[2]}}}""", reject.Payload);
    }

    [Fact]
    public async Task A_thing_delivers_for_itself_and_as_gateway_and_learns_nothing_of_others()
    {
        await using var bench = await Bench.IdleAsync(engine);
        const string payload = """{"values":{"temperature":1}}""";
        var m1 = Authenticator.OfThing("m1", "m1");

        Assert.Single(bench.Accepted(bench.Parse("m3", payload, m1)));
        var other = Assert.Single(bench.Parse("m2", payload, m1).Rejected);
        var none = Assert.Single(bench.Parse("m9", payload, m1).Rejected);

        Assert.Equal((RejectReason.NotAllowed, RejectReason.NotAllowed), (other.Reason, none.Reason));
        Assert.Equal(other.Answer.Replace("m2", "m9", StringComparison.Ordinal), none.Answer);
    }

    [Fact]
    public async Task A_message_beyond_the_limit_is_one_reject_of_which_a_part_is_kept()
    {
        await using var bench = await Bench.IdleAsync(engine, null, new TelemetryOptions { MessageBytes = 100, RejectPayloadBytes = 10 });

        var reject = Assert.Single(bench.Parse("m1", $$"""{"values":{"recipe":"{{new string('x', 100)}}"} }""").Rejected);

        Assert.Equal((RejectReason.TooLarge, """{"values":"""), (reject.Reason, reject.Payload));
    }
}
