using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry;

/// <summary>A checked question for the readings of one property of one thing.</summary>
/// <param name="Series">Null when it never had a reading.</param>
/// <param name="Width">Bucket width in microseconds; 0 for raw readings.</param>
internal sealed record ReadingsQuestion(Thing Thing, Property Property, Series? Series, long From, long To, long Width);

/// <summary>Reads `property`, `from`, `to` and `bucket` of a request.</summary>
internal sealed class ReadingsRequest(Visible visible, PackCatalog packs, SeriesRegistry series, TimeProvider clock)
{
    // What a window is when nothing is said.
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(1);

    // A year of minutes is 525,600. They are streamed, so the limit bounds the engine's work for one request, not the memory.
    private const long BucketLimit = 1_000_000;

    /// <summary>The question, or the answer that refuses it.</summary>
    public (ReadingsQuestion? Question, IResult? Refusal) Read(Caller caller, string id, string? property, string? from, string? to, string? bucket)
    {
        if (visible.Thing(caller, id) is not { } thing)
        {
            return (null, Problems.NotFound("thing"));
        }

        if (property is null || packs.Current.KnownType(thing.Type)?.Property(property) is not { } known)
        {
            return (null, Problems.Invalid("unknown-property", $"'{thing.Type}' has no property '{property}'."));
        }

        var end = Instant.Of(clock.GetUtcNow());
        if (!TryTime(to, end, out var until) || !TryTime(from, until - Instant.Of(DefaultWindow), out var since) || since > until)
        {
            return (null, Problems.Invalid("bad-time", "from and to are times as in RFC 3339 or milliseconds since 1970, from before to."));
        }

        if (!TryWidth(bucket, out var width) || (width > 0 && (until - since) / width > BucketLimit))
        {
            return (null, Problems.Invalid(
                "bad-bucket", $"bucket is raw, or a number of s, m, h or d such as 10s or 1h, up to 1d, and at most {BucketLimit:N0} of them in the window."));
        }

        return width > 0 && ReadingTable.IsText(known.Kind)
            ? (null, Problems.Invalid("not-a-number", $"'{property}' is no number: ask for bucket=raw, or for its states."))
            : (new ReadingsQuestion(thing, known, series.Find(thing.Id, known.Id), since, until, width), null);
    }

    private static bool TryTime(string? text, long otherwise, out long time)
    {
        time = otherwise;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            time = milliseconds * Instant.PerMillisecond;
            return true;
        }

        // A plus sign that was not percent-encoded comes as a space.
        return Instant.TryParse(text, out time) || Instant.TryParse(text.Replace(' ', '+'), out time);
    }

    private static bool TryWidth(string? text, out long width)
    {
        width = 0;
        if (text is null or "" or "raw")
        {
            return true;
        }

        var unit = text[^1] switch
        {
            's' => Instant.PerSecond,
            'm' => Instant.PerMinute,
            'h' => Instant.PerHour,
            'd' => Instant.PerDay,
            _ => 0,
        };
        var known = int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && unit > 0;
        width = count * unit;
        return known && width is > 0 and <= Instant.PerDay;
    }
}
