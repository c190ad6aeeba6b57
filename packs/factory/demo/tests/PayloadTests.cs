using System.Text;
using Jingwei.Demo.Factory.Simulation;

namespace Jingwei.Tests.Packs.Factory;

public sealed class PayloadTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1767571200000);

    [Fact]
    public void A_payload_is_an_array_of_time_and_values()
    {
        var report = new Report(At, [new Measurement("state", 0, "producing"), new Measurement("energy", 12.5)]);

        Assert.Equal(
            """[{"ts":1767571200000,"values":{"state":"producing","energy":12.5}}]""",
            Encoding.UTF8.GetString(Payload.Encode([report])));
    }

    [Fact]
    public void Payloads_keep_the_limit_the_order_and_every_report()
    {
        var reports = Enumerable.Range(0, 50).Select(index => new Report(At.AddSeconds(index), [new Measurement("energy", index)])).ToList();
        var whole = Payload.Encode(reports);

        var parts = Payload.Split(reports, 200).ToList();

        Assert.True(parts.Count > 1);
        Assert.All(parts, part => Assert.InRange(part.Length, 2, 200));
        var joined = "[" + string.Join(',', parts.Select(part => Encoding.UTF8.GetString(part)[1..^1])) + "]";
        Assert.Equal(Encoding.UTF8.GetString(whole), joined);
    }
}
