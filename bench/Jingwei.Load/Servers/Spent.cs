using Jingwei.Load.Results;

namespace Jingwei.Load.Servers;

/// <summary>Processor seconds, user and system, that went to the server, to this program, and to everything else on the machine.</summary>
/// <param name="Others">Programs that should not run now, the kernel on nobody's account, and what the host took away; 0 where the system does not say.</param>
public readonly record struct Spent(double Server, double Load, double Others)
{
    /// <summary>What each has spent since it started.</summary>
    public static Spent Now(SubjectProcess server)
    {
        var (own, load) = (server.Processor.TotalSeconds, Environment.CpuUsage.TotalTime.TotalSeconds);
        return new(own, load, Machine.Busy() is { } busy ? busy.TotalSeconds - own - load : 0);
    }

    public static Spent operator -(Spent left, Spent right) =>
        new(left.Server - right.Server, left.Load - right.Load, Math.Max(0, left.Others - right.Others));
}
