using System.Diagnostics;

namespace Jingwei.Server;

/// <summary>
/// Places between the steps of a write that has several. A test that sets JINGWEI_KILL_AT to the name of one has the process killed
/// there, as a power cut would end it, and looks at what a restart makes of what is left.
/// </summary>
internal static class KillPoint
{
    private static readonly string? Chosen = Environment.GetEnvironmentVariable("JINGWEI_KILL_AT");

    public static void Reach(string name)
    {
        if (Chosen is not null && Chosen == name)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.InfiniteTimeSpan);
        }
    }
}
