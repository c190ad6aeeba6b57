using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Jingwei.Load.Results;

/// <summary>What the figures depend on and cannot show themselves.</summary>
/// <param name="Time">When the run began.</param>
/// <param name="Cores">Processors that all programs share, the load included.</param>
/// <param name="MemoryBytes">Main memory.</param>
/// <param name="System">The operating system.</param>
/// <param name="SyncMs">
/// Median milliseconds to append 1 MiB to a file and bring it to the disk (fdatasync), where the servers' data lies. It bounds what
/// waits for the disk before it acknowledges.
/// </param>
/// <param name="SyncWorstMs">The slowest of these.</param>
public sealed partial record Machine(DateTimeOffset Time, int Cores, long MemoryBytes, string System, double SyncMs, double SyncWorstMs)
{
    // USER_HZ, the unit of /proc/stat; 100 on every platform of Linux that .NET runs on.
    private const double TicksASecond = 100;

    private const int Block = 1 << 20;
    private const int Blocks = 100;

    /// <summary>Looks at this machine; takes a second or so on a fast disk.</summary>
    public static Machine Look()
    {
        var took = Syncs();
        return new(
            TimeProvider.System.GetUtcNow(),
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            RuntimeInformation.OSDescription,
            took[took.Count / 2],
            took[^1]);
    }

    /// <summary>
    /// Processor time that went to anything at all since the machine started: programs, the kernel, and what the host took away (steal;
    /// proc(5), /proc/stat). Null where the system does not say.
    /// </summary>
    public static TimeSpan? Busy()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // cpu user nice system idle iowait irq softirq steal guest guest_nice; guests are within user already.
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToList();
        return TimeSpan.FromSeconds((ticks.Sum() - ticks[3] - ticks[4]) / TicksASecond);
    }

    /// <summary>Brings what others have written to the disk, so that nobody pays for the one before him.</summary>
    public static void SettleDisk() => SyncAll();

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Cores} cores, {MemoryBytes / 1073741824.0:f0} GiB, {System}; 1 MiB appended and synced: {SyncMs:f1} ms median, {SyncWorstMs:f1} ms worst of {Blocks} ({1000 / SyncMs:f0} MiB/s)");

    private static List<double> Syncs()
    {
        var path = Path.Combine(Path.GetTempPath(), $"jingwei-load-{Environment.ProcessId}.sync");
        var block = new byte[Block];
        // Zeros might be stored as a hole.
        new Random(1).NextBytes(block);
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, options: FileOptions.DeleteOnClose);
        var took = new List<double>(Blocks);
        for (var number = 0; number < Blocks; number++)
        {
            var started = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, block, (long)number * Block);
            if (SyncData(file) != 0)
            {
                throw new IOException("fdatasync failed.", Marshal.GetLastPInvokeError());
            }

            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        took.Sort();
        return took;
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SyncData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "sync")]
    private static partial void SyncAll();
}
