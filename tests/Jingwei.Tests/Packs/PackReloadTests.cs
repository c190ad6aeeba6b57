using Jingwei.Server.Packs;

namespace Jingwei.Tests.Packs;

public sealed class PackReloadTests : IDisposable
{
    private readonly TemporaryPacks packs = new();
    private readonly PackCatalog catalog;

    public PackReloadTests() => catalog = new(PackLoader.Load(packs.Root).Packs!);

    public void Dispose() => packs.Dispose();

    [Fact]
    public void What_is_the_same_changes_nothing()
    {
        var before = catalog.Current;
        var (answer, problems) = PackReload.Run(catalog, packs.Root);
        Assert.Empty(problems);
        Assert.True(answer is { Added: [], Changed: [], Removed: [] });
        Assert.Same(before, catalog.Current);
    }

    [Fact]
    public void A_changed_file_is_in_force_at_once()
    {
        packs.Change("rules/hot.yaml", "temperature > 60.0", "temperature > 70.0");
        var (answer, _) = PackReload.Run(catalog, packs.Root);
        Assert.Equal(["mill"], answer!.Changed);
        Assert.StartsWith("temperature > 70.0", catalog.Current.Rules.Single(rule => rule.Id == "hot").When);
    }

    [Fact]
    public void A_problem_leaves_everything_as_it_was()
    {
        var before = catalog.Current;
        packs.Change("rules/hot.yaml", "temperature > 60.0", "temprature > 60.0");
        var (answer, problems) = PackReload.Run(catalog, packs.Root);
        Assert.Null(answer);
        Assert.Equal("mill/rules/hot.yaml", Assert.Single(problems).File);
        Assert.Same(before, catalog.Current);
    }

    [Fact]
    public void Packs_come_and_go()
    {
        NewPack.Write(Path.Combine(packs.Root, "yard"), new("yard", "yard-tank", "罐区", "Tank yard"));
        Assert.Equal(["yard"], PackReload.Run(catalog, packs.Root).Answer!.Added);
        Assert.NotNull(catalog.Current.Type("yard-tank"));

        Directory.Delete(Path.Combine(packs.Root, "yard"), recursive: true);
        Assert.Equal(["yard"], PackReload.Run(catalog, packs.Root).Answer!.Removed);
        Assert.Null(catalog.Current.Type("yard-tank"));
    }
}
