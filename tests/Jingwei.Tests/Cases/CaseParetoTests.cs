using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

public sealed class CaseParetoTests : IDisposable
{
    private const long Hour = 3_600_000_000;
    private static readonly ParetoQuery Any = new("work-order", "cause", null, null, null, null, null, null);
    private readonly CaseWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Cases_are_counted_by_the_value_said_last_with_the_hours_that_they_were_open()
    {
        // Closed after two hours; open for the three that follow; without a cause for one.
        var first = (await world.OpenAsync(Order(fields: """{"cause":"wear"}"""))).Id;
        await world.DoAsync(Operator, first, Take("take"));
        world.Time.Advance(TimeSpan.FromHours(2));
        await world.DoAsync(Operator, first, Take("repair", """{"cause":"bearing","action":"换轴承"}"""));
        await world.DoAsync(Engineer, first, Take("verify"));
        await world.OpenAsync(Order(fields: """{"cause":"bearing"}"""));
        world.Time.Advance(TimeSpan.FromHours(2));
        await world.OpenAsync();
        world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([new("bearing", 2, 5 * Hour), new(null, 1, Hour)], Count(Operator));
    }

    [Fact]
    public async Task A_cleared_field_counts_as_none_and_an_erased_one_as_what_was_said_before()
    {
        var cleared = (await world.OpenAsync(Order(fields: """{"cause":"wear"}"""))).Id;
        await world.DoAsync(Operator, cleared, Take("take", """{"cause":null}"""));
        var erased = (await world.OpenAsync(Order(fields: """{"cause":"wear"}"""))).Id;
        await world.DoAsync(Operator, erased, Take("take", """{"cause":"bearing"}"""));
        var said = world.Kinds(erased).ToList().LastIndexOf(CaseEventText.Fields) + 1;
        Accepted(await world.TryEraseAsync(Administrator, erased, said, "wrong"));
        Assert.Equal([new(null, 1, 0), new("wear", 1, 0)], Count(Operator).OrderBy(row => row.Value));
    }

    [Fact]
    public async Task Only_what_the_caller_may_see_and_was_opened_in_that_time_counts()
    {
        await world.OpenAsync(Order(fields: """{"cause":"wear"}"""));
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.OpenAsync(Order(fields: """{"cause":"bearing"}"""));
        Assert.Empty(Count(User("zhou", Role.Operator, "other")));
        Assert.Equal([new("bearing", 1, 0)], world.Cases.ByField(Operator, Any, "cause", Start.AddHours(1), Start.AddHours(2)));
        Assert.Equal([new("wear", 1, Hour)], world.Cases.ByField(Operator, Any, "cause", Start, Start.AddHours(1)));
    }

    [Fact]
    public async Task What_became_a_part_of_another_case_counts_there()
    {
        var into = (await world.OpenAsync(Order(fields: """{"cause":"wear"}"""))).Id;
        var part = (await world.OpenAsync(Order(fields: """{"cause":"bearing"}"""))).Id;
        Accepted(await world.Cases.MergeAsync(Operator, part, into, "the same", null, TestContext.Current.CancellationToken));
        Assert.Equal([new("wear", 1, 0)], Count(Operator));
    }

    private IReadOnlyList<ParetoRow> Count(Caller caller) => world.Cases.ByField(caller, Any, "cause", Start, Start.AddDays(1));
}
