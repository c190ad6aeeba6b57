using Jingwei.Fieldbus.Sparkplug;
using Jingwei.Mqtt;
using Jingwei.Server.Devices;

namespace Jingwei.Server.Telemetry.Intake.Sparkplug;

/// <summary>
/// Says that the host application is there, retained, before anybody can connect, and that it goes, before those who are connected are let go. It needs no
/// MQTT will: a server that is killed takes every connection with it, and says anew that it is there when it starts.
/// </summary>
public sealed class SparkplugState(DeviceServer devices, TelemetryOptions options, TimeProvider clock, IHostApplicationLifetime lifetime) : IHostedService
{
    private readonly string topic = HostState.TopicOf(options.Sparkplug.HostId);
    private Task leaving = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The last to be registered is called first: before the connections are closed.
        lifetime.ApplicationStopping.Register(() => leaving = TellAsync(online: false));
        await TellAsync(online: true);
    }

    public Task StopAsync(CancellationToken cancellationToken) => leaving;

    private async Task TellAsync(bool online) => await devices.Mqtt.PublishAsync(
        topic, HostState.Write(online, clock.GetUtcNow().ToUnixTimeMilliseconds()), MqttQoS.AtLeastOnce, retain: true);
}
