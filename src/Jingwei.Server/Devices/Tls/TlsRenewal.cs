namespace Jingwei.Server.Devices.Tls;

/// <summary>Looks whether the certificates of the MQTT listener were renewed on disk.</summary>
internal sealed class TlsRenewal(TlsCertificates certificates, TimeProvider clock) : BackgroundService
{
    // Certificates are renewed days before they end; whoever renews one by hand sees it within a moment.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Interval, clock);
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            certificates.Renew();
        }
    }
}
