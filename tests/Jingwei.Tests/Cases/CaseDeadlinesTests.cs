using Jingwei.Server.Cases;
using Microsoft.Extensions.Logging.Abstractions;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

public sealed class CaseDeadlinesTests : IDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    // The longest that it sleeps without looking at the clock.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private readonly CaseWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_case_is_marked_at_its_deadline_and_once()
    {
        var id = (await world.OpenAsync()).Id;
        world.Time.Advance(Within - TimeSpan.FromMicroseconds(1));
        Assert.Equal(0, await MarkAsync());
        world.Time.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal(1, await MarkAsync());
        Assert.Equal(0, await MarkAsync());
        world.Restart();
        Assert.Equal(0, await MarkAsync());
        Assert.Equal(["opened", "field", "overdue"], world.Kinds(id));
        var state = world.Cases.Find(Operator, id)!.State;
        Assert.True(state.Late);
        Assert.Equal(Start + Within, state.Due);
    }

    [Fact]
    public async Task What_passed_while_the_server_was_down_is_marked_when_it_is_back()
    {
        var id = (await world.OpenAsync()).Id;
        world.Time.Advance(TimeSpan.FromDays(1));
        world.Restart();
        Assert.Equal(1, await MarkAsync());
        Assert.Equal(new CaseOverdue("breakdown", Start + Within), world.Cases.Find(Operator, id)!.History[2].Placed.Event);
    }

    [Fact]
    public async Task Each_state_has_its_own_deadline()
    {
        var id = (await world.OpenAsync()).Id;
        world.Time.Advance(Within);
        await MarkAsync();
        var taken = await world.DoAsync(Operator, id, Take("take"));
        Assert.False(taken.Late);
        Assert.Equal(CaseTime.Of(Start + Within + TimeSpan.FromHours(2)), taken.Due);
        world.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await MarkAsync());
        Assert.Equal(["opened", "field", "overdue", "transition", "assigned", "overdue"], world.Kinds(id));
    }

    [Fact]
    public async Task A_case_that_left_in_time_is_never_marked()
    {
        var id = (await world.ClosedAsync()).Id;
        world.Time.Advance(TimeSpan.FromDays(365));
        Assert.Equal(0, await MarkAsync());
        Assert.DoesNotContain("overdue", world.Kinds(id));
    }

    [Fact]
    public async Task The_running_server_marks_at_the_deadline()
    {
        var time = new WatchedTime(world.Time);
        using var deadlines = new CaseDeadlines(world.Cases, time, NullLogger<CaseDeadlines>.Instance);
        await deadlines.StartAsync(Cancellation);
        await time.Armed.WaitAsync(Cancellation);
        var changes = world.Cases.Changes.Subscribe(8);
        var id = (await world.OpenAsync()).Id;
        Assert.Equal(id, (await changes.ReadAsync(Cancellation)).Id);
        for (var passed = TimeSpan.Zero; passed < Within; passed += Step)
        {
            // It sleeps again: now its timer is the next thing to happen.
            await time.Armed.WaitAsync(Cancellation);
            Assert.False(changes.TryRead(out _));
            world.Time.Advance(Step);
        }

        Assert.True((await changes.ReadAsync(Cancellation)).Late);
        Assert.Equal(CaseTime.Of(Start + Within), world.Cases.Find(Operator, id)!.History[2].At);
        await deadlines.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_case_whose_history_cannot_be_read_does_not_keep_others_from_being_marked()
    {
        var damaged = (await world.OpenAsync()).Id;
        var sound = (await world.OpenAsync()).Id;
        world.Tamper("DELETE FROM case_event WHERE case_id = @damaged AND seq = 1", new { damaged });
        world.Restart();
        world.Time.Advance(Within);
        Assert.Equal(1, await MarkAsync());
        Assert.True(world.Cases.Find(Operator, sound)!.State.Late);
    }

    private async Task<int> MarkAsync()
    {
        using var deadlines = new CaseDeadlines(world.Cases, world.Time, NullLogger<CaseDeadlines>.Instance);
        return await deadlines.MarkAsync(Cancellation);
    }

    /// <summary>Tells when somebody has set a timer.</summary>
    private sealed class WatchedTime(TimeProvider clock) : TimeProvider
    {
        public SemaphoreSlim Armed { get; } = new(0);

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = clock.CreateTimer(callback, state, dueTime, period);
            Armed.Release();
            return timer;
        }
    }
}
