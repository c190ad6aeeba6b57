using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Intake.Sparkplug;
using Jingwei.Server.Telemetry.Keeping;

namespace Jingwei.Server.Telemetry;

/// <summary>When the log is synced to the disk, before an acknowledgement or apart from it.</summary>
public enum LogSync
{
    /// <summary>Before every acknowledgement: a power cut loses nothing that was acknowledged.</summary>
    Always,

    /// <summary>Every <see cref="TelemetryOptions.SyncInterval"/>: a power cut loses what was acknowledged since; a crash of the process loses nothing.</summary>
    Interval,

    /// <summary>When the operating system pleases (Linux: within about 30 s): a power cut loses that; a crash of the process loses nothing.</summary>
    Os,
}

/// <summary>Limits of the telemetry slice; all have defaults and say what happens at them.</summary>
public sealed record TelemetryOptions
{
    /// <summary>A reading further in the future is rejected (out-of-time-limits). Default 10 minutes: a badly set clock, not a forecast.</summary>
    public TimeSpan FutureLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A reading further in the past is rejected (out-of-time-limits). Default 10 years.</summary>
    public TimeSpan PastLimit { get; init; } = TimeSpan.FromDays(3653);

    /// <summary>A reading older than this on arrival is late: it corrects history and raises no live alarm. Default 5 minutes.</summary>
    public TimeSpan LiveWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Largest JSON message in bytes; larger ones are rejected (too-large). Default 128 KiB, as AWS IoT: below the largest MQTT packet
    /// (256 KiB), so that one somewhat too large is kept with its reason before the connection is what suffers.
    /// </summary>
    public int MessageBytes { get; init; } = 128 << 10;

    /// <summary>Most readings that a plug-in's decoder makes of one message; with more it is rejected (too-large). Default 10,000: as many as JSON of the largest message holds.</summary>
    public int MessageReadings { get; init; } = 10_000;

    /// <summary>Largest line-protocol request in bytes once unpacked; larger ones get 413. Default 64 MiB.</summary>
    public int WriteBytes { get; init; } = 64 << 20;

    /// <summary>
    /// Things that are made behind one gateway or edge node where its channel says so; those beyond do not come to be, and their readings are rejected
    /// (unknown-thing). Default 10,000: a gateway that invents names without end fills no directory.
    /// </summary>
    public int ThingsBehind { get; init; } = 10_000;

    /// <summary>
    /// Bytes of line-protocol requests, unpacked, that are in memory at once; at the limit a request that grows waits for <see cref="Patience"/>,
    /// then it is answered "busy". Default 512 MiB: four of the largest.
    /// </summary>
    public int WriteBytesInFlight { get; init; } = 512 << 20;

    /// <summary>Things of a type up to which a channel makes unknown ones; then their readings are rejected (unknown-thing). Default 100,000.</summary>
    public int ThingsMade { get; init; } = 100_000;

    /// <summary>Longest line of line protocol in bytes; longer ones are rejected. Default 64 KiB.</summary>
    public int LineBytes { get; init; } = 64 << 10;

    /// <summary>Measurements with their tags that are remembered for each channel, of up to 512 bytes; at the limit all are learnt anew. Default 200,000: some 60 MB.</summary>
    public int LineKeys { get; init; } = 200_000;

    /// <summary>Bytes of a rejected message that are kept with its reason. Default 4 KiB.</summary>
    public int RejectPayloadBytes { get; init; } = 4 << 10;

    /// <summary>Rejected values kept for repair; the oldest go first. Counted for ever. Default 100,000.</summary>
    public int RejectsKept { get; init; } = 100_000;

    /// <summary>How long a rejected value is kept for repair; then it goes, and stays counted. Default 90 days.</summary>
    public TimeSpan RejectAge { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The share of the disk below which it is said to be low. Default a tenth: merges of the engine write parts anew beside the old ones. 0: never.</summary>
    public double DiskLow { get; init; } = 0.1;

    /// <summary>The free bytes below which the disk is said to be critical. Default 1 GiB: soon writes fail, and then intake stops. 0: never.</summary>
    public long DiskCritical { get; init; } = 1L << 30;

    /// <summary>How long readings and what is summed up of them are kept. Default for ever.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>
    /// Values between arrival and engine held in memory, text and rejects by their length (16 characters as a value); at the limit intake waits.
    /// Default 3 million, three inserts of the engine: some 100 MB.
    /// </summary>
    public int ValuesInFlight { get; init; } = 3_000_000;

    /// <summary>Values in one message of the log; larger requests are several. Default 200,000.</summary>
    public int BatchValues { get; init; } = 200_000;

    /// <summary>When the log is synced. Default always.</summary>
    public LogSync Sync { get; init; } = LogSync.Always;

    /// <summary>The loss window of <see cref="LogSync.Interval"/>. Default 1 s.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long intake waits for room before it answers "busy" (503, Retry-After). Default 5 s: below usual client timeouts.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Size at which a log segment is closed and the next begun. Default 64 MiB.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;

    /// <summary>Log that may wait for the engine on disk; at the limit intake answers "busy". Default 4 GiB.</summary>
    public long LogBytes { get; init; } = 4L << 30;

    /// <summary>How long readings are gathered before they are put into the engine. Default 300 ms: queries follow within 1 s.</summary>
    public TimeSpan EngineDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Values put into the engine at once. Default 800,000; with one more message (<see cref="BatchValues"/>) it must stay below the engine's
    /// block of 1,048,449 rows, which is what makes an insert atomic.
    /// </summary>
    public int EngineBatchValues { get; init; } = 800_000;

    /// <summary>How far back the state before a window is looked for. Default 32 days.</summary>
    public TimeSpan CarryIn { get; init; } = TimeSpan.FromDays(32);

    /// <summary>How often closed minutes and hours are summed up. Default 1 minute.</summary>
    public TimeSpan RollupInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Buckets that are summed up, or are to be, and not in the engine yet; at the limit that happens at once. Default 500,000: some 45 MB.</summary>
    public int RollupBuckets { get; init; } = 500_000;

    /// <summary>Time limit of an operator's own query. Default 30 s.</summary>
    public TimeSpan QueryTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Row limit of an operator's own query. Default 10,000.</summary>
    public int QueryRows { get; init; } = 10_000;

    public EngineOptions Engine { get; init; } = new();

    public SparkplugOptions Sparkplug { get; init; } = new();
}
