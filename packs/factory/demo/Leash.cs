using System.Globalization;

namespace Jingwei.Demo.Factory;

/// <summary>Tells when whoever started this program has gone: its end of standard input closed, or the parent process changed.</summary>
internal static class Leash
{
    public static Task UntilLetGoAsync(TimeProvider time, CancellationToken stop) =>
        Task.WhenAny(InputClosedAsync(stop), ParentGoneAsync(time, stop));

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
