using Jingwei.Server.Access.Agreements;

namespace Jingwei.Tests.Identifiers.Node;

/// <summary>Values of identifiers that sharing agreements show.</summary>
public sealed class SharedValueTests : IAsyncLifetime
{
    private NodeWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await NodeWorld.StartAsync();
        await world.RegisterAsync(
            "engineer", "",
            """{"handle":"88.118.1/LAM-1","values":[{"type":"URL","data":"u"},{"type":"TG","data":"170","read":"owner"},{"type":"COST","data":"9","read":"owner"},{"type":"HS_SECKEY","data":"s","read":"owner"}]}""",
            """{"handle":"88.118.1/LAMP","values":[{"type":"TG","data":"1","read":"owner"}]}""",
            """{"handle":"88.118.1/01/09520001000102/21/7","values":[{"type":"TG","data":"2","read":"owner"}]}""");
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Types_of_a_class_are_shown_to_the_other_side_alone_and_for_as_long_as_it_holds()
    {
        Assert.Equal("URL", await world.ResolveAsync("outsider", "88.118.1/LAM-1"));
        var agreement = Agree(["88.118.1/LAM"], ["tg"]);
        Assert.Equal("URL TG", await world.ResolveAsync("outsider", "88.118.1/LAM-1"));
        Assert.Equal("TG", await world.ResolveAsync("outsider", "88.118.1/LAM-1", "?type=TG"));
        Assert.Equal("URL", await world.ResolveAsync(null, "88.118.1/LAM-1"));
        Assert.Equal("100", await world.ResolveAsync("outsider", "88.118.1/LAMP"));
        var use = Assert.Single(world.Get<AgreementUses>().Of(agreement, 0, 10));
        Assert.Equal(("outsider", AgreementUseKind.Resolution, 2L, 2L), (use.Actor, use.Use, use.Times, use.Rows));

        world.Access.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("URL", await world.ResolveAsync("outsider", "88.118.1/LAM-1"));
    }

    [Fact]
    public async Task Keys_of_GS1_are_named_as_Digital_Links_and_secrets_are_never_shown()
    {
        Agree(["https://id.gs1.org/01/09520001000102"], ["*"]);
        Assert.Equal("TG", await world.ResolveAsync("outsider", "88.118.1/01/09520001000102/21/7"));
        Assert.Equal("URL", await world.ResolveAsync("outsider", "88.118.1/LAM-1"));
        Agree([], ["*"]);
        Assert.Equal("URL TG COST", await world.ResolveAsync("outsider", "88.118.1/LAM-1"));
    }

    // By the book itself: how one is made is another test's.
    private string Agree(string[] products, string[] values)
    {
        var now = world.Access.Time.GetUtcNow();
        var terms = new AgreementTerms([.. products], [], [], [.. values], false, "test", now.AddMinutes(1));
        return world.Get<AgreementBook>().Add(new(Guid.NewGuid().ToString("N"), "plant", "plan", "plant", terms, null, AgreementState.Accepted, "admin", null, now, now, 1))!.Id;
    }
}
