namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>Types of links (GS1 Web Vocabulary; RFC 8288, 2.1.2: a type of one's own is a URI).</summary>
public static class LinkType
{
    /// <summary>The namespace of the GS1 Web Vocabulary, for which `gs1:` stands.</summary>
    public const string Vocabulary = "https://ref.gs1.org/voc/";

    /// <summary>The one link of an object to which a request is redirected that asks for nothing else.</summary>
    public const string Default = Vocabulary + "defaultLink";

    /// <summary>Links of which one may fit a request better than the default link, by its language, context or media type.</summary>
    public const string DefaultMulti = Vocabulary + "defaultLinkMulti";

    // The vocabulary declares its terms equal in all three.
    private static readonly string[] Synonyms = ["gs1:", "https://gs1.org/voc/", "https://www.gs1.org/voc/", "http://gs1.org/voc/", "http://www.gs1.org/voc/"];

    /// <summary>The URI of a type that is written as `gs1:pip` or in an older namespace; any other as it is.</summary>
    public static string Expand(string type)
    {
        foreach (var synonym in Synonyms)
        {
            if (type.StartsWith(synonym, StringComparison.Ordinal))
            {
                return string.Concat(Vocabulary, type.AsSpan(synonym.Length));
            }
        }

        return type;
    }
}
