using System.Net;
using System.Text.Json.Nodes;
using Jingwei.Server.Directory;
using Jingwei.Server.Directory.Calendars;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.DirectoryOfThings.Calendars;

/// <summary>It is Monday, 2026-03-02, in Shanghai; the pack declares a day shift from 08:00 to 20:00 and a night shift.</summary>
public sealed class ShiftEndpointsTests : IAsyncLifetime
{
    private const string OfPlant = "/api/shifts/works/parties/plant";
    private const string Early =
        """{"from":"2026-03-03","shifts":[{"id":"day","from":"06:00","to":"18:00"},{"id":"night","from":"18:00","to":"06:00"}],"why":"夏令作息"}""";

    private AccessWorld world = null!;

    // A session lasts less than the days that these tests let pass.
    private string Engineer => world.Session("engineer");

    public async ValueTask InitializeAsync() => world = await AccessWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Other_shifts_hold_from_their_day_on_for_all_that_belongs_to_the_party()
    {
        await world.AddThingAsync("m-1", "plant-hall");
        var told = await PutAsync(Engineer, OfPlant, Early);
        Assert.Equal((HttpStatusCode.OK, "\"1\"", "08:00:00"), (told.Status, told.Tag, First(told.Json)));
        Assert.Equal(("2026-03-03", "夏令作息", "engineer"), Assert.Single(told.Json["changes"]!.AsArray()) is { } change ? ((string)change["from"]!, (string)change["why"]!, (string)change["byName"]!) : default);
        world.Time.Advance(TimeSpan.FromDays(1));
        var now = Assert.Single((await world.GetAsync(Engineer, "/api/shifts?thing=m-1")).Json["items"]!.AsArray())!;
        Assert.Equal(("06:00:00", "plant", "一厂"), (First(now), (string)now["owner"]!["id"]!, (string)now["ownerName"]!));
    }

    [Fact]
    public async Task A_line_has_shifts_of_its_own_until_they_are_taken_back_from_a_day_on()
    {
        await world.AddThingAsync("line");
        await world.AddThingAsync("m-1", parent: "line");
        await PutAsync(Engineer, "/api/shifts/works/things/line", Early);
        await PutAsync(Engineer, "/api/shifts/works/things/line", """{"from":"2026-03-05","shifts":null,"why":"恢复"}""");
        world.Get<Things>().TryGet("m-1", out var machine);
        var plan = world.Get<OwnShifts>().Of("works", machine!)!;
        Assert.Equal(
            [null, 6, 6, null, null],
            Enumerable.Range(2, 5).Select(day => plan.On(new DateOnly(2026, 3, day)) is { } shifts ? shifts[0].From.Hour : (int?)null));
    }

    [Fact]
    public async Task Shifts_that_have_begun_stand_and_one_to_come_is_withdrawn()
    {
        await PutAsync(Engineer, OfPlant, Early);
        Assert.Equal(HttpStatusCode.OK, (await world.SendAsync(Engineer, HttpMethod.Delete, $"{OfPlant}/2026-03-03")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.SendAsync(Engineer, HttpMethod.Delete, $"{OfPlant}/2026-03-03")).Status);
        await PutAsync(Engineer, OfPlant, Early);
        world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("has-begun", (await world.SendAsync(Engineer, HttpMethod.Delete, $"{OfPlant}/2026-03-03")).Code);
        Assert.Equal("bad-shifts", (await PutAsync(Engineer, OfPlant, Early)).Code);
    }

    [Theory]
    [InlineData("""{"from":"2026-03-02","shifts":null,"why":"x"}""", "from: ")]
    [InlineData("""{"shifts":null,"why":"x"}""", "from: ")]
    [InlineData("""{"from":"2026-03-03","shifts":[],"why":"x"}""", "shifts: ")]
    [InlineData("""{"from":"2026-03-03","shifts":[{"id":"noon","from":"06:00","to":"18:00"}],"why":"x"}""", "shifts: ")]
    [InlineData("""{"from":"2026-03-03","shifts":[{"id":"day","from":"06:00","to":"18:00"},{"id":"night","from":"17:00","to":"06:00"}],"why":"x"}""", "shifts: ")]
    [InlineData("""{"from":"2026-03-03","shifts":null}""", "why: ")]
    public async Task Shifts_that_cannot_be_are_refused_by_their_field(string body, string field)
    {
        var answer = await PutAsync(Engineer, OfPlant, body);
        Assert.Equal((HttpStatusCode.BadRequest, "bad-shifts"), (answer.Status, answer.Code));
        Assert.StartsWith(field, (string)Assert.Single(answer.Json["errors"]!.AsArray())!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_an_old_version_and_one_without_the_right_are_refused()
    {
        await PutAsync(Engineer, OfPlant, Early);
        Assert.Equal("stale-version", (await world.SendAsync(Engineer, HttpMethod.Put, OfPlant, Early, ("If-Match", "\"0\""))).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(world.Session("viewer"), OfPlant, Early)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(world.Session("outsider"), OfPlant, Early)).Status);
    }

    private static string First(JsonNode item) => (string)item["shifts"]![0]!["from"]!;

    private Task<Answer> PutAsync(string token, string path, string body) => world.SendAsync(token, HttpMethod.Put, path, body);
}
