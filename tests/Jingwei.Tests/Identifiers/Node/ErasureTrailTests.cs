using System.Net;

namespace Jingwei.Tests.Identifiers.Node;

/// <summary>Where it stands who erased what.</summary>
public sealed class ErasureTrailTests : IAsyncLifetime
{
    private NodeWorld world = null!;

    public async ValueTask InitializeAsync() => world = await NodeWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Erasing_an_earlier_version_is_in_the_audit_and_its_reason_beside_what_is_left()
    {
        foreach (var data in (string[])["first", "second"])
        {
            await world.SendAsync("engineer", HttpMethod.Put, "/api/identifiers/88.118.1/a", $$"""{"values":[{"type":"URL","data":"{{data}}"}]}""");
        }

        Assert.Equal(HttpStatusCode.NoContent, (await world.PostAsync("engineer", "/api/identifier-erasures/88.118.1/a", """{"version":1,"reason":"asked for"}""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await world.PostAsync("engineer", "/api/identifier-erasures/88.118.1/a", """{"version":1,"reason":"again"}""")).Status);
        var audit = (await world.GetAsync("admin", "/api/audit?target=/api/identifier-erasures/")).Json["items"]!.AsArray();
        Assert.Equal(
            [("engineer", "/api/identifier-erasures/88.118.1/a", 409), ("engineer", "/api/identifier-erasures/88.118.1/a", 204)],
            audit.Select(each => ((string)each!["actor"]!, (string)each["target"]!, (int)each["outcome"]!)));
        var first = (await world.GetAsync("engineer", "/api/identifier-versions/88.118.1/a")).Json["items"]!.AsArray().Single(each => (int)each!["version"]! == 1)!;
        Assert.Equal(("engineer", "asked for"), ((string)first["erased"]![0]!["by"]!, (string)first["erased"]![0]!["reason"]!));
    }
}
