using Jingwei.Server.Rules;

namespace Jingwei.Tests.Rules;

/// <summary>On-delay, off-delay and deadband as ISA-18.2 describes them; times in seconds.</summary>
public sealed class RuleStateTests
{
    private static readonly RuleDelays Delays = new(On: 10, Off: 5);
    private static readonly RuleDelays None = new(0, 0);

    [Fact]
    public void Without_a_delay_the_first_match_raises_and_the_first_end_clears()
    {
        var raised = default(RuleState).Observe(None, true, false, 3);
        Assert.Equal(new RuleStep(new(RulePhase.Raised, 3), RuleTransition.Raise, 3, 3), raised);
        Assert.Equal(new RuleStep(new(RulePhase.Normal, 4), RuleTransition.Clear, 4, 4), raised.State.Observe(None, false, true, 4));
    }

    [Fact]
    public void A_condition_that_holds_for_the_delay_raises_at_its_end_by_the_passing_of_time_alone()
    {
        var pending = default(RuleState).Observe(Delays, true, false, 100).State;
        Assert.Equal(RuleTransition.None, pending.Tick(Delays, 109).Transition);
        Assert.Equal(new RuleStep(new(RulePhase.Raised, 110), RuleTransition.Raise, 110, 100), pending.Tick(Delays, 150));
    }

    [Fact]
    public void A_condition_that_ends_before_the_delay_raises_nothing_and_begins_anew()
    {
        var state = default(RuleState).Observe(Delays, true, false, 100).State;
        state = state.Observe(Delays, false, true, 109).State;
        Assert.Equal(RulePhase.Normal, state.Phase);
        state = state.Observe(Delays, true, false, 110).State;
        Assert.Equal(RuleTransition.None, state.Tick(Delays, 119).Transition);
        Assert.Equal(RuleTransition.Raise, state.Tick(Delays, 120).Transition);
    }

    [Fact]
    public void Between_the_two_thresholds_an_alarm_stays()
    {
        var raised = new RuleState(RulePhase.Raised, 100);
        Assert.Equal(raised, raised.Observe(Delays, when: false, clear: false, 120).State);
    }

    [Fact]
    public void An_alarm_clears_when_its_end_has_held_for_the_off_delay()
    {
        var clearing = new RuleState(RulePhase.Raised, 100).Observe(Delays, false, true, 120).State;
        Assert.Equal(RuleTransition.None, clearing.Tick(Delays, 124).Transition);
        Assert.Equal(new RuleStep(new(RulePhase.Normal, 125), RuleTransition.Clear, 125, 125), clearing.Tick(Delays, 130));
        Assert.Equal(RulePhase.Raised, clearing.Observe(Delays, true, false, 124).State.Phase);
    }

    [Fact]
    public void The_unknown_stops_a_delay_but_neither_raises_nor_clears()
    {
        Assert.Equal(RulePhase.Normal, new RuleState(RulePhase.Pending, 100).Observe(Delays, null, null, 105).State.Phase);
        Assert.Equal(RulePhase.Raised, new RuleState(RulePhase.Raised, 100).Observe(None, null, null, 105).State.Phase);
        Assert.Equal(RulePhase.Raised, new RuleState(RulePhase.Clearing, 100).Observe(Delays, null, null, 103).State.Phase);
    }
}
