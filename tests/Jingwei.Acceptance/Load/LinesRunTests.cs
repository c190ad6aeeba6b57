using Jingwei.Load.Lines;
using Jingwei.Load.Servers;

namespace Jingwei.Acceptance.Load;

/// <summary>The load program's lines, few of them: our server and its peers find the same values, and as many as were sent.</summary>
public sealed class LinesRunTests
{
    // 4 hosts, 2 connections, 40 + 160 lines of ten values each, 20 lines a request.
    private static readonly LinesShape Shape = new(Hosts: 4, Connections: 2, LinesARequest: 20, WarmUpValues: 400, MeasuredValues: 1600);

    [Fact]
    public Task Our_server_finds_every_value() => RunAsync(new JingweiLines());

    [Fact]
    public Task VictoriaMetrics_finds_every_value()
    {
        Require(VictoriaMetrics.Program, "victoria-metrics");
        return RunAsync(new VictoriaMetrics(Shape.Span));
    }

    [Fact]
    public Task InfluxDb_finds_every_value()
    {
        Require(InfluxDb.Program, "influxdb");
        return RunAsync(new InfluxDb());
    }

    private static void Require(string program, string package) =>
        Assert.SkipUnless(SubjectProcess.Find(program) is not null, $"{program} is not installed (on Debian: apt-get install {package}).");

    private static async Task RunAsync(ILineStore store)
    {
        await using var made = store;
        var lines = CpuLines.Make(Shape);

        // Throws when a query does not find what was acknowledged, or another sum.
        await LinesRun.RunAsync(store, lines, TestContext.Current.CancellationToken);

        Assert.Equal(2000, await store.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(lines.Sum, await store.SumAsync(TestContext.Current.CancellationToken));
    }
}
