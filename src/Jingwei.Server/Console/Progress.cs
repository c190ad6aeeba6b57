using System.Collections.Concurrent;

namespace Jingwei.Server.Console;

/// <summary>How far a long piece of work has come.</summary>
/// <param name="Done">Units done, 0 to <paramref name="Total"/>.</param>
public sealed record ProgressItem(string Task, Label Name, long Done, long Total, DateTimeOffset At)
{
    public bool Finished => Done >= Total;
}

/// <summary>Long work that somebody watches; forgotten some time after it is finished.</summary>
public sealed class Progress(TimeProvider clock)
{
    // Finished work stays visible long enough to be noticed.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    // Work that says nothing for this long has died with its program.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    // More pieces of work at once than anybody watches; further ones are refused.
    private const int MaximumTasks = 100;

    private readonly ConcurrentDictionary<string, ProgressItem> all = new(StringComparer.Ordinal);

    /// <summary>Told of each step, on the thread that reports it; must not block.</summary>
    public event Action<ProgressItem>? Changed;

    public IEnumerable<ProgressItem> All => all.Values.Where(item => !IsOver(item)).OrderBy(item => item.Task, StringComparer.Ordinal);

    /// <summary>Takes a step; false when too much work is reported at once.</summary>
    public bool Report(string task, Label name, long done, long total)
    {
        foreach (var (key, item) in all.Where(pair => IsOver(pair.Value)))
        {
            all.TryRemove(KeyValuePair.Create(key, item));
        }

        if (all.Count >= MaximumTasks && !all.ContainsKey(task))
        {
            return false;
        }

        var step = new ProgressItem(task, name, done, total, clock.GetUtcNow());
        all[task] = step;
        Changed?.Invoke(step);
        return true;
    }

    private bool IsOver(ProgressItem item) => clock.GetUtcNow() - item.At > (item.Finished ? Kept : Abandoned);
}
