using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Judges each reading against the directory and the packs in force: accepted, or rejected with a reason.</summary>
public sealed class ReadingCheck(Things things, PackCatalog packs, SeriesRegistry series, TelemetryOptions options)
{
    private const long MicrosecondsPerTick = 10;

    // Ids in a reject are cut here; no valid one is longer (a thing's id has at most 128 characters).
    private const int IdLength = 128;

    private Ages shortest = new(null, 0);

    /// <summary>Puts the reading into the batch, accepted or rejected.</summary>
    /// <param name="publisher">Who delivers it.</param>
    public void Add(IntakeBatch batch, Caller publisher, in RawReading raw)
    {
        if (!things.TryGet(raw.Thing, out var thing))
        {
            // A thing learns nothing about others, not even whether they exist.
            var other = publisher.Kind == CallerKind.Thing && publisher.Id != raw.Thing;
            Refuse(batch, raw, other ? RejectReason.NotAllowed : RejectReason.UnknownThing, Reject.MissingThing(Cut(raw.Thing)));
        }
        else if (!MayDeliver(publisher, thing))
        {
            Refuse(batch, raw, RejectReason.NotAllowed, $"'{publisher.Id}' may not deliver readings of '{thing.Id}'.");
        }
        else if (packs.Current.Type(thing.Type)?.Property(raw.Property) is not { } property)
        {
            Refuse(batch, raw, RejectReason.UnknownProperty, $"'{thing.Type}' has no property '{Cut(raw.Property)}'.");
        }
        else if (Refusal(raw, thing, property, raw.Time ?? batch.Untimed, batch.Arrived) is var (reason, detail))
        {
            Refuse(batch, raw, reason, detail);
        }
        else
        {
            Accept(batch, series.Of(thing, property), property, raw);
        }
    }

    /// <summary>Puts a message that could not be parsed into the batch, as one rejected value.</summary>
    public void AddUnparsable(IntakeBatch batch, string? thing, ReadOnlySpan<byte> payload, string reason, string detail, int line = 0) =>
        batch.Add(new Reject(reason, detail, thing is null ? null : Cut(thing), null, CutText(payload), line, IsWhole(payload)));

    /// <summary>Puts a message of bytes that its decoder could not read into the batch, as one rejected value; kept so that <see cref="RejectedBytes"/> has it again.</summary>
    public void AddUndecodable(IntakeBatch batch, string thing, ReadOnlySpan<byte> payload, string reason, string detail)
    {
        var (text, isWhole) = RejectedBytes.ToText(payload, options.RejectPayloadBytes);
        batch.Add(new Reject(reason, detail, Cut(thing), null, text, 0, isWhole));
    }

    /// <summary>
    /// A thing delivers its own readings and, as their gateway, those of others; anyone else needs the right to operate there.
    /// </summary>
    public bool MayDeliver(Caller publisher, Thing thing) => publisher.Kind switch
    {
        CallerKind.System => true,
        CallerKind.Thing => publisher.Id == thing.Id || publisher.Id == thing.Gateway,
        _ => publisher.May(Right.Operate, things.ScopeOf(thing)),
    };

    /// <summary>True when a time is so far from the arrival that it must be a mistake. Microseconds.</summary>
    internal bool IsOutOfTimeLimits(long time, long arrived) =>
        time > arrived + (options.FutureLimit.Ticks / MicrosecondsPerTick) || time < arrived - (options.PastLimit.Ticks / MicrosecondsPerTick);

    /// <summary>True when a time may be refused, which a look at its property tells: so that what is plain need not be looked at. Microseconds.</summary>
    internal bool IsDoubtful(long time, long arrived) =>
        IsOutOfTimeLimits(time, arrived) || time < arrived - Shortest() || time < series.ExpiredBefore;

    // The shortest age of any reading, in microseconds, by the packs in force.
    private long Shortest()
    {
        var (of, age) = shortest;
        var now = packs.Current;
        if (!ReferenceEquals(of, now.Edition))
        {
            var ages = now.Packs.SelectMany(pack => pack.Types).SelectMany(type => type.Properties).Select(property => property.Retention);
            age = ages.Append(options.Retention.Readings).Min() is { } least ? Instant.Of(least) : Instant.Of(options.PastLimit);
            shortest = new(now.Edition, age);
        }

        return age;
    }

    private static void Accept(IntakeBatch batch, Series of, Property property, in RawReading raw)
    {
        var (value, time) = (raw.Value, raw.Time ?? batch.Untimed);
        switch (property.Kind)
        {
            case PropertyKind.Number when value.Number < property.Min || value.Number > property.Max:
                batch.Add(of, time, value.Number, null, raw.Quality == Quality.Good ? Quality.Uncertain : raw.Quality, "range");
                break;
            case PropertyKind.Number or PropertyKind.Boolean when raw.Quality == Quality.Good && raw.Flag is null:
                batch.Add(of, time, value.Number);
                break;
            case PropertyKind.Number or PropertyKind.Boolean:
                batch.Add(of, time, value.Number, null, raw.Quality, raw.Flag);
                break;
            case PropertyKind.Position:
                batch.Add(of, time, 0, PositionText(value.Number, value.Latitude), raw.Quality, raw.Flag);
                break;
            default:
                batch.Add(of, time, 0, value.Text, raw.Quality, raw.Flag);
                break;
        }
    }

    private static string PositionText(double longitude, double latitude) =>
        string.Create(CultureInfo.InvariantCulture, $"{longitude:R} {latitude:R}");

    private (string Reason, string Detail)? Refusal(in RawReading raw, Thing thing, Property property, long time, long arrived)
    {
        if (!raw.Value.Fits(property.Kind))
        {
            return (RejectReason.WrongType, $"'{property.Id}' takes a value of kind {property.Kind}.");
        }

        if (!double.IsFinite(raw.Value.Number) || !double.IsFinite(raw.Value.Latitude))
        {
            return (RejectReason.NotFinite, $"'{property.Id}' takes finite numbers only.");
        }

        if (raw.Time is { } given && IsOutOfTimeLimits(given, arrived))
        {
            return (RejectReason.OutOfTimeLimits, $"The time is more than {options.FutureLimit} ahead or {options.PastLimit} ago.");
        }

        if (IsExpired(thing, property, time, arrived))
        {
            return (RejectReason.OlderThanRetention, $"Readings of '{property.Id}' are kept no longer than {(property.Retention ?? options.Retention.Readings)?.TotalDays} days; this one is older.");
        }

        var text = raw.Value.Text;
        return property.Kind switch
        {
            PropertyKind.Enumeration when !property.Values.Any(each => each.Id == text) =>
                (RejectReason.WrongType, $"'{property.Id}' takes one of {string.Join(", ", property.Values.Select(each => each.Id))}."),
            PropertyKind.Text when text!.Length > property.MaxLength =>
                (RejectReason.TooLong, $"'{property.Id}' takes at most {property.MaxLength} characters."),
            PropertyKind.Position when Math.Abs(raw.Value.Number) > 180 || Math.Abs(raw.Value.Latitude) > 90 =>
                (RejectReason.WrongType, $"'{property.Id}' takes a longitude within 180 and a latitude within 90 degrees."),
            _ => null,
        };
    }

    // The series knows what is gone, by an age that was shorter once or has passed since it arrived; nearly nothing is older than what is gone of any.
    private bool IsExpired(Thing thing, Property property, long time, long arrived) =>
        ((property.Retention ?? options.Retention.Readings) is { } kept && time < arrived - Instant.Of(kept))
        || (time < series.ExpiredBefore && series.Find(thing.Id, property.Id)?.ExpiredBefore > time);

    /// <summary>Puts a reading into the batch that is not accepted, for a reason of its protocol's own.</summary>
    internal void Refuse(IntakeBatch batch, in RawReading raw, string reason, string detail)
    {
        var payload = raw.Payload ?? JsonReadings.Again(raw.Time, raw.Quality, raw.Property, raw.Value.ToJson());
        var isLong = Encoding.UTF8.GetByteCount(payload) > options.RejectPayloadBytes;
        payload = isLong ? CutText(Encoding.UTF8.GetBytes(payload)) : payload;
        batch.Add(new Reject(reason, detail, Cut(raw.Thing), Cut(raw.Property), payload, raw.Line, raw.IsWhole && !isLong));
    }

    private sealed record Ages(object? Packs, long Shortest);

    private static string Cut(string id) => id.Length <= IdLength ? id : id[..IdLength];

    /// <summary>True when all of a payload is kept with a reject.</summary>
    internal bool IsWhole(ReadOnlySpan<byte> payload) => payload.Length <= options.RejectPayloadBytes && Utf8.IsValid(payload);

    /// <summary>What of a payload is kept with a reject.</summary>
    internal string CutText(ReadOnlySpan<byte> payload) =>
        Encoding.UTF8.GetString(payload[..Math.Min(payload.Length, options.RejectPayloadBytes)]);
}
