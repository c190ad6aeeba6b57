using System.Net;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.DirectoryOfThings.Calendars;

/// <summary>It is Monday, 2026-03-02, 16:00 in Shanghai; the pack's office is open from Monday to Friday, 08:00 to 17:00.</summary>
public sealed class CalendarEndpointsTests : IAsyncLifetime
{
    private const string OfPlant = "/api/calendars/works/office/parties/plant";
    private const string Own =
        """
        {"days":["monday","tuesday","wednesday","thursday","friday"],"hours":[{"from":"09:00","to":"12:00"},{"from":"13:00","to":"18:00"}],
         "holidays":["2026-03-03"],"workdays":["2026-03-07"],"why":"春季作息"}
        """;

    private AccessWorld world = null!;

    // A session lasts less than the days that these tests let pass.
    private string Engineer => world.Session("engineer");

    public async ValueTask InitializeAsync() => world = await AccessWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    // 8 h of office time: Monday 16:00-17:00 and Tuesday 08:00-15:00. By the plant's own: Monday 16:00-18:00, Tuesday off, Wednesday 09:00-12:00 and 13:00-16:00.
    [Fact]
    public async Task A_deadline_counts_by_the_partys_own_calendar_from_then_on_and_one_that_runs_stands()
    {
        await world.AddThingAsync("m-1");
        var before = await OpenAsync();
        Assert.Equal("2026-03-03T07:00:00+00:00", await DueAsync(before));
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(Engineer, OfPlant, Own)).Status);
        Assert.Equal("2026-03-04T08:00:00+00:00", await DueAsync(await OpenAsync()));
        Assert.Equal("2026-03-03T07:00:00+00:00", await DueAsync(before));
        Assert.Equal(HttpStatusCode.OK, (await DeleteAsync(OfPlant)).Status);
        Assert.Equal("2026-03-03T07:00:00+00:00", await DueAsync(await OpenAsync()));
    }

    [Fact]
    public async Task The_nearest_owners_calendar_holds_and_says_whose_it_is()
    {
        await world.AddThingAsync("line");
        await world.AddThingAsync("m-1", "plant-hall", parent: "line");
        Assert.Equal((null, false, 0), await HoldsAsync("things/m-1"));
        await PutAsync(Engineer, OfPlant, Own);
        Assert.Equal(("plant", false, 0), await HoldsAsync("parties/plant-hall"));
        Assert.Equal(("plant", false, 0), await HoldsAsync("things/m-1"));
        await PutAsync(Engineer, "/api/calendars/works/office/things/line", Own);
        Assert.Equal(("line", false, 0), await HoldsAsync("things/m-1"));
        Assert.Equal(("line", true, 1), await HoldsAsync("things/line"));
        Assert.Equal(("plant", false, 0), await HoldsAsync("parties/plant-hall"));

        var listed = Assert.Single((await world.GetAsync(Engineer, "/api/calendars?thing=m-1")).Json["items"]!.AsArray())!;
        Assert.Equal(("office", "line", "engineer", "春季作息", true), ((string)listed["calendar"]!, (string)listed["ownerName"]!, (string)listed["byName"]!, (string)listed["why"]!, (bool)listed["mayChange"]!));
        Assert.Equal(["2026-03-03"], listed["holidays"]!.AsArray().Select(day => (string)day!));
    }

    [Fact]
    public async Task Of_two_changes_of_one_version_the_second_is_refused()
    {
        var first = await PutAsync(Engineer, OfPlant, Own, "\"0\"");
        Assert.Equal((HttpStatusCode.OK, "\"1\""), (first.Status, first.Tag));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "stale-version"), (await PutAsync(Engineer, OfPlant, Own, "\"0\"")) is var second ? (second.Status, second.Code) : default);
        Assert.Equal("\"2\"", (await DeleteAsync(OfPlant, "\"1\"")).Tag);
        Assert.Equal("stale-version", (await PutAsync(Engineer, OfPlant, Own, "\"1\"")).Code);
    }

    [Fact]
    public async Task Whoever_does_not_configure_the_place_reads_alone_and_others_places_are_not_there()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(world.Session("viewer"), OfPlant, Own)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(Engineer, "/api/calendars/works/office/parties/root", Own)).Status);
        Assert.False((bool)(await world.GetAsync(world.Session("viewer"), OfPlant)).Json["mayChange"]!);
        Assert.Equal(
            (await world.GetAsync(world.Session("outsider"), "/api/calendars/works/office/parties/nowhere")).Text,
            (await world.GetAsync(world.Session("outsider"), OfPlant)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(world.Session("outsider"), OfPlant, Own)).Status);
    }

    [Theory]
    [InlineData("""{"days":[],"hours":[{"from":"09:00","to":"12:00"}],"why":"x"}""", "days: ")]
    [InlineData("""{"days":["monday"],"hours":[],"why":"x"}""", "hours: ")]
    [InlineData("""{"days":["monday"],"hours":[{"from":"09:00","to":"13:00"},{"from":"12:00","to":"18:00"}],"why":"x"}""", "hours: ")]
    [InlineData("""{"days":["monday"],"hours":[{"from":"22:00","to":"06:00"},{"from":"05:00","to":"07:00"}],"why":"x"}""", "hours: ")]
    [InlineData("""{"days":["monday"],"hours":[{"from":"09:00","to":"12:00"}],"holidays":["2026-10-01"],"workdays":["2026-10-01"],"why":"x"}""", "workdays: ")]
    [InlineData("""{"days":["monday"],"hours":[{"from":"09:00","to":"12:00"}],"zone":"Mars/Olympus","why":"x"}""", "zone: ")]
    [InlineData("""{"days":["monday"],"hours":[{"from":"09:00","to":"12:00"}]}""", "why: ")]
    public async Task A_calendar_that_cannot_be_is_refused_by_its_field(string body, string field)
    {
        var answer = await PutAsync(Engineer, OfPlant, body);
        Assert.Equal((HttpStatusCode.BadRequest, "bad-calendar"), (answer.Status, answer.Code));
        Assert.StartsWith(field, (string)Assert.Single(answer.Json["errors"]!.AsArray())!, StringComparison.Ordinal);
        Assert.Equal((null, false, 0), await HoldsAsync("parties/plant"));
    }

    [Fact]
    public async Task Hours_that_end_at_midnight_and_go_on_after_it_do_not_overlap()
    {
        const string body = """{"days":["monday"],"hours":[{"from":"22:00","to":"06:00"},{"from":"06:00","to":"14:00"},{"from":"14:00","to":"22:00"}],"why":"三班"}""";
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(Engineer, OfPlant, body)).Status);
    }

    private async Task<string> OpenAsync()
    {
        var answer = await world.PostAsync(Engineer, "/api/cases", """{"type":"job","title":"x","thing":"m-1","severity":"orange"}""");
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return (string)answer.Json["id"]!;
    }

    private async Task<string> DueAsync(string id) => (string)(await world.GetAsync(Engineer, $"/api/cases/{id}")).Json["due"]!;

    private async Task<(string? Owner, bool Own, int Version)> HoldsAsync(string place)
    {
        var item = (await world.GetAsync(Engineer, $"/api/calendars/works/office/{place}")).Json;
        return ((string?)item["owner"]?["id"], (bool)item["own"]!, (int)item["version"]!);
    }

    private Task<Answer> PutAsync(string token, string path, string body, string? seen = null) =>
        world.SendAsync(token, HttpMethod.Put, path, body, seen is null ? [] : [("If-Match", seen)]);

    private Task<Answer> DeleteAsync(string path, string? seen = null) =>
        world.SendAsync(Engineer, HttpMethod.Delete, path, null, seen is null ? [] : [("If-Match", seen)]);
}
