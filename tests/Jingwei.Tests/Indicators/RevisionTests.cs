using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Indicators;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using static Jingwei.Tests.Indicators.FactoryFloor;

namespace Jingwei.Tests.Indicators;

/// <summary>What is kept of figures that stood and became others.</summary>
public sealed class RevisionTests
{
    private const string Noon = "2026-01-05T12:00:00Z";

    private static readonly Thing Line = Thing("l", "line");
    private static readonly Thing Machine = Thing("m1", parent: "l");
    private static readonly Caller Manager = new(CallerKind.User, "li", "Li", []);

    [Fact]
    public async Task A_late_reading_leaves_a_revision_with_what_was_what_is_and_why()
    {
        using var floor = await ClosedShiftAsync();
        floor.Arrive(Reading(Machine, State, "14:00:00", "breakdown"));
        await floor.PassAsync(4);

        // Producing from 08:00 to 16:00 of eight hours; then to 14:00 only.
        var revision = Assert.Single(floor.History.Revisions("availability", "l", long.MinValue, long.MaxValue, null, 10));
        Assert.Equal((1.0, 0.75), (revision.OldValue, revision.NewValue));
        Assert.Equal(2, revision.Version);
        Assert.Equal([new InputChange("apt", 28800, 21600)], revision.Inputs);
        var at = Us("2026-01-05T14:00:00Z");
        Assert.Equal(
            new RevisionCause(RevisionKind.Readings, "m1", "state", at, at, 1, revision.Cause!.Arrived), revision.Cause);
        Assert.Equal(revision.OldDefinition, revision.NewDefinition);
    }

    [Fact]
    public async Task A_reading_that_turns_out_bad_is_the_cause_of_its_revision()
    {
        using var floor = await ClosedShiftAsync();
        floor.Arrive(Reading(Machine, State, "08:00:00", "producing") with { Quality = Quality.Bad });
        await floor.PassAsync(4);
        var revision = Assert.Single(floor.History.Revisions("availability", "m1", long.MinValue, long.MaxValue, null, 10));
        Assert.Equal(RevisionKind.Withdrawn, revision.Cause!.Kind);
        Assert.Equal(0.0, revision.NewValue);
    }

    [Fact]
    public async Task Readings_that_come_together_are_one_revision_that_counts_them()
    {
        using var floor = await ClosedShiftAsync();
        floor.Arrive(Reading(Machine, State, "14:00:00", "breakdown"), Reading(Machine, State, "15:00:00", "idle"));
        await floor.PassAsync(4);
        var revision = Assert.Single(floor.History.Revisions("availability", "m1", long.MinValue, long.MaxValue, null, 10));
        Assert.Equal((2, Us("2026-01-05T14:00:00Z"), Us("2026-01-05T15:00:00Z")), (revision.Cause!.Readings, revision.Cause.From, revision.Cause.To));
    }

    [Fact]
    public async Task The_same_reading_again_is_no_revision()
    {
        using var floor = await ClosedShiftAsync();
        floor.Arrive(Reading(Machine, State, "08:00:00", "producing"));
        await floor.PassAsync(4);
        Assert.Empty(floor.History.Revisions("availability", "m1", long.MinValue, long.MaxValue, null, 10));
    }

    [Fact]
    public async Task A_changed_definition_leaves_what_was_computed_and_says_by_what()
    {
        using var floor = await ClosedShiftAsync();
        var before = floor.Past("availability", "m1", Noon);
        floor.Catalog.Swap(Floor([Indicator("availability", "pbt - apt", Duration("apt", ["producing"]), Duration("pbt", ["planned_stop"], except: true))]));
        await floor.PassAsync(5);
        Assert.Equal(before.Definition, floor.Past("availability", "m1", Noon).Definition);
        Assert.Equal("apt / pbt", floor.History.Definition(before.Definition!)!.Value.Definition.Read().Formula);

        // A late reading is counted by what is in force now, and its revision names both.
        floor.Arrive(Reading(Machine, State, "14:00:00", "breakdown"));
        await floor.PassAsync(4);
        var revision = Assert.Single(floor.History.Revisions("availability", "m1", long.MinValue, long.MaxValue, null, 10));
        Assert.Equal((1.0, 7200.0), (revision.OldValue, revision.NewValue));
        Assert.Equal(before.Definition, revision.OldDefinition);
        Assert.Equal("pbt - apt", floor.History.Definition(revision.NewDefinition!)!.Value.Definition.Read().Formula);
    }

    [Fact]
    public async Task What_was_signed_off_stays_as_it_was_reported()
    {
        using var floor = await ClosedShiftAsync();
        var signOffs = floor.SignOffs;
        var day = DateOnly.FromDateTime(At(Noon).DateTime);
        await floor.GoAsync("2026-01-06T20:00:00Z");
        var signOff = signOffs.Add(Parties.Root, day, day.AddDays(1), null, Manager, floor.Time.GetUtcNow(), "December");
        var value = floor.Past("availability", "m1", Noon);
        Assert.Equal((true, 1.0), Reported(signOffs.ReportedOf(signOff, value)));

        floor.Arrive(Reading(Machine, State, "14:00:00", "breakdown"));
        await floor.PassAsync(4);
        floor.Arrive(Reading(Machine, State, "12:00:00", "breakdown"));
        await floor.PassAsync(20);
        value = floor.Past("availability", "m1", Noon);
        Assert.Equal((true, 1.0), Reported(signOffs.ReportedOf(signOff, value)));
        Assert.Equal(0.5, value.Outcome.Value);
        Assert.Equal(signOff, signOffs.For(Parties.Root, value));
    }

    [Fact]
    public async Task A_sign_off_outlives_a_restart_and_can_be_taken_back_once()
    {
        using var floor = await ClosedShiftAsync();
        var signOff = floor.SignOffs.Add(Parties.Root, new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 1), "availability", Manager, floor.Time.GetUtcNow(), "");
        floor.Restart();
        var again = floor.SignOffs;
        Assert.Equal([signOff], again.All);
        Assert.NotNull(again.For(Parties.Root, floor.Past("availability", "m1", Noon)));
        Assert.Null(again.For(Parties.Root, floor.Past("oee", "m1", Noon)));
        Assert.True(again.Withdraw(signOff.Id, Manager, floor.Time.GetUtcNow(), "wrong month"));
        Assert.False(again.Withdraw(signOff.Id, Manager, floor.Time.GetUtcNow(), "again"));
        Assert.Null(again.For(Parties.Root, floor.Past("availability", "m1", Noon)));
        Assert.Equal("wrong month", Assert.Single(floor.SignOffs.All).WithdrawnNote);
    }

    // The day begins and ends in the zone of the party, Asia/Shanghai: the shift from 08:00 UTC is one of the 5th there, that from 16:00 UTC of the 6th.
    [Fact]
    public async Task Days_of_a_sign_off_are_those_of_the_party()
    {
        using var floor = await ClosedShiftAsync();
        await floor.GoAsync("2026-01-06T20:00:00Z");
        var signOffs = floor.SignOffs;
        signOffs.Add(Parties.Root, new DateOnly(2026, 1, 5), new DateOnly(2026, 1, 6), null, Manager, floor.Time.GetUtcNow(), "");
        Assert.NotNull(signOffs.For(Parties.Root, floor.Past("availability", "m1", Noon)));
        Assert.Null(signOffs.For(Parties.Root, floor.Past("availability", "m1", "2026-01-05T20:00:00Z")));
    }

    [Fact]
    public async Task Pages_of_a_period_together_are_the_period_in_the_order_of_time()
    {
        using var floor = await ClosedShiftAsync();
        await floor.GoAsync("2026-01-06T20:00:00Z");
        var (from, to) = (Us("2026-01-05T00:00:00Z"), Us("2026-01-06T00:00:00Z"));
        var paged = new List<FigureKey>();
        while (floor.History.Between(from, to, null, null, paged.LastOrDefault(), 1) is [var next])
        {
            paged.Add(FigureKey.Of(next));
        }

        var whole = floor.History.Between(from, to, null, null, null, 1000).Select(FigureKey.Of).ToList();
        Assert.Equal(whole, paged);
        Assert.Contains(new FigureKey(Us("2026-01-05T08:00:00Z"), "availability", "m1"), whole);
        Assert.Equal(whole.OrderBy(key => key.From).ThenBy(key => key.Indicator, StringComparer.Ordinal).ThenBy(key => key.Thing, StringComparer.Ordinal), whole);
    }

    [Fact]
    public async Task What_changed_since_a_sign_off_is_found_by_itself()
    {
        using var floor = await ClosedShiftAsync();
        var signed = Instant.Of(floor.Time.GetUtcNow());
        var (from, to) = (Us("2026-01-05T00:00:00Z"), Us("2026-01-06T00:00:00Z"));
        await floor.PassAsync(1);
        Assert.Empty(floor.History.Between(from, to, "availability", signed + 1, null, 100));
        floor.Arrive(Reading(Machine, State, "14:00:00", "breakdown"));
        await floor.PassAsync(4);
        Assert.Equal(["l", "m1"], floor.History.Between(from, to, "availability", signed + 1, null, 100).Select(value => value.Thing));
    }

    private static (bool, double?) Reported((bool Reported, double? Value, Band? Band) reported) => (reported.Reported, reported.Value);

    // A day shift, 08:00-16:00, producing all the time.
    private static async Task<LiveFloor> ClosedShiftAsync()
    {
        var floor = new LiveFloor("2026-01-05T07:00:00Z", Line, Machine);
        floor.Arrive(Reading(Machine, State, "06:00:00", "idle"));
        await floor.PassAsync(5);
        await floor.GoAsync("2026-01-05T08:00:00Z");
        floor.Arrive(Reading(Machine, State, "08:00:00", "producing"));
        await floor.GoAsync("2026-01-05T16:00:00Z");
        await floor.PassAsync(30);
        return floor;
    }
}
