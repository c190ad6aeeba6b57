using System.Text;
using System.Text.Json;
using Jingwei.Fieldbus.Sparkplug;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Intake.Sparkplug;

/// <summary>Where values of one message go to.</summary>
/// <param name="Thing">Id of the thing that they are of.</param>
/// <param name="Time">Of metrics that have none of their own; null: the time of arrival. Microseconds.</param>
internal readonly record struct SparkplugTarget(IntakeBatch Batch, Caller Caller, string Thing, ChannelMapping? Channel, long? Time);

/// <summary>Turns metrics into readings.</summary>
public sealed class SparkplugReadings(ReadingCheck check, PackCatalog packs, Things things, SeriesRegistry series, Readings readings)
{
    private const string Stale = "stale";

    // Quality codes (Sparkplug 3.0, 6.4.11).
    private const ulong BadQuality = 0;
    private const ulong GoodQuality = 192;
    private const ulong StaleQuality = 500;

    /// <summary>Puts the value of a metric into the batch, accepted or rejected.</summary>
    /// <param name="definition">By which it was declared; null when its birth did not.</param>
    internal void Add(in SparkplugTarget target, MetricDefinition? definition, in SparkplugMetric metric)
    {
        var bound = definition is null ? null : Bind(target, definition);
        var time = metric.Timestamp is { } stamp ? Milliseconds(stamp) : target.Time;
        if (bound is not null && TryAddPlain(target, bound, definition!, metric, time))
        {
            return;
        }

        var type = definition is { Type: not SparkplugDataType.Unknown } ? definition.Type : metric.DataType;
        var name = definition?.Name ?? (metric.Name.IsEmpty ? $"alias {metric.Alias}" : Encoding.UTF8.GetString(metric.Name));
        var property = bound?.Property ?? ForeignNames.Property(TypeOf(target.Thing), target.Channel, name);
        var (quality, flag) = metric.Quality switch
        {
            null or GoodQuality => (Quality.Good, null),
            BadQuality => (Quality.Bad, "bad"),
            StaleQuality => (Quality.Uncertain, Stale),
            var other => (Quality.Uncertain, $"quality {other}"),
        };
        var value = Value(metric, type);
        var raw = new RawReading(
            target.Thing, property, time, value, quality, flag, JsonReadings.Again(time, quality, property, Json(metric, value)));
        if (definition is null && (metric.Name.IsEmpty || (metric.DataType == SparkplugDataType.Unknown && metric.Kind is SparkplugValue.Int or SparkplugValue.Long)))
        {
            check.Refuse(target.Batch, raw, RejectReason.UnknownMetric, $"No birth declared '{name}', so nobody knows what it is.");
        }
        else if (metric.IsTransient)
        {
            check.Refuse(target.Batch, raw, RejectReason.Transient, $"'{name}' is transient: its sender says that it is not to be stored.");
        }
        else if (metric.IsNull || metric.Kind == SparkplugValue.None)
        {
            AddNull(target, raw, name);
        }
        else
        {
            check.Add(target.Batch, target.Caller, raw);
        }
    }

    /// <summary>
    /// Says that nobody knows any more what a metric is: its newest value once more, uncertain, with the flag "stale"; nothing when it has none, or is
    /// stale already.
    /// </summary>
    internal void AddStale(in SparkplugTarget target, MetricDefinition definition)
    {
        var property = Bind(target, definition)?.Property ?? ForeignNames.Property(TypeOf(target.Thing), target.Channel, definition.Name);
        if (readings.Latest(target.Thing, property) is not { } newest || newest.Flag == Stale)
        {
            return;
        }

        // Behind the newest value, whatever clock that came from: else it would be no news.
        var time = Math.Max(target.Time ?? target.Batch.Untimed, newest.Time + 1);
        Repeat(target, property, time, newest, Quality.Uncertain, Stale);
    }

    // A metric without a value is one that cannot be trusted: its newest value once more, bad.
    private void AddNull(in SparkplugTarget target, in RawReading raw, string name)
    {
        if (readings.Latest(target.Thing, raw.Property) is { } newest)
        {
            Repeat(target, raw.Property, raw.Time, newest, Quality.Bad, "null");
        }
        else
        {
            check.Refuse(target.Batch, raw, RejectReason.NoValue, $"'{name}' is null, and had no value before.");
        }
    }

    private void Repeat(in SparkplugTarget target, string property, long? time, in LatestValue newest, Quality quality, string flag)
    {
        var value = Of(newest.Value);
        var json = value.Kind == RawKind.Text ? JsonSerializer.Serialize(value.Text) : JsonSerializer.Serialize(newest.Value.Number);
        check.Add(target.Batch, target.Caller, new RawReading(
            target.Thing, property, time, value, quality, flag, JsonReadings.Again(time, quality, property, json)));
    }

    // A good number of a known property, as nearly all are, goes in without anything made for it.
    private bool TryAddPlain(in SparkplugTarget target, Bound bound, MetricDefinition definition, in SparkplugMetric metric, long? time)
    {
        if (bound.Field is not { } field || metric.IsTransient || metric.IsNull || metric.Quality is not (null or GoodQuality)
            || !metric.TryNumber(definition.Type == SparkplugDataType.Unknown ? metric.DataType : definition.Type, out var number)
            || !double.IsFinite(number) || !bound.IsAllowed(target, check))
        {
            return false;
        }

        var at = time ?? target.Batch.Untimed;
        if (check.IsDoubtful(at, target.Batch.Arrived))
        {
            return false;
        }

        var first = target.Batch.Accepted;
        field.Add(target.Batch, number);
        target.Batch.Date(first, at);
        return true;
    }

    private Bound? Bind(in SparkplugTarget target, MetricDefinition definition)
    {
        if (!things.TryGet(target.Thing, out var thing))
        {
            return null;
        }

        var known = definition.Tag as Bound;
        if (known is not null && ReferenceEquals(known.Thing, thing) && ReferenceEquals(known.Packs, packs.Current.Edition))
        {
            return known;
        }

        var type = packs.Current.Type(thing.Type);
        var name = ForeignNames.Property(type, target.Channel, definition.Name);
        var field = type?.Property(name) is { Kind: PropertyKind.Number } property ? new KnownField([], series.Of(thing, property), property) : null;
        var bound = new Bound(thing, packs.Current.Edition, name, field);
        definition.Tag = bound;
        return bound;
    }

    /// <summary>The property that a metric is, as its last value was taken; null for one whose values were not, and so cannot be told.</summary>
    internal static string? PropertyOf(MetricDefinition definition) => (definition.Tag as Bound)?.Property ?? ForeignNames.Property(null, null, definition.Name);

    private ThingType? TypeOf(string thing) => things.TryGet(thing, out var found) ? packs.Current.Type(found.Type) : null;

    internal static long Milliseconds(ulong timestamp) => Instant.OfMilliseconds((long)Math.Min(timestamp, long.MaxValue));

    private static RawValue Value(in SparkplugMetric metric, SparkplugDataType type) => metric.Kind switch
    {
        _ when metric.IsNull => default,
        SparkplugValue.Boolean => RawValue.Of(metric.Bits != 0),
        SparkplugValue.Int when type == SparkplugDataType.Boolean => RawValue.Of(metric.Bits != 0),
        SparkplugValue.String => RawValue.Of(metric.Text()),
        _ => metric.TryNumber(type, out var number) ? RawValue.Of(number) : default,
    };

    // What cannot be a reading is kept as it came, in Base64.
    private static string Json(in SparkplugMetric metric, in RawValue value) => value.Kind switch
    {
        RawKind.Number when double.IsFinite(value.Number) => JsonSerializer.Serialize(value.Number),
        RawKind.Number => JsonSerializer.Serialize(value.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        RawKind.Boolean => value.Number != 0 ? "true" : "false",
        RawKind.Text => JsonSerializer.Serialize(value.Text),
        _ => metric.Bytes.IsEmpty ? "null" : JsonSerializer.Serialize(Convert.ToBase64String(metric.Bytes)),
    };

    private static RawValue Of(in ReadingValue value)
    {
        switch (value.Kind)
        {
            case PropertyKind.Number:
                return RawValue.Of(value.Number);
            case PropertyKind.Boolean:
                return RawValue.Of(value.Number != 0);
            case PropertyKind.Position when value.Text!.Split(' ') is [var longitude, var latitude]:
                var invariant = System.Globalization.CultureInfo.InvariantCulture;
                return RawValue.Of(double.Parse(longitude, invariant), double.Parse(latitude, invariant));
            default:
                return RawValue.Of(value.Text!);
        }
    }

    /// <summary>What a metric is among the thing's properties; true while thing and packs are what they were.</summary>
    /// <param name="Packs">Their edition.</param>
    /// <param name="Field">For a number; null for anything else.</param>
    private sealed record Bound(Thing Thing, object Packs, string Property, KnownField? Field)
    {
        // The batch whose publisher was found to be allowed to deliver for the thing.
        private IntakeBatch? allowedIn;

        public bool IsAllowed(in SparkplugTarget target, ReadingCheck check)
        {
            if (!ReferenceEquals(allowedIn, target.Batch))
            {
                allowedIn = check.MayDeliver(target.Caller, Thing) ? target.Batch : null;
            }

            return allowedIn is not null;
        }
    }
}
