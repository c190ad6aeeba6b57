namespace Jingwei.Server.Cases;

/// <summary>Removes, at the start, what was coming in when the server stopped. A program that has no data folder has nothing to remove.</summary>
internal sealed class EvidenceSweep(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<ServerOptions>() is { } options)
        {
            new EvidenceFiles(options.Data).Sweep();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
