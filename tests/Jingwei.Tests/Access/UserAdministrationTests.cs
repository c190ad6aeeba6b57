using System.Net;
using Jingwei.Server.Access;

namespace Jingwei.Tests.Access;

public sealed class UserAdministrationTests : IAsyncLifetime
{
    private static readonly string[] Places = ["east", "west", "east-1"];

    private AccessWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await AccessWorld.StartAsync();
        world.AddUser("regional", Role.Administrator, "root", "east");
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("POST", "/password", """{"password":"a new password"}""")]
    [InlineData("PATCH", "", """{"disabled":true}""")]
    [InlineData("DELETE", "", null)]
    [InlineData("DELETE", "/grants/1", null)]
    public async Task Who_administers_one_region_has_no_power_over_who_administers_all(string method, string rest, string? body)
    {
        Assert.Equal(1, world.Get<Users>().Find("admin")!.Grants.Single().Id);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.SendAsync(world.Session("regional"), new(method), "/api/users/admin" + rest, body)).Status);
        Assert.Equal(HttpStatusCode.OK, (await world.LoginAsync("admin", AccessWorld.Password)).Status);
    }

    [Theory]
    [InlineData("GET", "", null)]
    [InlineData("POST", "/password", """{"password":"a new password"}""")]
    [InlineData("PATCH", "", """{"disabled":true}""")]
    [InlineData("DELETE", "", null)]
    [InlineData("POST", "/grants", """{"role":"viewer","party":"plan"}""")]
    public async Task A_user_of_another_tenant_does_not_exist(string method, string rest, string? body)
    {
        var session = world.Session("outsider");
        var hidden = await world.SendAsync(session, new(method), "/api/users/viewer" + rest, body);
        var missing = await world.SendAsync(session, new(method), "/api/users/no-such-user" + rest, body);
        Assert.Equal((HttpStatusCode.NotFound, missing.Text), (hidden.Status, hidden.Text));
    }

    [Fact]
    public async Task Lists_and_search_name_the_users_of_ones_own_parties_alone()
    {
        Assert.Equal(["outsider"], (await world.GetAsync(world.Session("outsider"), "/api/users")).Ids);
        Assert.Empty((await world.GetAsync(world.Session("outsider"), "/api/search?q=viewer")).Ids);
        Assert.Equal(["viewer"], (await world.GetAsync(world.Session("admin"), "/api/search?q=viewer")).Ids);
        Assert.Empty((await world.GetAsync(world.Session("engineer"), "/api/search?q=viewer")).Ids);
    }

    [Theory]
    [InlineData("outsider", """{"role":"viewer","party":"plant"}""")]
    [InlineData("outsider", """{"role":"viewer"}""")]
    [InlineData("regional", """{"role":"viewer","party":"plan","region":"west"}""")]
    [InlineData("regional", """{"role":"viewer","party":"plan","region":"root"}""")]
    public async Task Nobody_grants_beyond_what_he_administers(string by, string grant) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync(world.Session(by), "/api/users/outsider/grants", grant)).Status);

    [Fact]
    public async Task A_grant_is_given_once_and_taken_back()
    {
        var admin = world.Session("admin");
        const string grant = """{"role":"operator","party":"plan","region":"west"}""";
        var given = await world.PostAsync(admin, "/api/users/viewer/grants", grant);
        Assert.Equal(HttpStatusCode.Created, given.Status);
        Assert.Equal(HttpStatusCode.Conflict, (await world.PostAsync(admin, "/api/users/viewer/grants", grant)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await world.SendAsync(admin, HttpMethod.Delete, $"/api/users/viewer/grants/{given.Json["id"]}")).Status);
        Assert.Single(world.Get<Users>().Find("viewer")!.Grants);
    }

    [Fact]
    public async Task Of_two_who_make_the_same_user_one_succeeds()
    {
        var admin = world.Session("admin");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => world.PostAsync(
            admin, "/api/users", $$"""{"id":"twin","name":"{{number}}","password":"{{AccessWorld.Password}}","party":"plant"}""")));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
    }

    [Theory]
    [InlineData("system")]
    [InlineData("-")]
    [InlineData("token")]
    public async Task Names_that_mean_something_else_are_reserved(string id) =>
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await world.PostAsync(world.Session("admin"), "/api/users", $$"""{"id":"{{id}}","password":"{{AccessWorld.Password}}"}""")).Status);

    [Fact]
    public async Task A_changed_user_keeps_the_grants_that_he_got_meanwhile()
    {
        var users = world.Get<Users>();
        await Task.WhenAll(
            Task.WhenAll(Enumerable.Range(0, 20).Select(number => world.SendAsync(
                world.Session("admin"), HttpMethod.Patch, "/api/users/viewer", $$"""{"name":"name {{number}}"}"""))),
            Task.WhenAll(Places.Select(region => world.PostAsync(
                world.Session("admin"), "/api/users/viewer/grants", $$"""{"role":"operator","party":"plant","region":"{{region}}"}"""))));
        Assert.Equal(4, users.Find("viewer")!.Grants.Length);
    }

    [Fact]
    public async Task Parties_and_regions_show_ones_own_and_the_way_up()
    {
        Assert.Equal(["plant", "plant-hall", "root"], (await world.GetAsync(world.Session("viewer"), "/api/parties")).Ids);
        Assert.Equal(["plan", "root"], (await world.GetAsync(world.Session("outsider"), "/api/parties")).Ids);
        world.AddUser("eastern", Role.Viewer, "plant", "east-1");
        Assert.Equal(["east", "east-1", "root"], (await world.GetAsync(world.Session("eastern"), "/api/regions")).Ids);
    }

    [Theory]
    [InlineData("regional", "PATCH", "/api/parties/plant", """{"zone":"Europe/Berlin"}""")]
    [InlineData("outsider", "PATCH", "/api/parties/plant", """{"zone":"Europe/Berlin"}""")]
    [InlineData("outsider", "POST", "/api/parties", """{"id":"sub","parent":"plant"}""")]
    [InlineData("outsider", "POST", "/api/parties", """{"id":"sub"}""")]
    [InlineData("outsider", "POST", "/api/regions", """{"id":"sub","kind":"city","parent":"east"}""")]
    [InlineData("regional", "POST", "/api/regions", """{"id":"sub","kind":"city","parent":"west"}""")]
    public async Task Trees_grow_only_where_one_administers_them(string by, string method, string path, string body) =>
        Assert.Equal(HttpStatusCode.NotFound, (await world.SendAsync(world.Session(by), new(method), path, body)).Status);

    [Fact]
    public async Task A_tree_of_parties_ends_at_its_deepest_level()
    {
        var (admin, parent, deepest) = (world.Session("admin"), "root", 1);
        Answer answer;
        while ((answer = await world.PostAsync(admin, "/api/parties", $$"""{"id":"level-{{deepest}}","parent":"{{parent}}"}""")).Status == HttpStatusCode.Created)
        {
            (parent, deepest) = ($"level-{deepest}", deepest + 1);
        }

        Assert.Equal((HttpStatusCode.BadRequest, "too-deep", 32), (answer.Status, answer.Code, deepest));
        Assert.True(world.Get<Parties>().PathOf(parent).Covers("root"));
    }
}
