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
    // A decoder's own words are cut here.
    private const int LongestFault = 500;

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

        var readings = new Decoded(thing, options.MessageReadings);
        if (Decode(decoder, new ThingMessage(thing, Topic.ForReadings(thing), bytes, Instant.ToTime(batch.Untimed)), readings) is var (reason, fault))
        {
            check.AddUndecodable(batch, thing, bytes, reason, fault.Length > LongestFault ? fault[..LongestFault] : fault);
            return;
        }

        foreach (var reading in readings.All)
        {
            check.Add(batch, publisher, reading);
        }
    }

    private (string Reason, string Fault)? Decode(PayloadDecoder decoder, in ThingMessage message, Decoded readings)
    {
        var start = clock.GetTimestamp();
        string? fault;
        try
        {
            fault = decoder(message, readings);
        }
#pragma warning disable CA1031 // Whatever a plug-in throws: it must not end the connection, or anything else.
        catch (Exception error)
#pragma warning restore CA1031
        {
            fault = $"The decoder failed: {error.GetType().Name}: {error.Message}";
        }

        WarnWhenSlow(clock.GetElapsedTime(start), message.Thing);
        return fault is not null ? (RejectReason.Unparsable, fault)
            : readings.IsFull ? (RejectReason.TooLarge, $"A message has at most {options.MessageReadings} readings.")
            : readings.All.Count == 0 ? (RejectReason.Unparsable, "The decoder found no readings in the message.")
            : null;
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

    private sealed class Decoded(string thing, int most) : DecodedReadings
    {
        public List<RawReading> All { get; } = [];

        /// <summary>True when there were more than it takes.</summary>
        public bool IsFull { get; private set; }

        public override void Add(string property, double value, DateTimeOffset? time = null) => Add(property, RawValue.Of(value), time);

        public override void Add(string property, bool value, DateTimeOffset? time = null) => Add(property, RawValue.Of(value), time);

        public override void Add(string property, string value, DateTimeOffset? time = null) =>
            Add(property, RawValue.Of(value ?? throw new ArgumentNullException(nameof(value))), time);

        public override void Add(string property, double longitude, double latitude, DateTimeOffset? time = null) => Add(property, RawValue.Of(longitude, latitude), time);

        private void Add(string property, in RawValue value, DateTimeOffset? time)
        {
            ArgumentNullException.ThrowIfNull(property);
            IsFull = All.Count == most;
            if (!IsFull)
            {
                All.Add(new RawReading(thing, property, time is { } at ? Instant.Of(at) : null, value, Quality.Good, null, null));
            }
        }
    }
}
