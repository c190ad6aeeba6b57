using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Takes the lines of one request in.</summary>
public sealed class LineRequest(LineWrite lines, Readings readings, TelemetryOptions options, TimeProvider clock)
{
    /// <summary>Largest request in bytes, unpacked.</summary>
    public int Limit => options.WriteBytes;

    public ChannelMapping? Channel(string? database) => lines.Channel(database);

    /// <summary>Ends when every line is in the synced log: accepted, or rejected with its reason.</summary>
    public ValueTask<IntakeResult> AcceptAsync(
        Caller caller, ChannelMapping channel, ReadOnlyMemory<byte> body, string? precision, CancellationToken cancellation)
    {
        var batch = new IntakeBatch(channel.Id, Instant.Of(clock.GetUtcNow()));
        lines.Read(batch, caller, channel, body.Span, precision);
        return readings.AcceptAsync(batch, cancellation);
    }
}
