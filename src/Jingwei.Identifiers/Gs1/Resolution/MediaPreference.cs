namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>The ranges of an `Accept` (RFC 9110, 12.5.1) and how much they want a media type.</summary>
internal sealed class MediaPreference
{
    private readonly (string Name, double Quality)[] _ranges;

    private MediaPreference((string Name, double Quality)[] ranges) => _ranges = ranges;

    internal static MediaPreference Read(string? header) => new([.. LanguagePreference.Weighted(header)]);

    /// <summary>Whether a media type is wanted by its name, not only by `*`.</summary>
    internal bool Names(string mediaType) => _ranges.Any(range => string.Equals(range.Name, mediaType, StringComparison.OrdinalIgnoreCase));

    /// <summary>How much a media type is wanted, from 0 to 1, by the range that says most about it; one that is not said is wanted like any.</summary>
    internal double Quality(string? mediaType)
    {
        var type = mediaType?.Split(';')[0].Trim() ?? "*/*";
        var wildcard = type.IndexOf('/', StringComparison.Ordinal) is var slash && slash < 0 ? "" : type[..slash] + "/*";
        return Of(type) ?? Of(wildcard) ?? Of("*/*") ?? 0;
    }

    private double? Of(string name)
    {
        foreach (var (range, quality) in _ranges)
        {
            if (string.Equals(range, name, StringComparison.OrdinalIgnoreCase))
            {
                return quality;
            }
        }

        return null;
    }
}
