using System.Net;
using Jingwei.Server.Access;
using Jingwei.Server.Console;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Store;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.Console;

public sealed class MetricsTests
{
    [Fact]
    public async Task Figures_are_written_in_prometheus_text_format()
    {
        await using var world = await AccessWorld.StartAsync();
        await world.AddThingAsync("m-1");
        var batch = new IntakeBatch("a \"quoted\\\nchannel", 1);
        var series = new Series(1, "m-1", "temperature");
        for (var second = 0; second < 3; second++)
        {
            batch.Add(series, second, 20);
            batch.Add(new Reject(second < 2 ? "unknown-thing" : "wrong-type", "", null, null, ""));
        }

        world.Get<Accounting>().Committed(batch);
        var (_, token) = world.Get<Tokens>().Add("prometheus", Users.First, new Grant(0, Role.Viewer, "root", "root"), null);
        var answer = await world.GetAsync(token, "/metrics");
        Assert.Equal((HttpStatusCode.OK, "text/plain; version=0.0.4; charset=utf-8"), (answer.Status, answer.ContentType));

        var samples = ExpositionFormat.Read(answer.Text);
        const string channel = """channel="a \"quoted\\\nchannel" """;
        Assert.Equal(6, samples[$"jingwei_readings_received_total{{{channel.Trim()}}}"]);
        Assert.Equal(3, samples[$"jingwei_readings_pending{{{channel.Trim()}}}"]);
        Assert.Equal(2, samples[$"jingwei_readings_rejected_total{{{channel.Trim()},reason=\"unknown-thing\"}}"]);
        Assert.Equal(0, samples["jingwei_alarms_open{severity=\"red\"}"]);
        Assert.Equal(0, samples["jingwei_cases_open"]);
        Assert.Equal(1, samples["jingwei_things"]);
        Assert.Equal(0, samples["jingwei_mqtt_connections"]);
        Assert.Equal(0, samples["jingwei_mqtt_dropped_total{reason=\"session-queue-full\"}"]);
        Assert.Equal(world.Time.GetUtcNow().ToUnixTimeSeconds(), samples["jingwei_start_time_seconds"]);
        Assert.InRange(samples["process_resident_memory_bytes"], 1 << 20, 1L << 40);
        Assert.Contains(samples, sample => sample.Key.StartsWith("jingwei_build_info{version=\"", StringComparison.Ordinal) && sample.Value == 1);
    }

    [Fact]
    public async Task Who_does_not_see_all_parties_sees_no_figures()
    {
        await using var world = await AccessWorld.StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await world.GetAsync(world.Session("viewer"), "/metrics")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.GetAsync(null, "/metrics")).Status);
    }

    [Fact]
    public void Numbers_and_texts_keep_what_they_say()
    {
        var text = new MetricsText()
            .Add("a_total", MetricKind.Counter, "A \\ and\nmore.", 1e21)
            .Add("b", MetricKind.Gauge, "B.", new Sample(double.PositiveInfinity, ("l", "\"\\\n")), new Sample(-0.1, ("l", "")))
            .Add("left_out", MetricKind.Gauge, "None.", [])
            .ToString();
        Assert.Equal(
            """
            # HELP a_total A \\ and\nmore.
            # TYPE a_total counter
            a_total 1E+21
            # HELP b B.
            # TYPE b gauge
            b{l="\"\\\n"} +Inf
            b{l=""} -0.1

            """,
            text);
    }
}
