namespace Jingwei.Server.Rules.Trying;

/// <summary>When an alarm stood; microseconds UTC.</summary>
/// <param name="Cleared">Null: it still stands at the end of the period.</param>
internal readonly record struct AlarmSpan(long Raised, long? Cleared)
{
    /// <summary>Whether both stood at some moment, or one began as the other ended.</summary>
    public bool Meets(AlarmSpan other) => Raised <= (other.Cleared ?? long.MaxValue) && other.Raised <= (Cleared ?? long.MaxValue);
}

/// <summary>An alarm that the tried rule raises.</summary>
/// <param name="Cause">As a sentence; null for one that is only counted.</param>
internal sealed record TriedAlarm(AlarmSpan Span, Label? Cause);

/// <summary>The alarms of the tried rule beside those that were raised.</summary>
internal static class AlarmPairs
{
    /// <summary>
    /// Which of the tried ones were raised then too, and which of those raised then are missing now. Two are the same when they stood at the same
    /// time; each is one of a pair at most, in the order of time.
    /// </summary>
    public static (bool[] Was, bool[] Missing) Of(IReadOnlyList<AlarmSpan> tried, IReadOnlyList<AlarmSpan> raised)
    {
        var was = new bool[tried.Count];
        var missing = new bool[raised.Count];
        Array.Fill(missing, true);
        var next = 0;
        for (var now = 0; now < tried.Count; now++)
        {
            while (next < raised.Count && !raised[next].Meets(tried[now]) && raised[next].Raised < tried[now].Raised)
            {
                next++;
            }

            if (next < raised.Count && raised[next].Meets(tried[now]))
            {
                (was[now], missing[next]) = (true, false);
                next++;
            }
        }

        return (was, missing);
    }
}
