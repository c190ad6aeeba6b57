using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Mqtt;

/// <summary>The MQTT servers that are compared.</summary>
public static class Brokers
{
    public static Subjects<IBroker> All { get; } = new(
        new(Report.Ours, null, () => new JingweiBroker()), new("mosquitto", Mosquitto.Program, () => new Mosquitto()));
}
