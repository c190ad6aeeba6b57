namespace Jingwei.Tests.Identifiers.Node;

/// <summary>One node for all tests of a class, which leave in it what does not disturb the others.</summary>
public sealed class NodeWorldFixture : IAsyncLifetime
{
    public NodeWorld World { get; private set; } = null!;

    public async ValueTask InitializeAsync() => World = await NodeWorld.StartAsync();

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
