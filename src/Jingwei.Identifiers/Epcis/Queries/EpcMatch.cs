using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Epc;

namespace Jingwei.Identifiers.Epcis.Queries;

/// <summary>
/// What EPCs and classes a parameter stands for: URIs that are equal, as EPC URI or as Digital Link, and patterns `urn:epc:idpat:...` (EPCIS 2.0, 8.2.7.1.1).
/// In a pattern only `*` follows `*`, so what is before the first is what must be in front.
/// </summary>
internal sealed class EpcMatch
{
    private const string PatternStart = "urn:epc:idpat:";

    private readonly HashSet<string> wanted = new(StringComparer.Ordinal);
    private readonly List<(string Front, EpcUri? Pattern)> patterns = [];

    public EpcMatch(IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            wanted.Add(value);
            wanted.Add(CanonicalIdentifier.Of(value));
            if (value.StartsWith(PatternStart, StringComparison.Ordinal) && value.Contains('*', StringComparison.Ordinal))
            {
                patterns.Add((value[PatternStart.Length..value.IndexOf('*', StringComparison.Ordinal)], EpcUri.Read(value).Value));
            }
        }
    }

    public bool Fits(string epc) => wanted.Contains(epc) || FitsPattern(epc) || (!epc.StartsWith("https://id.gs1.org/", StringComparison.Ordinal) && wanted.Contains(CanonicalIdentifier.Of(epc)));

    public bool FitsAny(IReadOnlyList<string> epcs)
    {
        for (var at = 0; at < epcs.Count; at++)
        {
            if (Fits(epcs[at]))
            {
                return true;
            }
        }

        return false;
    }

    public bool FitsAny(IReadOnlyList<QuantityElement> quantities)
    {
        for (var at = 0; at < quantities.Count; at++)
        {
            if (Fits(quantities[at].EpcClass))
            {
                return true;
            }
        }

        return false;
    }

    private bool FitsPattern(string epc)
    {
        foreach (var (front, pattern) in patterns)
        {
            var body = Body(epc);
            if (body.IsEmpty ? FitsLink(epc, pattern) : body.StartsWith(front, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> Body(string epc) =>
        epc.StartsWith("urn:epc:id:", StringComparison.Ordinal) ? epc.AsSpan("urn:epc:id:".Length)
        : epc.StartsWith("urn:epc:class:", StringComparison.Ordinal) ? epc.AsSpan("urn:epc:class:".Length)
        : epc.StartsWith(PatternStart, StringComparison.Ordinal) ? epc.AsSpan(PatternStart.Length)
        : [];

    // A Digital Link does not say how long its company prefix is; the pattern does. One of any prefix fits by its scheme alone.
    private static bool FitsLink(string link, EpcUri? pattern)
    {
        if (pattern is null || !link.StartsWith("http", StringComparison.Ordinal) || DigitalLink.Read(link).Value is not { } read)
        {
            return false;
        }

        var epc = EpcUri.From(read.Path, pattern.CompanyPrefix?.Length ?? EpcUri.ShortestCompanyPrefix).Value;
        return epc is not null && epc.Scheme == pattern.Scheme
            && (pattern.CompanyPrefix is null || epc.CompanyPrefix == pattern.CompanyPrefix)
            && (pattern.Reference is null || epc.Reference == pattern.Reference);
    }
}
