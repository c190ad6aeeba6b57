using System.Globalization;

namespace Jingwei.Demo;

/// <summary>Ends a program when whoever started it has gone: its end of standard input closed, or the parent process changed.</summary>
public static class Leash
{
    /// <summary>
    /// Plays until the play has ended, somebody stops it, or whoever started this program has gone; the exit code. A failure of the server is told on standard error.
    /// </summary>
    public static async Task<int> PlayAsync(Func<CancellationToken, Task> play, TimeProvider time, Journal journal, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var playing = play(ending.Token);
        await Task.WhenAny(playing, InputClosedAsync(ending.Token), ParentGoneAsync(time, ending.Token));
        await ending.CancelAsync();
        try
        {
            await playing;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Stopped as asked.
        }
        catch (Exception e) when (Api.IsFailure(e))
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        journal.Write($"stopped");
        return 0;
    }

    private static async Task InputClosedAsync(CancellationToken stop)
    {
        if (!IsPipe())
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        }

        var ignored = new byte[256];
        await using var input = Console.OpenStandardInput();

        // A read of a console stream cannot be given up, so it must not hold up the caller.
        await Task.Yield();
        while (await input.ReadAsync(ignored, stop) > 0)
        {
            // Whatever is said, only the end counts.
        }
    }

    /// <summary>A file or /dev/null as input, as services and nohup have it, is not somebody who can go away.</summary>
    private static bool IsPipe()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Console.IsInputRedirected;
        }

        var target = new FileInfo("/proc/self/fd/0").LinkTarget ?? "";
        return target.StartsWith("pipe:", StringComparison.Ordinal) || target.StartsWith("socket:", StringComparison.Ordinal);
    }

    private static async Task ParentGoneAsync(TimeProvider time, CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux())
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        }

        var parent = Parent();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (Parent() == parent && await timer.WaitForNextTickAsync(stop))
        {
            // Still there.
        }
    }

    /// <summary>Field 4 of proc_pid_stat(5); the name before it may hold spaces and is in parentheses.</summary>
    private static int Parent()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
