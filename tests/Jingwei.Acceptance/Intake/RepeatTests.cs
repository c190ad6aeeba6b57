using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Jingwei.Acceptance.Intake;

/// <summary>The same reading again, and another value for the same time.</summary>
public sealed class RepeatTests(IntakeServer intake) : IClassFixture<IntakeServer>
{
    // A full minute some days ago: it is summed up in rollups, late or not.
    private readonly long minute = TimeProvider.System.GetUtcNow().AddDays(-2).ToUnixTimeSeconds() / 60 * 60_000;

    [Fact]
    public async Task The_same_again_is_counted_and_changes_nothing()
    {
        await intake.Server.AddThingAsync("same", KindsPack.Type);
        var before = await intake.SettledAsync();
        var line = $"d,thing=same number=1,text=\"on\",boolean=t {minute}";

        // In one request, in another at once, and once more when the engine has it.
        await WriteAsync(line + "\n" + line);
        await WriteAsync(line);
        await intake.SettledAsync();
        await WriteAsync(line);

        Assert.Equal((12, 3, 0, 9, 0), (await intake.SettledAsync()).Since(before));
        Assert.Equal([[minute, 1]], await PointsAsync("same", "number", $"from={minute}&to={minute + 60_000}"));
        Assert.Equal([[minute, 1]], await PointsAsync("same", "number", $"from={minute}&to={minute + 60_000}&bucket=1m&agg=count"));
    }

    [Fact]
    public async Task A_later_value_for_the_same_time_wins_everywhere()
    {
        await intake.Server.AddThingAsync("corrected", KindsPack.Type);
        var before = await intake.SettledAsync();
        await WriteAsync($"d,thing=corrected number=1 {minute}\nd,thing=corrected number=10 {minute + 1000}");
        await intake.SettledAsync();

        await WriteAsync($"d,thing=corrected number=2 {minute}");
        await WriteAsync($"d,thing=corrected number=3 {minute}\nd,thing=corrected number=20 {minute + 1000}\nd,thing=corrected number=20 {minute + 1000}");

        Assert.Equal((6, 5, 0, 1, 3), (await intake.SettledAsync()).Since(before));
        var latest = await intake.Server.GetAsync("/api/things/corrected/latest");
        Assert.Equal(20, (double)latest["values"]!["number"]!["value"]!);
        var window = $"from={minute}&to={minute + 60_000}";
        Assert.Equal([[minute, 3], [minute + 1000, 20]], await PointsAsync("corrected", "number", window));
        foreach (var bucket in new[] { "1m", "1h", "10s" })
        {
            Assert.Equal(23, (await PointsAsync("corrected", "number", $"{window}&bucket={bucket}&agg=sum")).Sum(point => point[1]));
            Assert.Equal(2, (await PointsAsync("corrected", "number", $"{window}&bucket={bucket}&agg=count")).Sum(point => point[1]));
        }
    }

    [Fact]
    public async Task A_property_named_twice_in_one_message_has_the_later_value()
    {
        await intake.Server.AddThingAsync("twice", KindsPack.Type);
        var before = await intake.SettledAsync();

        await WriteAsync($"d,thing=twice number=1,number=2 {minute}");

        Assert.Equal((2, 2, 0, 0, 1), (await intake.SettledAsync()).Since(before));
        Assert.Equal([[minute, 2]], await PointsAsync("twice", "number", $"from={minute}&to={minute + 1}"));
    }

    [Fact]
    public async Task An_empty_window_has_no_points_and_a_backward_one_is_refused()
    {
        await intake.Server.AddThingAsync("window", KindsPack.Type);
        await WriteAsync($"d,thing=window number=1,text=\"on\" {minute}");
        await intake.SettledAsync();
        foreach (var property in new[] { "number", "text" })
        {
            Assert.Empty(await PointsAsync("window", property, $"from={minute}&to={minute}"));
        }

        foreach (var bucket in new[] { "1s", "1m", "1h", "1d" })
        {
            Assert.Empty(await PointsAsync("window", "number", $"from={minute}&to={minute}&bucket={bucket}"));
            var backward = await intake.Server.Admin.GetAsync($"/api/things/window/readings?property=number&from={minute}&to={minute - 1}&bucket={bucket}");
            Assert.Equal(HttpStatusCode.BadRequest, backward.StatusCode);
        }

        var farthest = await intake.Server.Admin.GetAsync($"/api/things/window/readings?property=number&from={long.MinValue / 1000}&to={long.MaxValue / 1000}&bucket=1d");
        Assert.Equal(HttpStatusCode.BadRequest, farthest.StatusCode);
        Assert.Equal("bad-time", (string)(await farthest.Content.ReadFromJsonAsync<JsonNode>())!["code"]!);
    }

    private async Task WriteAsync(string lines) => Assert.Equal(
        HttpStatusCode.NoContent, (await intake.Server.Admin.PostAsync("/write?db=kinds&precision=ms", new StringContent(lines))).StatusCode);

    private async Task<double[][]> PointsAsync(string thing, string property, string query) =>
        [.. (await intake.Server.GetAsync($"/api/things/{thing}/readings?property={property}&{query}"))["points"]!.AsArray()
            .Select(point => new[] { (double)point![0]!, (double)point[1]! })];
}
