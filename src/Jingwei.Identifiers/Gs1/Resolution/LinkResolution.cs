using Jingwei.Identifiers.Gs1.DigitalLinks;

namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>
/// The rules of the GS1-Conformant Resolver Standard (1.2): which links an identified object has, up from its finest level to its key, and to which of
/// them a request goes.
/// </summary>
public static class LinkResolution
{
    /// <summary>Media type of linksets (RFC 9264, 6.2).</summary>
    public const string LinksetMediaType = "application/linkset+json";

    /// <summary>Media type of linksets in the form of a header `Link` (RFC 9264, 6.1).</summary>
    public const string TextMediaType = "application/linkset";

    private static readonly ResolutionAnswer NotFound = new(404, null, [], []);

    /// <summary>Answers a request.</summary>
    /// <param name="link">The Digital Link that was asked for, with its query: `linkType` and `context` choose between links.</param>
    /// <param name="levels">What is known under the key, in any order; each is looked at, those of other objects are left out.</param>
    /// <param name="request">The headers that choose between links.</param>
    public static ResolutionAnswer Resolve(DigitalLink link, IEnumerable<LinkLevel> levels, ResolutionRequest request)
    {
        var found = LevelsOf(link, levels);
        if (found.Count == 0)
        {
            return NotFound;
        }

        // "all" is the name of versions before 1.0, which GS1's own test suite still knows.
        var type = Parameter(link, "linkType");
        if (type is "linkset" or "all" || (type is null && NamesLinkset(request.Accept)))
        {
            return new(200, null, found, []);
        }

        type = type is null || LinkType.Expand(type) is LinkType.Default or LinkType.DefaultMulti ? null : LinkType.Expand(type);
        var level = type is null
            ? found.FirstOrDefault(level => level.Default is not null)
            : found.FirstOrDefault(level => level.Links.Any(one => one.Type == type));
        if (level is null)
        {
            return NotFound;
        }

        var chosen = Choose(link, level, type, request);
        return chosen.Count == 1 ? Redirect(link, chosen[0], found) : new(300, null, [level], chosen);
    }

    /// <summary>Whether a linkset is wanted as <see cref="TextMediaType"/> more than in JSON.</summary>
    /// <param name="accept">The header `Accept`; null when there is none.</param>
    public static bool PrefersText(string? accept)
    {
        var media = MediaPreference.Read(accept);
        return media.Names(TextMediaType) && (!media.Names(LinksetMediaType) || media.Quality(TextMediaType) > media.Quality(LinksetMediaType));
    }

    /// <summary>The levels that a Digital Link stands for, with the values of the link in their `{name}` places: the finest first, the key last.</summary>
    public static IReadOnlyList<LinkLevel> LevelsOf(DigitalLink link, IEnumerable<LinkLevel> levels) =>
    [
        .. from level in levels
           let filled = LevelTemplate.Fill(level, link.Path)
           where filled is not null
           let qualifiers = PlacesOfQualifiers(level, link.Path)
           orderby qualifiers.LastOrDefault() descending, level.Path.Count(LevelTemplate.IsVariable), qualifiers.Count descending
           select filled,
    ];

    private static bool NamesLinkset(string? accept) => MediaPreference.Read(accept) is var media && (media.Names(LinksetMediaType) || media.Names(TextMediaType));

    // More than one link is left only of a type that was asked for and is not the default's.
    private static IReadOnlyList<Link> Choose(DigitalLink link, LinkLevel level, string? type, ResolutionRequest request)
    {
        var candidates = type is null ? level.Defaults : [.. level.Links.Where(one => one.Type == type)];
        var fitting = new LinkChoice(request, Parameter(link, "context"), level.Default).Narrow(candidates);
        return level.Default is { } byDefault && fitting.Contains(byDefault) ? [byDefault] : type is null ? [fitting[0]] : fitting;
    }

    private static ResolutionAnswer Redirect(DigitalLink request, Link link, IReadOnlyList<LinkLevel> levels)
    {
        var target = UriText.Clean(link.Href);
        if (!link.ForwardsQuery || request.Query.Length == 0)
        {
            return new(307, target, levels, []);
        }

        var fragment = target.IndexOf('#', StringComparison.Ordinal) is var hash && hash < 0 ? target.Length : hash;
        var separator = target.AsSpan(0, fragment).Contains('?') ? '&' : '?';
        return new(307, $"{target.AsSpan(0, fragment)}{separator}{UriText.Clean(request.Query)}{target.AsSpan(fragment)}", levels, []);
    }

    // Places of a level's qualifiers in the path. The later the last one, the finer the object: a serial number says more than variant and lot together.
    private static List<int> PlacesOfQualifiers(LinkLevel level, IReadOnlyList<Gs1Element> path) =>
        [.. Enumerable.Range(1, path.Count - 1).Where(i => level.Path.Any(element => element.Identifier == path[i].Identifier))];

    // Names of parameters are written as in the standard; older resolvers took them in any letter case.
    private static string? Parameter(DigitalLink link, string name)
    {
        foreach (var parameter in link.Parameters)
        {
            if (string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(parameter.Value))
            {
                return parameter.Value;
            }
        }

        return null;
    }
}
