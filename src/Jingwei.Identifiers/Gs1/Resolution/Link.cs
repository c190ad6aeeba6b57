namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>A link from an identified object to something about it (GS1-Conformant Resolver Standard 1.2, link attributes; RFC 9264, 4.2).</summary>
public sealed record Link
{
    private readonly string _type = "";

    /// <summary>What the target is to the object, as `gs1:pip`; kept as a URI.</summary>
    public required string Type
    {
        get => _type;
        init => _type = LinkType.Expand(value);
    }

    /// <summary>The target, an absolute URI of `http` or `https`; `{name}` in it stands for the value of a qualifier of the level that is written so.</summary>
    public required string Href { get; init; }

    /// <summary>For people; the standard wants one at every link.</summary>
    public required string Title { get; init; }

    /// <summary>Media type of the target; null when it is not said.</summary>
    public string? MediaType { get; init; }

    /// <summary>Languages of the target (BCP 47); none, or `und`, when it is for all.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Contexts in which the link is meant, compared with the parameter `context`; the standard leaves to resolvers what they are.</summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];

    /// <summary>Whether the query of a request goes on to the target: so by default (standard, query strings).</summary>
    public bool ForwardsQuery { get; init; } = true;

    public bool Equals(Link? other) =>
        other is not null && Type == other.Type && Href == other.Href && Title == other.Title && MediaType == other.MediaType && ForwardsQuery == other.ForwardsQuery
        && Languages.SequenceEqual(other.Languages) && Contexts.SequenceEqual(other.Contexts);

    public override int GetHashCode() => HashCode.Combine(Type, Href, Title, MediaType);
}
