namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>
/// Narrows links to those that fit a request best: by language, then context, then media type. Where nothing that the request says fits, the default link stays
/// as good as any; without it those links are better that are for all languages or contexts.
/// </summary>
internal sealed class LinkChoice(ResolutionRequest request, string? context, Link? byDefault)
{
    private const string Undetermined = "und";

    private readonly LanguagePreference _languages = LanguagePreference.Read(request.AcceptLanguage);
    private readonly MediaPreference _media = MediaPreference.Read(request.Accept);

    internal IReadOnlyList<Link> Narrow(IReadOnlyList<Link> links) => ByMediaType(ByContext(ByLanguage(links)));

    private IReadOnlyList<Link> ByLanguage(IReadOnlyList<Link> links)
    {
        var best = links.Min(link => _languages.Rank(link.Languages));
        return best is null
            ? Neutral(links, link => link.Languages)
            : Where(links, link => _languages.Rank(link.Languages) == best);
    }

    private IReadOnlyList<Link> ByContext(IReadOnlyList<Link> links) =>
        context is not null && links.Any(link => Has(link.Contexts, context))
            ? Where(links, link => Has(link.Contexts, context))
            : Neutral(links, link => link.Contexts);

    private IReadOnlyList<Link> ByMediaType(IReadOnlyList<Link> links)
    {
        var best = links.Max(link => _media.Quality(link.MediaType));
        return Where(links, link => _media.Quality(link.MediaType) >= best);
    }

    private IReadOnlyList<Link> Neutral(IReadOnlyList<Link> links, Func<Link, IReadOnlyList<string>> values) =>
        byDefault is not null && links.Contains(byDefault) ? links : Where(links, link => values(link).Count == 0 || Has(values(link), Undetermined));

    private static IReadOnlyList<Link> Where(IReadOnlyList<Link> links, Func<Link, bool> fits) =>
        links.Where(fits).ToList() is { Count: > 0 } fitting ? fitting : links;

    private static bool Has(IReadOnlyList<string> values, string value) => values.Contains(value, StringComparer.OrdinalIgnoreCase);
}
