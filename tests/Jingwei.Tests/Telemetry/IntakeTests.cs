using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Tests.Telemetry;

[Collection(EngineTests.Name)]
public sealed class IntakeTests(EngineFixture engine)
{
    [Fact]
    public async Task Values_of_a_message_are_accepted_stored_and_counted()
    {
        await using var bench = await Bench.StartAsync(engine);

        var result = await bench.StoreAsync("m1", """{"ts":"2026-01-05T07:59:00Z","values":{"temperature":21.5,"running":true,"state":"producing"}}""");

        Assert.Equal((IntakeStatus.Durable, 3), (result.Status, result.Accepted));
        var account = bench.Account();
        Assert.Equal((3, 3, 0, 0, 0), (account.Received, account.Stored, account.Pending, account.Rejected, account.Duplicate));
        Assert.Equal(21.5, bench.Readings.Latest("m1", "temperature")!.Value.Value.Number);
        Assert.Equal("producing", bench.Readings.Latest("m1", "state")!.Value.Value.Text);
        var latest = Assert.Single(await bench.Store.Texts.LatestAsync(since: 0));
        Assert.Equal(("producing", Instant.Of(Bench.Start) - Instant.PerMinute), (latest.Value.Value.Text, latest.Value.Time));
    }

    [Fact]
    public async Task The_same_reading_again_is_a_duplicate_and_another_value_a_correction()
    {
        await using var bench = await Bench.StartAsync(engine);
        const string message = """{"ts":1767599940000,"values":{"temperature":20,"state":"idle"}}""";

        await bench.StoreAsync("m1", message);
        await bench.StoreAsync("m1", message);
        await bench.StoreAsync("m1", """{"ts":1767599940000,"values":{"temperature":25}}""");

        var account = bench.Account();
        Assert.Equal((5, 3, 2, 1), (account.Received, account.Stored, account.Duplicate, account.Corrections));
        Assert.Equal(25, Assert.Single(await bench.Store.Numbers.LatestAsync(since: 0)).Value.Value.Number);
    }

    [Fact]
    public async Task After_a_restart_counts_latest_values_and_duplicates_are_known_again()
    {
        await using var bench = await Bench.StartAsync(engine);
        const string message = """{"ts":1767599940000,"values":{"temperature":20,"state":"idle","nonsense":1}}""";
        await bench.StoreAsync("m1", message);

        await bench.RestartAsync();
        await bench.StoreAsync("m1", message);

        var account = bench.Account();
        Assert.Equal((6, 2, 2, 2), (account.Received, account.Stored, account.Duplicate, account.Rejected));
        Assert.Equal("idle", bench.Readings.Latest("m1", "state")!.Value.Value.Text);
    }
}
