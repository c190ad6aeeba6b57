using System.Collections.Concurrent;
using System.Diagnostics;

namespace Jingwei.Server.Rules;

/// <summary>What a rule did since the server started.</summary>
/// <param name="Evaluated">Times that its condition was worked out.</param>
/// <param name="Matched">Times that it came out true.</param>
/// <param name="Raised">Alarms that it raised.</param>
/// <param name="Suppressed">Times that it was passed over: <paramref name="Late"/>, <paramref name="Unknown"/> and <paramref name="Outside"/> together.</param>
/// <param name="Late">Because the reading was late: history, not news.</param>
/// <param name="Unknown">Because a property or a window that it needs has no value yet.</param>
/// <param name="Outside">Because it is not for that time: its `during` was false.</param>
/// <param name="Errors">Times that the expression failed to evaluate.</param>
/// <param name="LastError">What it failed of last; null for never.</param>
public sealed record RuleCounts(
    long Evaluated, long Matched, long Raised, long Suppressed, long Late, long Unknown, long Outside, long Errors, string? LastError)
{
    /// <summary>Milliseconds that its condition took in all, from a sample of one evaluation in <see cref="RuleCounters.SampledOneIn"/>.</summary>
    public double Milliseconds { get; init; }

    /// <summary>Both together.</summary>
    internal RuleCounts With(RuleCounts other) => new(
        Evaluated + other.Evaluated, Matched + other.Matched, Raised + other.Raised, Suppressed + other.Suppressed, Late + other.Late,
        Unknown + other.Unknown, Outside + other.Outside, Errors + other.Errors, other.LastError ?? LastError)
    {
        Milliseconds = Milliseconds + other.Milliseconds,
    };
}

/// <summary>Counts per rule; written by one thread, read by many.</summary>
public sealed class RuleCounters
{
    /// <summary>Evaluations of which one is timed: a look at the clock takes longer than most conditions.</summary>
    public const int SampledOneIn = 64;

    private readonly ConcurrentDictionary<string, Tally> tallies = new(StringComparer.Ordinal);

    public RuleCounts Of(string rule) => tallies.TryGetValue(rule, out var tally) ? tally.Counts() : new Tally().Counts();

    internal Tally For(string rule) => tallies.GetOrAdd(rule, _ => new Tally());

    // Only the thread that judges writes; a 64-bit write is whole on what .NET runs on here.
    internal sealed class Tally
    {
        private long evaluated;
        private long matched;
        private long raised;
        private long late;
        private long unknown;
        private long outside;
        private long errors;
        private long ticks;
        private volatile string? lastError;

        /// <summary>Before an evaluation: a time stamp for <see cref="CountEvaluated"/>; 0 when this one is not timed.</summary>
        public long Begin() => evaluated % SampledOneIn == 0 ? Stopwatch.GetTimestamp() : 0;

        public void CountEvaluated(bool match, long began)
        {
            evaluated++;
            matched += match ? 1 : 0;
            ticks += began == 0 ? 0 : Stopwatch.GetTimestamp() - began;
        }

        /// <summary>Evaluations that need not be made, since all come out the same.</summary>
        public void CountPassed(long pictures, bool match)
        {
            evaluated += pictures;
            matched += match ? pictures : 0;
        }

        public void CountRaised() => raised++;

        public void CountLate() => late++;

        public void CountUnknown() => unknown++;

        public void CountOutside() => outside++;

        public void CountError(string message)
        {
            errors++;
            lastError = message;
        }

        public RuleCounts Counts()
        {
            var (lateNow, unknownNow, outsideNow) = (Volatile.Read(ref late), Volatile.Read(ref unknown), Volatile.Read(ref outside));
            return new RuleCounts(
                Volatile.Read(ref evaluated), Volatile.Read(ref matched), Volatile.Read(ref raised),
                lateNow + unknownNow + outsideNow, lateNow, unknownNow, outsideNow, Volatile.Read(ref errors), lastError)
            {
                Milliseconds = Math.Round(Volatile.Read(ref ticks) * 1000.0 * SampledOneIn / Stopwatch.Frequency, 3),
            };
        }
    }
}
