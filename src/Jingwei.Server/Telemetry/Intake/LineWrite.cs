using System.Collections.Concurrent;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Turns lines into readings by the mapping of the channel that the request's database or bucket names.</summary>
public sealed class LineWrite(ReadingCheck check, PackCatalog packs, Things things, SeriesRegistry series, TelemetryOptions options)
{
    public const string Protocol = "line-protocol";

    // What earlier lines of each channel meant.
    private readonly ConcurrentDictionary<string, LineKeys> known = new(StringComparer.Ordinal);

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

    /// <summary>
    /// Puts the values of the next lines of a request into a batch, accepted or rejected, until it is as large as the log takes or the lines end.
    /// </summary>
    /// <param name="place">Where to go on; moved behind what was read.</param>
    public IntakeBatch Read(Caller publisher, ChannelMapping channel, long arrived, ReadOnlySpan<byte> body, string? precision, ref LinePlace place)
    {
        TryPrecision(precision, out var multiply, out var divide);
        var keys = known.GetOrAdd(channel.Id, _ => new LineKeys(check, packs, things, series, options.LineKeys));
        var batch = new IntakeBatch(channel.Id, arrived) { Origin = Origin.Of(publisher, precision ?? "") };
        var reader = new LineReader(body, place);
        var point = new LinePoint();
        LineKey? key = null;
        while (!reader.Rest.IsEmpty && batch.Weight < options.BatchValues)
        {
            var (first, last) = (batch.Accepted, key);
            key = keys.Find(reader.Rest, last);
            if (key is not null && keys.Allows(key, batch, publisher)
                && new PlainLine(reader.Rest, options.LineBytes).Take(key, batch, out var time) is var taken and > 0)
            {
                if (TryDate(batch, first, Time(time, multiply, divide)))
                {
                    reader.Skip(taken);
                    continue;
                }

                batch.Truncate(first);
            }

            if (!reader.Next(point, out var fault))
            {
                break;
            }

            if (Add(batch, publisher, channel, point, ref reader, fault, Time(point.Time, multiply, divide)) is { } thing)
            {
                keys.Learn(reader.LineBytes, point, thing);
            }
        }

        place = reader.Place;
        return batch;
    }

    /// <summary>Puts the values of lines into one batch, as they were delivered once.</summary>
    /// <param name="only">The one property that is wanted; null for all.</param>
    public void Read(IntakeBatch batch, Caller publisher, ChannelMapping channel, ReadOnlySpan<byte> body, string? precision, string? only = null)
    {
        TryPrecision(precision, out var multiply, out var divide);
        var reader = new LineReader(body);
        var point = new LinePoint();
        while (reader.Next(point, out var fault))
        {
            Add(batch, publisher, channel, point, ref reader, fault, Time(point.Time, multiply, divide), only);
        }
    }

    private bool TryDate(IntakeBatch batch, int first, long? time)
    {
        var known = time ?? batch.Arrived;
        if (check.IsDoubtful(known, batch.Arrived))
        {
            return false;
        }

        batch.Date(first, known);
        return true;
    }

    // The thing that a readable line means, or null.
    private string? Add(
        IntakeBatch batch, Caller publisher, ChannelMapping channel, LinePoint point, ref LineReader reader, string? fault, long? time, string? only = null)
    {
        if (reader.LineBytes.Length > options.LineBytes)
        {
            check.AddUnparsable(
                batch, null, reader.LineBytes, RejectReason.TooLarge, $"A line has at most {options.LineBytes} bytes.", reader.Line);
            return null;
        }

        if (fault is not null)
        {
            check.AddUnparsable(batch, null, reader.LineBytes, RejectReason.Unparsable, fault, reader.Line);
            return null;
        }

        var thing = channel.ThingTag is { } tag ? point.Tag(tag) : point.Measurement;
        if (thing is null)
        {
            check.AddUnparsable(
                batch, null, reader.LineBytes, RejectReason.UnknownThing, $"The line has no tag '{channel.ThingTag}' that names the thing.", reader.Line);
            return null;
        }

        var (text, isWhole) = (check.CutText(reader.LineBytes), check.IsWhole(reader.LineBytes));
        foreach (var (property, value) in point.Fields)
        {
            if (only is null || property == only)
            {
                check.Add(batch, publisher, new RawReading(thing, property, time, value.ToRaw(), Quality.Good, null, text, reader.Line, isWhole));
            }
        }

        return thing;
    }

    // Floor, so that times before 1970 fall into the same microsecond as those after; what does not fit lies beyond every time limit.
    private static long? Time(long? time, long multiply, long divide) => time switch
    {
        null => null,
        { } given when divide > 1 => Math.DivRem(given, divide) is var (whole, rest) && rest < 0 ? whole - 1 : given / divide,
        { } given => Math.Clamp(given, long.MinValue / multiply, long.MaxValue / multiply) * multiply,
    };
}
