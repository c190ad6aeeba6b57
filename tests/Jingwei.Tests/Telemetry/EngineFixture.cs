using Jingwei.Server.Telemetry.Engine;

namespace Jingwei.Tests.Telemetry;

/// <summary>The real engine, opened once: a process has one data path. Each test takes a database of its own in it.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jingwei-engine-");
    private int databases;

    internal AnalyticEngine Engine { get; private set; } = null!;

    internal string NewDatabase() => $"test{Interlocked.Increment(ref databases)}";

    public async ValueTask InitializeAsync() => Engine = await AnalyticEngine.OpenAsync(folder.FullName, new EngineOptions());

    public ValueTask DisposeAsync()
    {
        Engine.Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Tests that share the engine run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class EngineTests : ICollectionFixture<EngineFixture>
{
    public const string Name = "engine";
}
