using System.Collections.Concurrent;

namespace Jingwei.Server.Access;

/// <summary>
/// Slows down guessing: after a few wrong passwords for a name or from an address, each further one doubles the wait.
/// </summary>
public sealed class SignInThrottle(TimeProvider clock)
{
    // Room for typing mistakes; OWASP ASVS 5.0 section 6.3.1 asks for a limit and leaves the number open.
    private const int FreeFailures = 5;

    // A wait doubles up to this; a locked-out duty officer is back within a quarter of an hour.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    // More names and addresses than this are being guessed at: the oldest are forgotten.
    private const int MaximumEntries = 10_000;

    private readonly ConcurrentDictionary<string, Failures> failures = new(StringComparer.Ordinal);

    /// <summary>How long <paramref name="key"/> has to wait now; zero when it may try.</summary>
    public TimeSpan Wait(string key)
    {
        if (!failures.TryGetValue(key, out var entry) || entry.Count < FreeFailures)
        {
            return TimeSpan.Zero;
        }

        var left = entry.Last + Penalty(entry.Count) - clock.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public void Failed(string key)
    {
        if (failures.Count >= MaximumEntries && failures.MinBy(pair => pair.Value.Last) is { Key: { } oldest })
        {
            failures.TryRemove(oldest, out _);
        }

        failures.AddOrUpdate(
            key,
            _ => new(1, clock.GetUtcNow()),
            (_, entry) => clock.GetUtcNow() - entry.Last > LongestWait ? new(1, clock.GetUtcNow()) : new(entry.Count + 1, clock.GetUtcNow()));
    }

    public void Succeeded(string key) => failures.TryRemove(key, out _);

    private static TimeSpan Penalty(int count) =>
        TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, count - FreeFailures)));

    private readonly record struct Failures(int Count, DateTimeOffset Last);
}
