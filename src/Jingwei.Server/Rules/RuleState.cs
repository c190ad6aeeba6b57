namespace Jingwei.Server.Rules;

/// <summary>Where a rule stands for a thing; in ISA-18.2 words: normal, on-delay running, alarm, off-delay running.</summary>
public enum RulePhase
{
    Normal,
    Pending,
    Raised,
    Clearing,
}

/// <summary>What a step of a rule came to.</summary>
public enum RuleTransition
{
    None,
    Raise,
    Clear,
}

/// <summary>How long a condition must hold: ISA-18.2 on-delay and off-delay, microseconds.</summary>
public readonly record struct RuleDelays(long On, long Off);

/// <summary>The next state and what happened on the way, at which event time.</summary>
/// <param name="HeldSince">For a raise: since when the condition has held.</param>
public readonly record struct RuleStep(RuleState State, RuleTransition Transition, long At, long HeldSince);

/// <summary>
/// A rule's state for one thing; pure. All times are event times in microseconds UTC. Between observations the condition is
/// what it was observed to be, so <see cref="Tick"/> alone raises or clears when a delay runs out.
/// </summary>
/// <param name="Since">When the phase began; for Pending and Clearing the delay runs from here.</param>
public readonly record struct RuleState(RulePhase Phase, long Since)
{
    /// <summary>Whether time alone ends the phase.</summary>
    public bool IsRunning => Phase is RulePhase.Pending or RulePhase.Clearing;

    /// <summary>When time alone ends the phase; <see cref="long.MaxValue"/> for never.</summary>
    public long Ends(RuleDelays delays) => Phase switch
    {
        RulePhase.Pending => Since + delays.On,
        RulePhase.Clearing => Since + delays.Off,
        _ => long.MaxValue,
    };

    /// <summary>Lets time pass to <paramref name="now"/>.</summary>
    public RuleStep Tick(RuleDelays delays, long now) => Phase switch
    {
        RulePhase.Pending when now - Since >= delays.On => Raise(Since + delays.On, Since),
        RulePhase.Clearing when now - Since >= delays.Off => Clear(Since + delays.Off),
        _ => Stay(now),
    };

    /// <summary>
    /// Takes what is true from <paramref name="at"/> on. Call <see cref="Tick"/> with the same time first. What is unknown
    /// (null) neither begins nor ends an alarm, but stops a delay that runs.
    /// </summary>
    public RuleStep Observe(RuleDelays delays, bool? when, bool? clear, long at) => (Phase, when, clear) switch
    {
        (RulePhase.Normal, true, _) when delays.On == 0 => Raise(at, at),
        (RulePhase.Normal, true, _) => Stay(at, new(RulePhase.Pending, at)),
        (RulePhase.Pending, not true, _) => Stay(at, new(RulePhase.Normal, at)),
        (RulePhase.Raised, _, true) when delays.Off == 0 => Clear(at),
        (RulePhase.Raised, _, true) => Stay(at, new(RulePhase.Clearing, at)),
        (RulePhase.Clearing, _, not true) => Stay(at, new(RulePhase.Raised, at)),
        _ => Stay(at),
    };

    private static RuleStep Raise(long at, long heldSince) => new(new(RulePhase.Raised, at), RuleTransition.Raise, at, heldSince);

    private static RuleStep Clear(long at) => new(new(RulePhase.Normal, at), RuleTransition.Clear, at, at);

    private RuleStep Stay(long at) => Stay(at, this);

    private static RuleStep Stay(long at, RuleState state) => new(state, RuleTransition.None, at, at);
}
