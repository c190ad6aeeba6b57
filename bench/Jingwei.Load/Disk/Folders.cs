namespace Jingwei.Load.Disk;

/// <summary>How much lies in a folder.</summary>
public static class Folders
{
    // A merge that went on would have changed something by then.
    private static readonly TimeSpan Unchanged = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(90);

    /// <summary>Bytes of all files, and of those in folders below.</summary>
    public static long Bytes(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Exists ? file.Length : 0);

    /// <summary>Ends when a figure has not changed for a while.</summary>
    public static async Task SettleAsync(Func<Task<long>> figure, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var (started, since, last) = (clock.GetTimestamp(), clock.GetTimestamp(), await figure());
        while (clock.GetElapsedTime(since) < Unchanged && clock.GetElapsedTime(started) < AtMost)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), clock, cancellation);
            if (await figure() is var now && now != last)
            {
                (since, last) = (clock.GetTimestamp(), now);
            }
        }
    }
}
