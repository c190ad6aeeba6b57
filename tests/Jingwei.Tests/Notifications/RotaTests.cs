using System.Collections.Immutable;
using Jingwei.Server.Access;
using Jingwei.Server.Notifications.Rotas;

namespace Jingwei.Tests.Notifications;

/// <summary>Who is on call, counted by hand on the calendar.</summary>
public sealed class RotaTests : IDisposable
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private readonly NotifyWorld world = new();

    public void Dispose() => world.Dispose();

    /// <summary>All day, a week each, from Monday 2026-03-02 08:00 on.</summary>
    internal static Rota Weekly(string party, params ReadOnlySpan<string> people) => new(
        $"{party}-duty", "值班", party, "root", Role.Operator, new DateOnly(2026, 3, 2), 7,
        [new("day", "全天", new(8, 0), new(8, 0), [.. people.ToArray().Select(person => ImmutableArray.Create(person))])]);

    [Theory]
    [InlineData("2026-03-02T00:00:00Z", "wang")]
    [InlineData("2026-03-01T23:59:59Z", null)]
    [InlineData("2026-03-08T23:59:59Z", "wang")]
    [InlineData("2026-03-09T00:00:00Z", "li")]
    [InlineData("2026-03-16T00:00:00Z", "wang")]
    public void A_week_each_changes_over_at_the_clock_of_the_party(string at, string? person) =>
        Assert.Equal(person is null ? [] : [person], OnCall(Weekly("plant", "wang", "li"), at, Shanghai));

    [Theory]
    [InlineData("2026-03-02T07:00:00+08:00", "")]
    [InlineData("2026-03-02T08:00:00+08:00", "a")]
    [InlineData("2026-03-02T19:59:59+08:00", "a")]
    [InlineData("2026-03-02T20:00:00+08:00", "b")]
    [InlineData("2026-03-03T07:59:59+08:00", "b")]
    [InlineData("2026-03-03T08:00:00+08:00", "b")]
    [InlineData("2026-03-03T20:00:00+08:00", "c")]
    [InlineData("2026-03-05T03:00:00+08:00", "a")]
    public void A_night_shift_belongs_to_the_day_on_which_it_begins(string at, string person)
    {
        var rota = Weekly("plant") with
        {
            Days = 1,
            Shifts = [new("day", "白班", new(8, 0), new(20, 0), [["a"], ["b"], ["c"]]), new("night", "夜班", new(20, 0), new(8, 0), [["b"], ["c"], ["a"]])],
        };
        Assert.Equal(person.Length == 0 ? [] : [person], OnCall(rota, at, Shanghai));
    }

    [Fact]
    public void In_the_night_that_the_clock_goes_forward_the_shift_is_an_hour_shorter()
    {
        // Europe, 2026-03-29: 02:00 becomes 03:00.
        var rota = Weekly("plant") with { Days = 1, Shifts = [new("night", "N", new(22, 0), new(6, 0), [["a"]])] };
        var turn = Assert.Single(rota.Turns(At("2026-03-28T22:00:00Z"), At("2026-03-29T01:00:00Z"), Berlin));
        Assert.Equal((At("2026-03-28T21:00:00Z"), At("2026-03-29T04:00:00Z")), (turn.From, turn.To));
        var gone = rota with { Shifts = [new("early", "E", new(2, 30), new(6, 0), [["a"]])] };
        Assert.Equal(At("2026-03-29T01:30:00Z"), Assert.Single(gone.Turns(At("2026-03-29T01:00:00Z"), At("2026-03-29T02:00:00Z"), Berlin)).From);
    }

    [Fact]
    public void A_change_puts_somebody_in_for_a_part_of_a_turn()
    {
        world.Rotas.Save(Weekly("plant", "wang", "li"), 0);
        world.Rotas.Change("plant-duty", new RotaChange(0, "plant-duty", At("2026-03-03T01:00:00Z"), At("2026-03-03T05:00:00Z"), "li", "wang", "wang"));
        var turns = world.Rotas.Turns(world.Rotas.Find("plant-duty")!, At("2026-03-03T00:00:00Z"), At("2026-03-03T08:00:00Z")).ToList();
        Assert.Equal(
            ["wang until 01:00", "li until 05:00", "wang until 00:00"],
            turns.Select(turn => $"{string.Join('+', turn.People)} until {turn.To.UtcDateTime:HH:mm}"));
        world.Restart();
        Assert.Equal(["li"], People("plant", "2026-03-03T02:00:00Z"));
        Assert.True(world.Rotas.Undo("plant-duty", 1));
        Assert.Equal(["wang"], People("plant", "2026-03-03T02:00:00Z"));
    }

    [Theory]
    [InlineData("2026-03-03T00:00:00Z", "wang", "li from 2026-03-09T00:00")]
    [InlineData("2026-03-09T00:00:00Z", "li", "wang from 2026-03-16T00:00")]
    [InlineData("2026-03-01T00:00:00Z", "", "wang from 2026-03-02T00:00")]
    public void Who_takes_over_is_the_next_other(string at, string now, string next)
    {
        var duty = DutyEndpoints.Item(world.Rotas.Save(Weekly("plant", "wang", "li"), 0)!, At(at), world.Rotas, world.Users);
        Assert.Equal(now, string.Join('+', duty.Now.SelectMany(turn => turn.People).Select(person => person.Id)));
        Assert.Equal(next, $"{string.Join('+', duty.Next!.People.Select(person => person.Id))} from {duty.Next.From.UtcDateTime:yyyy-MM-ddTHH:mm}");
    }

    [Fact]
    public void Where_one_has_every_turn_nobody_takes_over() =>
        Assert.Null(DutyEndpoints.Item(world.Rotas.Save(Weekly("plant", "wang"), 0)!, At("2026-03-03T00:00:00Z"), world.Rotas, world.Users).Next);

    [Fact]
    public void The_nearest_rota_that_has_somebody_counts()
    {
        world.Rotas.Save(Weekly("plant", "li"), 0);
        world.Rotas.Save(Weekly("line", "wang") with { Shifts = [new("day", "白班", new(8, 0), new(20, 0), [["wang"]])] }, 0);
        Assert.Equal(["wang"], People("line", "2026-03-03T02:00:00Z"));
        Assert.Equal(["li"], People("line", "2026-03-03T14:00:00Z"));
        Assert.Equal(["li"], People("plant", "2026-03-03T02:00:00Z"));
        Assert.Empty(People("other", "2026-03-03T02:00:00Z"));
        Assert.Empty(People("plant", "2026-03-03T02:00:00Z", Role.Engineer));
    }

    [Fact]
    public void A_rota_that_somebody_changed_meanwhile_is_not_written()
    {
        Assert.Equal(1, world.Rotas.Save(Weekly("plant", "li"), 0)!.Version);
        Assert.Null(world.Rotas.Save(Weekly("plant", "wang"), 0));
        Assert.Equal(2, world.Rotas.Save(Weekly("plant", "wang"), 1)!.Version);
    }

    private IEnumerable<string> People(string party, string at, Role? role = null) =>
        world.Rotas.OnCall(new(world.Parties.PathOf(party), world.Regions.PathOf("root")), At(at), role).SelectMany(turn => turn.People);

    private static IEnumerable<string> OnCall(Rota rota, string at, TimeZoneInfo zone) =>
        rota.Turns(At(at), At(at).AddTicks(1), zone).SelectMany(turn => turn.People);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
