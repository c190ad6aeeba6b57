using Jingwei.Server.Telemetry.Engine;

namespace Jingwei.Server.Telemetry;

/// <summary>
/// The engine of a run, opened beside everything else: its library takes half a second to load, and nothing needs it before readings are
/// brought up. It begins when this is made; who makes it disposes of it, last.
/// </summary>
internal sealed class EngineOpening(ServerOptions options) : IAsyncDisposable
{
    private const string FolderName = "engine";

    private readonly Task<AnalyticEngine> opened = Task.Run(() =>
        AnalyticEngine.OpenAsync(Path.GetFullPath(Path.Combine(options.Data, FolderName)), options.Telemetry.Engine));

    /// <summary>Ends when it is open.</summary>
    /// <exception cref="EngineException">The library or the folder cannot be opened.</exception>
    public Task<AnalyticEngine> OpenedAsync() => opened;

    public async ValueTask DisposeAsync()
    {
        await ((Task)opened).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opened.IsCompletedSuccessfully)
        {
            (await opened).Dispose();
        }
    }
}
