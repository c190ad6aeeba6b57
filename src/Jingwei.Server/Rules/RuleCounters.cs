using System.Collections.Concurrent;

namespace Jingwei.Server.Rules;

/// <summary>What a rule did since the server started.</summary>
/// <param name="Evaluated">Times that its condition was worked out.</param>
/// <param name="Matched">Times that it came out true.</param>
/// <param name="Raised">Alarms that it raised.</param>
/// <param name="Suppressed">Times that it was passed over: <paramref name="Late"/> and <paramref name="Unknown"/> together.</param>
/// <param name="Late">Because the reading was late: history, not news.</param>
/// <param name="Unknown">Because a property that it needs has no value yet.</param>
/// <param name="Errors">Times that the expression failed to evaluate.</param>
/// <param name="LastError">What it failed of last; null for never.</param>
public sealed record RuleCounts(long Evaluated, long Matched, long Raised, long Suppressed, long Late, long Unknown, long Errors, string? LastError);

/// <summary>Counts per rule; written by one thread, read by many.</summary>
public sealed class RuleCounters
{
    private readonly ConcurrentDictionary<string, Tally> tallies = new(StringComparer.Ordinal);

    public RuleCounts Of(string rule) => tallies.TryGetValue(rule, out var tally) ? tally.Counts() : new Tally().Counts();

    internal Tally For(string rule) => tallies.GetOrAdd(rule, _ => new Tally());

    internal sealed class Tally
    {
        private long evaluated;
        private long matched;
        private long raised;
        private long late;
        private long unknown;
        private long errors;
        private volatile string? lastError;

        public void CountEvaluated(bool match)
        {
            Interlocked.Increment(ref evaluated);
            Interlocked.Add(ref matched, match ? 1 : 0);
        }

        public void CountRaised() => Interlocked.Increment(ref raised);

        public void CountLate() => Interlocked.Increment(ref late);

        public void CountUnknown() => Interlocked.Increment(ref unknown);

        public void CountError(string message)
        {
            Interlocked.Increment(ref errors);
            lastError = message;
        }

        public RuleCounts Counts()
        {
            var (lateNow, unknownNow) = (Interlocked.Read(ref late), Interlocked.Read(ref unknown));
            return new RuleCounts(
                Interlocked.Read(ref evaluated), Interlocked.Read(ref matched), Interlocked.Read(ref raised),
                lateNow + unknownNow, lateNow, unknownNow, Interlocked.Read(ref errors), lastError);
        }
    }
}
