using Jingwei.Load;
using Jingwei.Load.Servers;

namespace Jingwei.Acceptance.Crash;

/// <summary>The load program's own run, small: readings over MQTT QoS 1 while the server is killed and started again.</summary>
public sealed class CrashRunTests
{
    [Fact]
    public async Task What_was_acknowledged_around_a_kill_is_there_exactly_once()
    {
        await using var server = new ServerUnderLoad(Layout.Server, Layout.Packs);
        var plan = new CrashPlan(Clients: 40, Rate: 2_000, TimeSpan.FromSeconds(8), KillAfter: TimeSpan.FromSeconds(4));
        var told = new List<string>();

        var result = await CrashRun.RunAsync(server, plan, told.Add, TestContext.Current.CancellationToken);

        Assert.Empty(result.Faults);
        Assert.Equal(3, told.Count);
        Assert.Equal(16_000, result.Acknowledged);
        Assert.Equal((16_000, 16_000), (result.Stored, result.Distinct));
        Assert.Equal(result.Sent, result.Acknowledged + result.Resent);
        var accounting = result.Accounting;
        Assert.Equal((long)accounting["received"]!, 16_000 + (long)accounting["duplicate"]!);
        Assert.InRange((long)accounting["duplicate"]!, 0, result.Resent);
    }
}
