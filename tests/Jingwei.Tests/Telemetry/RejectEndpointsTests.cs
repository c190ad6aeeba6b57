using System.Net;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Journal;
using Jingwei.Server.Telemetry.Store;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.Telemetry;

public sealed class RejectEndpointsTests
{
    [Fact]
    public async Task They_are_summed_up_by_reason_for_those_who_see_the_thing()
    {
        await using var world = await WorldAsync();
        var all = (await world.GetAsync(world.Session("admin"), "/api/rejects/summary")).Json;
        var reasons = all["items"]!.AsArray().Select(item => ((string)item!["reason"]!, (int)item["count"]!, (int)item["replayable"]!));
        Assert.Equal([("wrong-type", 2, 2), ("unknown-thing", 1, 1)], reasons);
        Assert.Equal(102, (long)all["until"]!);
        Assert.Equal(101, (long)all["items"]![0]!["sample"]!["id"]!);

        var some = (await world.GetAsync(world.Session("viewer"), "/api/rejects/summary")).Json;
        Assert.Equal([("wrong-type", 1)], some["items"]!.AsArray().Select(item => ((string)item!["reason"]!, (int)item["count"]!)));
    }

    [Fact]
    public async Task With_none_kept_there_is_nothing_to_sum_up()
    {
        await using var world = await AccessWorld.StartAsync();

        var none = await world.GetAsync(world.Session("admin"), "/api/rejects/summary");

        Assert.Equal((HttpStatusCode.OK, 0), (none.Status, none.Json["items"]!.AsArray().Count));
    }

    [Fact]
    public async Task They_are_given_up_only_when_the_number_is_the_one_that_was_shown_and_the_audit_says_which()
    {
        await using var world = await WorldAsync();
        var admin = world.Session("admin");

        var early = await world.SendAsync(admin, HttpMethod.Delete, "/api/rejects?reason=wrong-type&until=102&count=1");
        Assert.Equal((HttpStatusCode.Conflict, "count-changed", 2), (early.Status, early.Code, (int)early.Json["existing"]!));

        var done = await world.SendAsync(admin, HttpMethod.Delete, "/api/rejects?reason=wrong-type&until=102&count=2");
        Assert.Equal((HttpStatusCode.OK, 2), (done.Status, (int)done.Json["deleted"]!));
        Assert.Equal(["102"], (await world.GetAsync(admin, "/api/rejects")).Json["items"]!.AsArray().Select(item => item!["id"]!.ToString()));
        Assert.Equal(
            "2 rejects up to 102, reason wrong-type", world.Get<Audit>().List(new(null, "/api/rejects", null, null, null, null), null, 1)[0].Target);
    }

    [Fact]
    public async Task Who_configures_one_party_repairs_what_is_there_and_no_more()
    {
        await using var world = await WorldAsync();
        var engineer = world.Session("engineer");

        var gone = await world.SendAsync(engineer, HttpMethod.Delete, "/api/rejects?until=102&count=1");
        Assert.Equal((HttpStatusCode.OK, 1), (gone.Status, (int)gone.Json["deleted"]!));
        Assert.Equal([101, 102], world.Get<RejectStore>().After(new RejectFilter(), 0, long.MaxValue, 10).Select(reject => reject.Id));

        Assert.Equal(HttpStatusCode.Forbidden, (await world.SendAsync(world.Session("viewer"), HttpMethod.Delete, "/api/rejects?until=102&count=1")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.PostAsync(world.Session("viewer"), "/api/rejects/replay", """{"ids":[100]}""")).Status);
    }

    [Fact]
    public async Task A_filter_is_worked_off_in_steps_up_to_what_was_there_at_first()
    {
        await using var world = await WorldAsync();
        var admin = world.Session("admin");

        var first = (await world.PostAsync(admin, "/api/rejects/replay", """{"filter":{},"limit":2}""")).Json;
        Assert.Equal((0, 2, 101, 102), ((int)first["accepted"]!, (int)first["refused"]!, (long)first["after"]!, (long)first["until"]!));
        var last = (await world.PostAsync(admin, "/api/rejects/replay", """{"filter":{},"limit":2,"after":101,"until":102}""")).Json;
        Assert.Equal((1, null), ((int)last["refused"]!, last["after"]));
        Assert.Equal("bad-replay", (await world.PostAsync(admin, "/api/rejects/replay", "{}")).Code);
    }

    // Intake does not run here, so these stay what they are whenever they are judged again: values that no property takes.
    private static async Task<AccessWorld> WorldAsync()
    {
        var world = await AccessWorld.StartAsync();
        await world.AddThingAsync("m-1");
        await world.AddThingAsync("o-1", "plan");
        var origin = new Origin(CallerKind.User, "admin", null);
        Reject Of(string reason, string thing) => new(reason, "A fault.", thing, "speed", """{"values":{"speed":"fast"}}""");
        var batch = new IntakeBatch("mqtt", Instant.Of(world.Time.GetUtcNow())) { Origin = origin };
        batch.Add(Of("wrong-type", "m-1"));
        batch.Add(Of("wrong-type", "o-1"));
        batch.Add(Of("unknown-thing", "x"));
        world.Get<Database>().Write((store, transaction) => world.Get<RejectStore>().Store(store, transaction, [new CommittedBatch(100, batch)]));
        return world;
    }
}
