using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jingwei.Identifiers.Gs1.Resolution;

namespace Jingwei.Server.Identifiers.DigitalLinks;

/// <summary>
/// A value of the type `GS1.LINK`: a link of a GS1 key, `{"linkType":"gs1:pip","href":"https://…","title":"…","type":"text/html","hreflang":["zh"],
/// "context":["CN"],"fwqs":true}` (GS1-Conformant Resolver Standard 1.2, link attributes).
/// </summary>
/// <param name="Type">Media type of the target; null where it is not said.</param>
/// <param name="Hreflang">Its languages (BCP 47).</param>
/// <param name="Context">The contexts in which it is meant.</param>
/// <param name="Fwqs">Whether the query of a request goes on to the target; so by default.</param>
internal sealed record LinkValue(string? LinkType, string? Href, string? Title, string? Type, string[]? Hreflang, string[]? Context, bool? Fwqs)
{
    /// <summary>Most languages, and most contexts, of one link; more are links of their own.</summary>
    public const int Most = 32;

    /// <summary>Most characters of a target: what browsers and proxies take (RFC 9110, 4.1).</summary>
    public const int HrefCharacters = 8_000;

    /// <summary>Most characters of any other text.</summary>
    public const int TextCharacters = 500;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, PropertyNameCaseInsensitive = false };

    // RFC 6838, 4.2: type and subtype; a parameter may follow.
    private static readonly SearchValues<char> MediaTypeCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&-^_.+/;= \"");

    /// <summary>The type of such values.</summary>
    public const string TypeName = "GS1.LINK";

    /// <summary>It in UTF-8.</summary>
    public static ReadOnlySpan<byte> Utf8TypeName => "GS1.LINK"u8;

    /// <summary>What is wrong with the data of such a value; null for nothing.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> data) => Read(data).Fault;

    /// <summary>The link of a value; null where it is none.</summary>
    public static Link? LinkOf(ReadOnlySpan<byte> data) => Read(data).Link;

    private static (Link? Link, string? Fault) Read(ReadOnlySpan<byte> data)
    {
        LinkValue? read;
        try
        {
            read = JsonSerializer.Deserialize<LinkValue>(data, Form);
        }
        catch (JsonException)
        {
            read = null;
        }

        if (read is not { LinkType: { } type, Href: { } href, Title: { } title })
        {
            return (null, "a link is a JSON object with linkType, href and title, and, where they are said, type, hreflang, context (lists) and fwqs.");
        }

        if (href.Length > HrefCharacters || read.Texts().Any(text => text is null or { Length: > TextCharacters }) || read.Lists().Any(list => list.Length > Most))
        {
            return (null, $"the href of a link has at most {HrefCharacters} characters, its other texts {TextCharacters}; hreflang and context have at most {Most} each.");
        }

        if (read.Type is { } media && (!media.Contains('/', StringComparison.Ordinal) || media.AsSpan().ContainsAnyExcept(MediaTypeCharacters)))
        {
            return (null, "the type of a link is a media type, such as text/html.");
        }

        var link = new Link
        {
            Type = type,
            Href = href,
            Title = title,
            MediaType = read.Type,
            Languages = read.Hreflang ?? [],
            Contexts = read.Context ?? [],
            ForwardsQuery = read.Fwqs ?? true,
        };
        return IsRight(link) ? (link, null)
            : (null, "the linkType of a link is a word or a URI, and not that of the default link, its href an address of http or https, its title a text.");
    }

    // Which link is the default is this node's to say.
    private static bool IsRight(Link link) =>
        link.Type is not (Jingwei.Identifiers.Gs1.Resolution.LinkType.Default or Jingwei.Identifiers.Gs1.Resolution.LinkType.DefaultMulti or "linkset" or "all" or "anchor") &&
        new LinkLevel { Path = [], Links = [link] }.Check().Count == 0;

    private IEnumerable<string?> Texts() => [LinkType, Title, Type ?? "", .. Lists().SelectMany(list => list)];

    private IEnumerable<string[]> Lists() => [Hreflang ?? [], Context ?? []];
}
