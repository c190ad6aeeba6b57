using Jingwei.Load.Results;

namespace Jingwei.Load.Servers;

/// <summary>Who is measured: ours or a peer.</summary>
/// <param name="Program">What must be installed; null for ours, which the build made.</param>
/// <param name="Make">Makes it anew for every run.</param>
public sealed record Subject<T>(string Name, string? Program, Func<T> Make)
    where T : IAsyncDisposable;

/// <summary>Ours and its peers, run in turn: a b c, c b a, a b c ..., so that none is always the one after the same other.</summary>
public sealed class Subjects<T>(params IReadOnlyList<Subject<T>> subjects)
    where T : IAsyncDisposable
{
    /// <summary>Runs every subject so many times, each time made anew; returns their results in the subjects' order.</summary>
    /// <param name="wanted">Names of those to run; empty for all.</param>
    public async Task<IReadOnlyList<(string Subject, IReadOnlyList<TResult> Runs)>> RunAsync<TResult>(
        string scenario, int runs, IReadOnlyCollection<string> wanted, Report report, Func<T, Task<TResult>> measure)
    {
        var present = subjects.Where(subject => IsPresent(scenario, subject, wanted, report)).ToList();
        var results = present.ToDictionary(subject => subject.Name, _ => new List<TResult>());
        for (var run = 0; run < runs; run++)
        {
            foreach (var subject in run % 2 == 0 ? present : Enumerable.Reverse(present))
            {
                Machine.SettleDisk();
                await using var made = subject.Make();
                var result = await measure(made);
                results[subject.Name].Add(result);
                await Console.Error.WriteLineAsync($"{scenario} {run + 1}/{runs} {subject.Name}: {result}");
            }
        }

        return [.. present.Select(subject => (subject.Name, (IReadOnlyList<TResult>)results[subject.Name]))];
    }

    private static bool IsPresent(string scenario, Subject<T> subject, IReadOnlyCollection<string> wanted, Report report)
    {
        var why = wanted.Count > 0 && !wanted.Contains(subject.Name) ? "not asked for"
            : subject.Program is { } program && SubjectProcess.Find(program) is null ? $"{program} is not installed"
            : null;
        if (why is not null)
        {
            report.Skip(scenario, subject.Name, why);
        }

        return why is null;
    }
}
