namespace Jingwei.Server.Devices.Commanding;

/// <summary>Limits of commands; beyond them a request is refused.</summary>
public static class CommandLimits
{
    /// <summary>Most characters of a command's parameters as JSON: settings, not files.</summary>
    public const int Parameters = 64 * 1024;

    /// <summary>A reply longer than this, in bytes, is refused; it is a result, not a file.</summary>
    public const int Reply = 64 * 1024;

    /// <summary>Things of one batch: the machines of a large plant.</summary>
    public const int Batch = 10_000;

    /// <summary>Commands of batches that are sent in one turn of the loop, before other due ones have theirs.</summary>
    public const int Turn = 100;

    /// <summary>How long a dangerous command waits to be confirmed: who sent it, or somebody beside him, is still there.</summary>
    public static TimeSpan ConfirmWithin { get; } = TimeSpan.FromMinutes(10);
}
