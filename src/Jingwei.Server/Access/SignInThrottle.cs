using System.Collections.Concurrent;

namespace Jingwei.Server.Access;

/// <summary>
/// Slows down guessing: after a few wrong passwords for a name or from an address, each further one doubles the wait.
/// </summary>
public sealed class SignInThrottle(TimeProvider clock)
{
    // Room for typing mistakes; OWASP ASVS 5.0 section 6.3.1 asks for a limit and leaves the number open.
    private const int FreeFailures = 5;

    // An address may be a whole office behind one router.
    private const int FreeFailuresOfAddress = 50;

    // A wait doubles up to this; a locked-out duty officer is back within a quarter of an hour.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    // More names and addresses than this are being guessed at: the oldest are forgotten.
    private const int MaximumEntries = 10_000;

    // Attempts on one name wait for each other, so that many at once learn no more than many in a row.
    private const int Lanes = 16;

    // Attempts that wait in one lane; each takes some tenth of a second of hashing.
    private const int MaximumWaiting = 100;

    private readonly ConcurrentDictionary<string, Failures> failures = new(StringComparer.Ordinal);
    private readonly Lane[] lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new Lane())];

    /// <summary>
    /// Runs one attempt by <paramref name="user"/> from <paramref name="address"/>, unless that has to wait first; the time to wait is
    /// then returned, and nothing was tried. An attempt that gives null has failed.
    /// </summary>
    public async Task<(T? Result, TimeSpan Wait)> TryAsync<T>(string user, string address, Func<T?> attempt, CancellationToken cancellation)
        where T : class
    {
        var lane = lanes[(uint)user.GetHashCode(StringComparison.Ordinal) % Lanes];
        if (Interlocked.Increment(ref lane.Waiting) > MaximumWaiting)
        {
            Interlocked.Decrement(ref lane.Waiting);
            return (null, TimeSpan.FromSeconds(1));
        }

        try
        {
            await lane.Turn.WaitAsync(cancellation);
            try
            {
                return Try($"user {user}", $"from {address}", attempt);
            }
            finally
            {
                lane.Turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref lane.Waiting);
        }
    }

    private (T? Result, TimeSpan Wait) Try<T>(string user, string address, Func<T?> attempt) where T : class
    {
        var (ofUser, ofAddress) = (Wait(user, FreeFailures), Wait(address, FreeFailuresOfAddress));
        var wait = ofUser > ofAddress ? ofUser : ofAddress;
        if (wait > TimeSpan.Zero)
        {
            return (null, wait);
        }

        var result = attempt();
        if (result is null)
        {
            Failed(user);
            Failed(address);
        }
        else
        {
            // The address keeps its count: who has one account of his own could guess at others for ever.
            failures.TryRemove(user, out _);
        }

        return (result, TimeSpan.Zero);
    }

    private TimeSpan Wait(string key, int free)
    {
        if (!failures.TryGetValue(key, out var entry) || entry.Count < free)
        {
            return TimeSpan.Zero;
        }

        var penalty = TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, entry.Count - free)));
        var left = entry.Last + penalty - clock.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Failed(string key)
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

    private readonly record struct Failures(int Count, DateTimeOffset Last);

    private sealed class Lane
    {
        public int Waiting;

        public SemaphoreSlim Turn { get; } = new(1);
    }
}
