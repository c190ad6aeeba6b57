namespace Jingwei.Server.Devices;

/// <summary>Ends MQTT connections whose token or user has ended: they were let in by rights that are gone.</summary>
internal sealed class SessionCheck(DeviceServer devices, TimeProvider clock) : BackgroundService
{
    // How long a connection may outlive its token; an HTTP request asks each time.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Interval, clock);
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            devices.SignOutChanged();
        }
    }
}
