using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

/// <summary>Exercises run like what is real, and are counted apart.</summary>
public sealed class CaseExerciseTests : IDisposable
{
    private static readonly CaseFilter Real = new(null, null, null, null, null, null, null, null);

    private readonly CaseWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Lists_and_figures_have_exercises_only_where_somebody_asks_for_them()
    {
        var real = (await world.OpenAsync(Order(fields: """{"cause":"wear"}"""))).Id;
        var drill = (await world.OpenAsync(Drill("""{"cause":"wear"}"""))).Id;
        Assert.Equal([real], Ids(false));
        Assert.Equal([drill], Ids(true));
        Assert.Equal([drill, real], Ids(null));
        Assert.Equal((1, 1, 2), (Count(false), Count(true), Count(null)));
        Assert.Equal(1, world.Cases.CountOpen());
        Assert.Equal((1, 1, 2), (Pareto(null), Pareto(new(true)), Pareto(new((bool?)null))));
        Assert.Empty(world.Verify().Altered);
        world.Tamper("DELETE FROM case_row");
        world.Restart();
        Assert.Equal([drill], Ids(true));

        IEnumerable<string> Ids(bool? exercise) => world.Cases.List(Operator, Real with { Exercise = exercise }, new PageRequest(null, 10)).Items.Select(each => each.Id);

        long Count(bool? exercise) => world.Cases.Count(Operator, Real with { Exercise = exercise }).Sum(each => each.Cases);

        long Pareto(Exercises? exercise) => world.Cases
            .ByField(Operator, new("work-order", "cause", null, null, null, null, null, exercise), "cause", Start, Start.AddDays(1)).Sum(each => each.Cases);
    }

    [Fact]
    public async Task The_deadlines_of_an_exercise_pass()
    {
        var id = (await world.OpenAsync(Drill())).Id;
        world.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal([id], world.Cases.Overdue());
        Assert.True((await world.DoAsync(Caller.System, id, new PassTime())).Late);
    }

    [Fact]
    public async Task An_exercise_is_neither_merged_nor_linked_with_what_is_real()
    {
        var real = (await world.OpenAsync()).Id;
        var drill = (await world.OpenAsync(Drill())).Id;
        var other = (await world.OpenAsync(Drill())).Id;
        Assert.Equal("exercise-apart", (await world.Cases.MergeAsync(Operator, drill, real, "同一件", null, Cancellation)).Refusal!.Code);
        Assert.Equal("exercise-apart", (await world.Cases.MergeAsync(Operator, real, drill, "同一件", null, Cancellation)).Refusal!.Code);
        Assert.Equal("exercise-apart", (await world.Cases.LinkAsync(Operator, real, drill, true, null, null, Cancellation)).Refusal!.Code);
        Accepted(await world.Cases.LinkAsync(Operator, drill, other, true, null, null, Cancellation));
        Assert.True(Accepted(await world.Cases.MergeAsync(Operator, drill, other, "同一件", null, Cancellation)).Exercise);
    }

    private static OpenCase Drill(string fields = "{}") => Order(fields: fields) with { Exercise = true };
}
