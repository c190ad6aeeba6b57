using System.Text;
using Jingwei.Server.Access;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Turns lines into readings by the mapping of the channel that the request's database or bucket names.</summary>
public sealed class LineWrite(ReadingCheck check, PackCatalog packs, TelemetryOptions options)
{
    public const string Protocol = "line-protocol";

    /// <summary>The channel that a database or bucket names, or null.</summary>
    public ChannelMapping? Channel(string? database) =>
        packs.Current.Channels.FirstOrDefault(channel => channel.Protocol == Protocol && channel.Database == database);

    /// <summary>Microseconds, times <paramref name="multiply"/> and divided by <paramref name="divide"/>, of a precision; false for an unknown one.</summary>
    public static bool TryPrecision(string? name, out long multiply, out long divide)
    {
        (multiply, divide) = name switch
        {
            null or "" or "ns" or "n" => (1L, 1_000L),
            "us" or "u" or "µ" => (1L, 1L),
            "ms" => (Instant.PerMillisecond, 1L),
            "s" => (Instant.PerSecond, 1L),
            "m" => (Instant.PerMinute, 1L),
            "h" => (Instant.PerHour, 1L),
            _ => (0L, 1L),
        };
        return multiply != 0;
    }

    /// <summary>Puts every value of every line into the batch, accepted or rejected.</summary>
    /// <param name="only">The one property that is wanted; null for all.</param>
    public void Read(IntakeBatch batch, Caller publisher, ChannelMapping channel, ReadOnlySpan<byte> body, string? precision, string? only = null)
    {
        TryPrecision(precision, out var multiply, out var divide);
        var reader = new LineReader(body);
        var point = new LinePoint();
        while (reader.Next(point, out var fault))
        {
            if (reader.LineBytes.Length > options.LineBytes)
            {
                check.AddUnparsable(
                    batch, null, reader.LineBytes, RejectReason.TooLarge, $"A line has at most {options.LineBytes} bytes.", reader.Line);
            }
            else if (fault is not null)
            {
                check.AddUnparsable(batch, null, reader.LineBytes, RejectReason.Unparsable, fault, reader.Line);
            }
            else
            {
                Add(batch, publisher, channel, point, Time(point.Time, multiply, divide), Encoding.UTF8.GetString(reader.LineBytes), reader.Line, only);
            }
        }
    }

    private void Add(
        IntakeBatch batch, Caller publisher, ChannelMapping channel, LinePoint point, long? time, string text, int line, string? only)
    {
        var thing = channel.ThingTag is { } tag ? point.Tag(tag) : point.Measurement;
        if (thing is null)
        {
            check.AddUnparsable(
                batch, null, Encoding.UTF8.GetBytes(text), RejectReason.UnknownThing, $"The line has no tag '{channel.ThingTag}' that names the thing.", line);
            return;
        }

        foreach (var (property, value) in point.Fields)
        {
            if (only is null || property == only)
            {
                check.Add(batch, publisher, new RawReading(thing, property, time, value.ToRaw(), Quality.Good, null, text, line));
            }
        }
    }

    // Floor, so that times before 1970 fall into the same microsecond as those after; what does not fit lies beyond every time limit.
    private static long? Time(long? time, long multiply, long divide) => time switch
    {
        null => null,
        { } given when divide > 1 => Math.DivRem(given, divide) is var (whole, rest) && rest < 0 ? whole - 1 : given / divide,
        { } given => Math.Clamp(given, long.MinValue / multiply, long.MaxValue / multiply) * multiply,
    };
}
