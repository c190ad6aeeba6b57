using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Console;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Tests.Console;

public sealed class LiveClientTests
{
    private static readonly Scope Plant = new(new("/all/plant/"), new("/all/east/"));
    private static readonly Scope Plan = new(new("/all/plan/"), new("/all/east/"));

    [Fact]
    public void Of_several_values_the_newest_is_sent_once()
    {
        var client = Client();
        client.Offer(Plant, Thing("m-1"), "t", Value(1));
        client.Offer(Plant, Thing("m-1"), "t", Value(2));
        client.Offer(Plant, Thing("m-1"), "p", Value(3));
        Assert.Equal(
            "event: reading\ndata: {\"thing\":\"m-1\",\"values\":{\"t\":" + Json(2) + ",\"p\":" + Json(3) + "}}\n\n", Take(client));
        Assert.Equal("", Take(client));

        static string Json(int value) => $$"""{"value":{{value}},"ts":"1970-01-01T00:00:00+00:00","quality":0,"flag":null}""";
    }

    [Fact]
    public void Of_two_events_of_one_key_the_later_is_sent()
    {
        var client = Client();
        client.Offer(Event("alarm", "1", Plant, 1));
        client.Offer(Event("case", "1", Plant, 2));
        client.Offer(Event("alarm", "1", Plant, 3));
        Assert.Equal("event: alarm\ndata: 3\n\nevent: case\ndata: 2\n\n", Take(client));
    }

    [Fact]
    public void What_the_caller_may_not_see_is_not_sent()
    {
        var client = Client();
        client.Offer(Plan, Thing("m-2"), "t", Value(1));
        client.Offer(Event("alarm", "1", Plan, 1));
        client.Offer(Event("case", "1", new(new("/all/plant/"), new("/all/west/")), 1));
        client.Offer(Event("thing", "1", new(new("/all/plantation/"), new("/all/east/")), 1));
        Assert.Equal("", Take(client));
        client.Offer(Event("progress", "1", null, 1));
        Assert.Equal("event: progress\ndata: 1\n\n", Take(client));
    }

    [Fact]
    public void A_caller_who_loses_a_grant_sees_no_more_of_it()
    {
        var client = Client();
        client.Renew(new Caller(CallerKind.User, "u", "u", []));
        client.Offer(Event("alarm", "1", Plant, 1));
        client.Offer(Plant, Thing("m-1"), "t", Value(1));
        Assert.Equal("", Take(client));
    }

    [Fact]
    public void Filters_narrow_by_parent_party_and_region()
    {
        var client = Client(new ThingFilter(null, "plant", "east", "line", null));
        client.Offer(Plant, Thing("m-1") with { Parent = "other" }, "t", Value(1));
        client.Offer(new(new("/all/plant/"), new("/all/")), Thing("m-2") with { Parent = "line" }, "t", Value(1));
        Assert.Equal("", Take(client));
        client.Offer(Plant, Thing("m-3") with { Parent = "line" }, "t", Value(1));
        Assert.Contains("m-3", Take(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "1 2")]
    [InlineData(true, "1 3")]
    [InlineData(null, "1 2 3")]
    public void Exercises_are_shown_where_they_are_asked_for(bool? exercise, string shown)
    {
        var client = Client(exercise: exercise);
        client.Offer(Event("alarm", "1", Plant, 1));
        client.Offer(Event("case", "2", Plant, 2) with { Exercise = false });
        client.Offer(Event("case", "3", Plant, 3) with { Exercise = true });
        Assert.Equal(shown, string.Join(' ', Take(client).Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_screen_that_missed_too_much_is_told_to_read_again(bool readings)
    {
        var client = Client();
        Offer(20_000);
        Offer(20_000);
        Assert.StartsWith("event: ", Take(client), StringComparison.Ordinal);
        Offer(20_001);
        Assert.Equal("event: resync\ndata: {}\n\n", Take(client));
        Offer(1);
        Assert.DoesNotContain("resync", Take(client), StringComparison.Ordinal);

        void Offer(int count)
        {
            for (var number = 0; number < count; number++)
            {
                if (readings)
                {
                    client.Offer(Plant, Thing($"m-{number}"), "t", Value(1));
                }
                else
                {
                    client.Offer(Event("alarm", $"{number}", Plant, 1));
                }
            }
        }
    }

    private static LiveClient Client(ThingFilter? filter = null, bool? exercise = false) => new(
        new Caller(CallerKind.User, "u", "u", [new Grant(1, Role.Viewer, "plant", "east")]),
        filter ?? new ThingFilter(null, null, null, null, null), exercise, new PackCatalog(PackSet.Empty));

    private static string Take(LiveClient client) => client.Take(JsonSerializerOptions.Web);

    private static LiveEvent Event(string name, string key, Scope? scope, int data) => new(name, key, scope, null, data);

    private static LiveValue Value(int value) => new(value, DateTimeOffset.UnixEpoch, Quality.Good, null);

    private static Thing Thing(string id) => new(id, "machine", id, "plant", "east", null, null, DateTimeOffset.UnixEpoch, 1);
}
