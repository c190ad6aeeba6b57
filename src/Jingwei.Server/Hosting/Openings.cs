using Jingwei.Server.Facts.Store;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Hosting;

/// <summary>What a run opens beside everything else. Who makes it disposes of it, last: however the run ends, nothing is left half open.</summary>
internal sealed class Openings(ServerOptions options) : IAsyncDisposable
{
    public EngineOpening Engine { get; } = new(options);

    public StoreOpening<IdentifierStore> Identifiers { get; } = IdentifierStore.Open(options);

    public StoreOpening<FactStore> Facts { get; } = FactStore.Open(options);

    public async ValueTask DisposeAsync()
    {
        Identifiers.Dispose();
        Facts.Dispose();
        await Engine.DisposeAsync();
    }
}
