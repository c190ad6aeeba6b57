using System.Diagnostics;
using System.Globalization;

namespace Jingwei.Server;

/// <summary>
/// Places between the steps of a write that has several. A test that sets JINGWEI_KILL_AT to the name of one, or NAME:N for the Nth time
/// that it is reached, has the process killed there, as a power cut would end it, and looks at what a restart makes of what is left.
/// </summary>
internal static class KillPoint
{
    private static readonly string[]? Chosen = Environment.GetEnvironmentVariable("JINGWEI_KILL_AT")?.Split(':');
    private static int left = Chosen is [_, var times] ? int.Parse(times, CultureInfo.InvariantCulture) : 1;

    public static void Reach(string name)
    {
        if (Chosen is null || Chosen[0] != name || Interlocked.Decrement(ref left) > 0)
        {
            return;
        }

        using var self = Process.GetCurrentProcess();
        self.Kill();
        // Whoever else reaches it until the signal is delivered goes no further either.
        self.WaitForExit();
    }
}
