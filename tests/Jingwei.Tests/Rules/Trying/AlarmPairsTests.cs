using Jingwei.Server.Rules.Trying;

namespace Jingwei.Tests.Rules.Trying;

public sealed class AlarmPairsTests
{
    [Fact]
    public void Alarms_that_stood_at_the_same_time_are_the_same()
    {
        var (was, missing) = AlarmPairs.Of([new(10, 20), new(40, 50), new(70, null)], [new(12, 18), new(30, 35), new(90, 95)]);
        Assert.Equal([true, false, true], was);
        Assert.Equal([false, true, false], missing);
    }

    [Fact]
    public void Each_is_one_of_a_pair_at_most()
    {
        var (was, missing) = AlarmPairs.Of([new(10, 100)], [new(20, 30), new(40, 50), new(60, null)]);
        Assert.Equal([true], was);
        Assert.Equal([false, true, true], missing);

        (was, missing) = AlarmPairs.Of([new(20, 30), new(40, 50)], [new(10, 100)]);
        Assert.Equal([true, false], was);
        Assert.Equal([false], missing);
    }

    [Fact]
    public void Without_any_then_all_are_new_and_without_any_now_all_are_missing()
    {
        Assert.Equal([false, false], AlarmPairs.Of([new(1, 2), new(3, null)], []).Was);
        Assert.Equal([true, true], AlarmPairs.Of([], [new(1, 2), new(3, null)]).Missing);
    }
}
