using System.Buffers;
using Jingwei.Sdk;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>
/// Takes messages in that a decoder of a plug-in reads. A message is read as a whole or rejected as one; what was read is judged value by value, as from anywhere else.
/// Whatever the decoder does, only the connection that brought the message waits for it.
/// </summary>
public sealed partial class DecodedPayloads(ReadingCheck check, Things things, TelemetryOptions options, TimeProvider clock, ILogger<DecodedPayloads> logger)
{
    // Devices are acknowledged after it: what takes longer is worth a look.
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan WarnEvery = TimeSpan.FromMinutes(1);

    private long warned = long.MinValue;

    /// <summary>Puts every reading of the payload into the batch, accepted or rejected.</summary>
    public void Read(IntakeBatch batch, Caller publisher, string thing, in ReadOnlySequence<byte> payload, PayloadDecoder decoder)
    {
        if (payload.Length > options.MessageBytes)
        {
            var kept = payload.Slice(0, Math.Min(payload.Length, options.RejectPayloadBytes)).ToArray();
            check.AddUndecodable(batch, thing, kept, RejectReason.TooLarge, $"A message has at most {options.MessageBytes} bytes.");
            return;
        }

        var bytes = payload.IsSingleSegment ? payload.FirstSpan : payload.ToArray();
        if (things.TryGet(thing, out var found) && !check.MayDeliver(publisher, found))
        {
            check.AddUndecodable(batch, thing, bytes, RejectReason.NotAllowed, $"'{publisher.Id}' may not deliver readings of '{thing}'.");
            return;
        }

        var decoded = new DecodedMessage(thing, options.MessageReadings);
        var start = clock.GetTimestamp();
        var refusal = decoded.Read(decoder, new ThingMessage(thing, Topic.ForReadings(thing), bytes, Instant.ToTime(batch.Untimed)));
        WarnWhenSlow(clock.GetElapsedTime(start), thing);
        if (refusal is var (reason, detail))
        {
            check.AddUndecodable(batch, thing, bytes, reason, detail);
            return;
        }

        foreach (var reading in decoded.All)
        {
            check.Add(batch, publisher, reading);
        }
    }

    private void WarnWhenSlow(TimeSpan took, string thing)
    {
        var (now, last) = (clock.GetTimestamp(), Interlocked.Read(ref warned));
        if (took >= Slow && (last == long.MinValue || clock.GetElapsedTime(last, now) >= WarnEvery) && Interlocked.CompareExchange(ref warned, now, last) == last)
        {
            LogSlow(took.TotalMilliseconds, thing);
        }
    }

    [LoggerMessage(EventId = 131, Level = LogLevel.Warning, Message = "A plug-in took {Milliseconds} ms to decode a message of {Thing}; its connection waited. Said at most once a minute")]
    private partial void LogSlow(double milliseconds, string thing);
}
