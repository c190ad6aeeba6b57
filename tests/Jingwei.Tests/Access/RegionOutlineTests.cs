using System.Net;

namespace Jingwei.Tests.Access;

public sealed class RegionOutlineTests : IAsyncLifetime
{
    // Two squares beside each other; the left one has a hole, and a city fills its lower half. All corners by hand.
    private const string Two = """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"adcode":440100,"name":"城","level":"city","parent":{"adcode":440000}},"geometry":{"type":"Polygon","coordinates":[[[110,20],[112,20],[112,21],[110,21],[110,20]]]}},
        {"type":"Feature","properties":{"code":"440000","name":"左","level":"province"},"geometry":{"type":"Polygon","coordinates":[[[110,20],[112,20],[112,22],[110,22],[110,20]],[[110.5,21.2],[110.7,21.2],[110.7,21.4],[110.5,21.4],[110.5,21.2]]]}},
        {"type":"Feature","properties":{"code":"450000","name":"右","level":"province","parent":"root"},"geometry":{"type":"MultiPolygon","coordinates":[[[[112,20],[114,20],[114,22],[112,22],[112,20]]]]}}]}
        """;

    private AccessWorld world = null!;
    private string admin = null!;

    public async ValueTask InitializeAsync()
    {
        world = await AccessWorld.StartAsync();
        admin = world.Session("admin");
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_file_is_looked_at_before_it_is_written_and_again_changes_nothing()
    {
        var preview = await world.PostAsync(admin, "/api/regions/import?preview=true", Two);
        Assert.Equal((HttpStatusCode.OK, false, "440000,450000,440100"), (preview.Status, (bool)preview.Json["written"]!, Made(preview)));
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync(admin, "/api/regions/440000/outline")).Status);

        Assert.Equal("440000,450000,440100", Made(await world.PostAsync(admin, "/api/regions/import", Two)));
        var again = await world.PostAsync(admin, "/api/regions/import", Two.Replace("右", "右边", StringComparison.Ordinal));
        Assert.Equal(("", "450000", 2), (Made(again), string.Join(',', again.Json["changed"]!.AsArray()), (int)again.Json["same"]!));
        var city = (await world.GetAsync(admin, "/api/regions")).Json["items"]!.AsArray().Single(item => (string)item!["id"]! == "440100")!;
        Assert.Equal(("440000", "city", $"/{Jingwei.Server.Access.Regions.Root}/440000/440100/"), ((string)city["parent"]!, (string)city["kind"]!, (string)city["path"]!));
    }

    [Theory]
    [InlineData(110.5, 20.5, "440100,440000")]
    [InlineData(110.9, 21.5, "440000")]
    [InlineData(110.6, 21.3, "")]
    [InlineData(113, 21, "450000")]
    [InlineData(112, 21.5, "440000,450000")]
    [InlineData(109.9, 21, "")]
    public async Task A_place_lies_in_the_regions_whose_outline_holds_it(double lon, double lat, string regions)
    {
        await world.PostAsync(admin, "/api/regions/import", Two);
        var path = FormattableString.Invariant($"/api/regions/at?lon={lon}&lat={lat}");
        Assert.Equal(regions, string.Join(',', (await world.GetAsync(admin, path)).Ids));
        Assert.Empty((await world.GetAsync(world.Session("engineer"), path)).Ids.Except(regions.Split(',')));
    }

    [Fact]
    public async Task An_outline_comes_back_as_it_was_given_and_coarser_where_asked()
    {
        await world.PostAsync(admin, "/api/regions/import", Two.Replace("[112,21],[110,21]", "[112,21],[111,21.0001],[110,21]", StringComparison.Ordinal));
        var exact = (await world.GetAsync(admin, "/api/regions/440100/outline")).Json["geometry"]!;
        Assert.Equal("[[[110,20],[112,20],[112,21],[111,21.0001],[110,21],[110,20]]]", exact["coordinates"]!.ToJsonString());
        var coarse = (await world.GetAsync(admin, "/api/regions/outlines?parent=440000&tolerance=0.01")).Json["features"]!.AsArray();
        Assert.Equal(5, Assert.Single(coarse)!["geometry"]!["coordinates"]![0]!.AsArray().Count);
    }

    [Theory]
    [InlineData("\"level\":\"city\"", "\"level\":\"planet\"", "features[0].properties.level")]
    [InlineData("\"adcode\":440100", "\"adcode\":\"a/b\"", "features[0].properties.code")]
    [InlineData("\"name\":\"左\"", "\"nam\":\"左\"", "features[1].properties.name")]
    [InlineData("{\"adcode\":440000}", "{\"adcode\":999}", "features[0].properties.parent")]
    [InlineData("\"code\":\"450000\"", "\"code\":\"440000\"", "features[2].properties.code")]
    [InlineData("[110,21],[110,20]]]", "[110,21],[110,20.1]]]", "features[0].geometry.coordinates[0]")]
    [InlineData("[112,20],[112,21],[110,21]", "[112,21],[112,20],[110,21]", "features[0].geometry")]
    [InlineData("[114,20]", "[214,20]", "features[2].geometry.coordinates[0][0][1]")]
    [InlineData("\"MultiPolygon\"", "\"Point\"", "features[2].geometry")]
    [InlineData("{\"type\":\"FeatureCollection\",", "{", null)]
    [InlineData("]}\n", "]", "")]
    public async Task A_file_with_a_mistake_writes_nothing_and_names_the_place(string good, string bad, string? at)
    {
        var answer = await world.PostAsync(admin, "/api/regions/import", (Two + "\n").Replace(good, bad, StringComparison.Ordinal));
        if (at is null)
        {
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            return;
        }

        Assert.Equal((HttpStatusCode.BadRequest, "bad-regions"), (answer.Status, answer.Code));
        Assert.Contains(answer.Json["errors"]!.AsArray(), error => ((string)error!).StartsWith(at + ":", StringComparison.Ordinal));
        Assert.Null(world.Get<Server.Access.Regions>().Find("450000"));
    }

    [Fact]
    public async Task Regions_are_the_platforms_and_imported_by_its_administrators()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync(world.Session("engineer"), "/api/regions/import", Two)).Status);
        var outsider = await world.PostAsync(world.Session("outsider"), "/api/regions/import", Two);
        Assert.Equal((HttpStatusCode.BadRequest, "bad-regions"), (outsider.Status, outsider.Code));
        Assert.Null(world.Get<Server.Access.Regions>().Find("440000"));
    }

    private static string Made(Answer answer) => string.Join(',', answer.Json["made"]!.AsArray());
}
