using Jingwei.Identifiers.Gs1.DigitalLinks;

namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>The links of one object: of a key, or of a key with some of its qualifiers.</summary>
public sealed record LinkLevel
{
    /// <summary>The key, then its qualifiers; a qualifier whose value is `{name}` fits every value.</summary>
    public required IReadOnlyList<Gs1Element> Path { get; init; }

    /// <summary>What the object is, for people; null when it is not said.</summary>
    public string? Description { get; init; }

    /// <summary>The links, those before others that fit equally well.</summary>
    public required IReadOnlyList<Link> Links { get; init; }

    /// <summary>The type whose first link is the default link; null for that of the first link.</summary>
    public string? DefaultLinkType { get; init; }

    /// <summary>The one link that the standard wants to be the default; null when there is no link.</summary>
    public Link? Default => Defaults.Count > 0 ? Defaults[0] : null;

    /// <summary>The default link with those of its type, of which one may fit a request better.</summary>
    public IReadOnlyList<Link> Defaults
    {
        get
        {
            var type = DefaultLinkType is not null ? LinkType.Expand(DefaultLinkType) : Links.Count > 0 ? Links[0].Type : null;
            return [.. Links.Where(link => link.Type == type)];
        }
    }

    /// <summary>The Digital Link of the object.</summary>
    /// <param name="stem">What the resolver's Digital Links begin with, as `https://id.example.org`.</param>
    public string Anchor(string stem) => DigitalLink.Write(stem.TrimEnd('/'), Path, [], []);

    /// <summary>
    /// What the standard does not allow: a level without a link, a default that is not there, a link without title or with a target that
    /// no request can be redirected to. The position is the index of the link.
    /// </summary>
    public IReadOnlyList<Gs1Problem> Check()
    {
        var problems = new List<Gs1Problem>();
        if (Default is null)
        {
            problems.Add(new(Gs1ProblemCode.InvalidLink, "There is no default link.", 0));
        }

        for (var i = 0; i < Links.Count; i++)
        {
            var link = Links[i];
            if (link.Title.Length == 0)
            {
                problems.Add(new(Gs1ProblemCode.InvalidLink, "The link has no title.", i));
            }

            if (!Uri.TryCreate(link.Href, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https"))
            {
                problems.Add(new(Gs1ProblemCode.InvalidLink, "The target is no absolute URI of http or https.", i));
            }

            // RFC 8288, 2.1: a type is a registered word or a URI.
            if (link.Type.Length == 0 || link.Type.Any(c => c <= ' ' || c is '<' or '>' or '"'))
            {
                problems.Add(new(Gs1ProblemCode.InvalidLink, "The type of the link is neither a word nor a URI.", i));
            }
        }

        return problems;
    }
}
