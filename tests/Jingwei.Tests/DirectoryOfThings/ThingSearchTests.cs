using FsCheck;
using FsCheck.Fluent;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.DirectoryOfThings;

public sealed class ThingSearchTests : IAsyncLifetime
{
    private AccessWorld world = null!;

    public async ValueTask InitializeAsync() => world = await AccessWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("主轴", "drill-01")]
    [InlineData("轴", "drill-01")]
    [InlineData("主轴 三号", "drill-01")]
    [InlineData("DRILL-0", "drill-01")]
    [InlineData("ill", "drill-01")]
    [InlineData("sn-0815", "drill-01")]
    [InlineData("３号", "press")]
    [InlineData("号", "drill-01,press")]
    [InlineData("主三", "")]
    [InlineData("\" OR *", "")]
    [InlineData("（", "")]
    public async Task A_thing_is_found_by_any_part_of_what_it_is_called(string question, string found)
    {
        await AddAsync("drill-01", "主轴箱（三号钻机）", "SN-0815");
        await AddAsync("press", "压机3号");
        Assert.Equal(found, string.Join(',', Find(question)));
    }

    [Fact]
    public async Task The_very_id_comes_first_then_names_that_are_or_begin_with_the_question()
    {
        await AddAsync("x1", "压机");
        await AddAsync("压机", "zzz");
        await AddAsync("x3", "压机二");
        await AddAsync("x2", "大压机");
        Assert.Equal(["压机", "x1", "x3", "x2"], Find("压机"));
    }

    [Fact]
    public async Task What_is_renamed_removed_or_out_of_sight_is_not_found_by_its_old_name()
    {
        await AddAsync("m-1", "旧名");
        Assert.Equal(["m-1"], Find("旧名"));
        var engineer = world.Session("engineer");
        await world.SendAsync(engineer, HttpMethod.Patch, "/api/things/m-1", """{"name":"新名"}""");
        Assert.Empty(Find("旧名"));
        Assert.Equal(["m-1"], Find("新名"));
        Assert.Empty(world.Get<ThingSearch>().Find(new Caller(CallerKind.User, "outsider", "", [new Grant(1, Role.Viewer, "plan", "root")]), "新名", 10));
        await world.SendAsync(engineer, HttpMethod.Delete, "/api/things/m-1");
        Assert.Empty(Find("新名"));
    }

    [Fact]
    public void Things_of_a_store_without_an_index_are_found_after_the_next_start()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("jingwei-search-").FullName;
        var file = Path.Combine(folder, "jingwei.db");
        using (var before = new Database(file))
        {
            before.Migrate("directory.things", "CREATE TABLE thing (id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, party TEXT NOT NULL, region TEXT NOT NULL, parent TEXT, gateway TEXT, created INTEGER NOT NULL, version INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0)");
            before.Write((store, transaction) => Dapper.SqlMapper.Execute(
                store, "INSERT INTO thing (id, type, name, party, region, created, version) VALUES ('m-1', 'machine', '一号冲床', 'root', 'root', 0, 1)", null, transaction));
        }

        using (var database = new Database(file))
        {
            var things = new Things(database, new Parties(database), new Regions(database), TimeProvider.System);
            Assert.Equal("m-1", Assert.Single(new ThingSearch(database, things, new Visible(things, new(Server.Packs.Model.PackSet.Empty))).Find(Caller.System, "冲床", 10)).Id);
        }

        System.IO.Directory.Delete(folder, true);
    }

    [Fact]
    public void Every_part_of_a_name_finds_it()
    {
        var letters = Gen.Elements("主", "轴", "a", "B", "1", "-", ".", "é", "𠮷", "線");
        var names = letters.ArrayOf().Where(name => name.Length is > 0 and < 20).Select(name => string.Concat(name));
        Prop.ForAll(names.ToArbitrary(), name =>
        {
            var runes = name.EnumerateRunes().Select(rune => rune.ToString()).ToList();
            var thing = new Thing("id", "t", name, "root", "root", null, null, default, 1);
            var words = ThingWords.Of(thing);
            return Enumerable.Range(0, runes.Count).All(from => Enumerable.Range(1, runes.Count - from).All(length =>
            {
                var part = string.Concat(runes.Skip(from).Take(length));
                return ThingWords.Holds(thing, part) && Matches(words, ThingWords.Match(part)!);
            }));
        }).QuickCheckThrowOnFailure();
    }

    // What FTS5 does with a phrase, and with a prefix (sqlite.org/fts5.html, section 3).
    private static bool Matches(string words, string match) =>
        match.EndsWith('*') ? $" {words}".Contains($" {match[..^1]}", StringComparison.Ordinal) : $" {words}".Contains($" {match.Trim('"')} ", StringComparison.Ordinal);

    private IReadOnlyList<string> Find(string question) => [.. world.Get<ThingSearch>().Find(Caller.System, question, 10).Select(thing => thing.Id)];

    private async Task AddAsync(string id, string name, string? serial = null) => Assert.Equal(
        ThingOutcome.Done,
        await world.Get<Things>().AddAsync(
            new Thing(id, "machine", name, "plant", "east", null, null, default, 1) { Identifiers = ThingIdentifiers.Of(serial is null ? [] : [new("serial", serial)]) },
            AccessWorld.Cancellation));
}
