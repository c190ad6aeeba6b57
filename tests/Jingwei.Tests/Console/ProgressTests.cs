using Jingwei.Server;
using Jingwei.Server.Console;

namespace Jingwei.Tests.Console;

public sealed class ProgressTests
{
    private readonly ManualTime time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly Progress progress;

    public ProgressTests() => progress = new Progress(time);

    [Fact]
    public void A_hundred_pieces_of_work_are_watched_and_further_ones_refused()
    {
        for (var task = 0; task < 100; task++)
        {
            Assert.True(Step($"task-{task:00}", 0));
        }

        Assert.False(Step("one-more", 0));
        Assert.True(Step("task-07", 1));
        Assert.Equal(100, progress.All.Count());
    }

    [Fact]
    public void Finished_work_is_shown_for_five_minutes()
    {
        Step("done", 10);
        Step("going on", 9);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["done", "going on"], progress.All.Select(item => item.Task));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["going on"], progress.All.Select(item => item.Task));
    }

    [Fact]
    public void Work_that_falls_silent_makes_room_after_an_hour()
    {
        for (var task = 0; task < 100; task++)
        {
            Step($"task-{task:00}", 0);
        }

        time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        Assert.Empty(progress.All);
        Assert.True(Step("one-more", 0));
    }

    [Fact]
    public void Each_step_is_told_at_once()
    {
        var told = new List<long>();
        progress.Changed += item => told.Add(item.Done);
        Step("a", 1);
        Step("a", 2);
        Assert.Equal([1L, 2L], told);
    }

    private bool Step(string task, long done) => progress.Report(task, Label.Of(task), done, 10);
}
