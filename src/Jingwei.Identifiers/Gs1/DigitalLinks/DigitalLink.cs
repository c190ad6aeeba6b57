using System.Text;
using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Identifiers.Gs1.DigitalLinks;

/// <summary>
/// A GS1 Digital Link URI (GS1 Digital Link Standard: URI Syntax, 1.2 and later), not compressed:
/// `DigitalLink.Read("https://example.com/01/09520123456788/10/ABC?17=261231").Value!.ToCanonical()`.
/// Only what <see cref="Read"/> and <see cref="From"/> give is checked.
/// </summary>
public sealed record DigitalLink
{
    /// <summary>What canonical Digital Links begin with.</summary>
    public const string CanonicalStem = "https://id.gs1.org";

    /// <summary>Scheme, domain and whatever stands in the path before the key, without a slash at the end.</summary>
    public required string Stem { get; init; }

    /// <summary>The primary key, then its qualifiers in the order of the standard.</summary>
    public required IReadOnlyList<Gs1Element> Path { get; init; }

    /// <summary>The elements in the query, in the order in which they stand there.</summary>
    public IReadOnlyList<Gs1Element> Attributes { get; init; } = [];

    /// <summary>The other parameters of the query.</summary>
    public IReadOnlyList<LinkParameter> Parameters { get; init; } = [];

    /// <summary>The query as it stands, without the `?`; empty when there is none.</summary>
    public string Query { get; init; } = "";

    /// <summary>The primary key.</summary>
    public Gs1Element Key => Path[0];

    /// <summary>Path and attributes as elements.</summary>
    public ElementString Elements => new([.. Path, .. Attributes]);

    /// <summary>Reads a URI: any domain, any path before the key; escapes of any letter case; what stands behind `#` is not read.</summary>
    public static Gs1Reading<DigitalLink> Read(string uri, Gs1Limits? limits = null) => new DigitalLinkReader(uri, limits ?? Gs1Limits.Default).Read();

    /// <summary>
    /// The Digital Link of elements in any order: the first primary key is the key, as many as possible of its qualifiers follow, the
    /// others are attributes, first those of predefined length. Elements that are there twice are written once.
    /// </summary>
    /// <param name="elements">The elements, with right values.</param>
    /// <param name="stem">What the URI begins with, as `https://example.com/products`.</param>
    /// <param name="limits">Whether identifiers may be attributes that the General Specifications do not have.</param>
    public static Gs1Reading<DigitalLink> From(IReadOnlyList<Gs1Element> elements, string stem = CanonicalStem, Gs1Limits? limits = null) =>
        LinkOfElements.Build(elements, stem, limits ?? Gs1Limits.Default);

    /// <summary>The value of another parameter, the first of that name; null when there is none.</summary>
    public string? Parameter(string name)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.Name == name)
            {
                return parameter.Value ?? "";
            }
        }

        return null;
    }

    /// <summary>The canonical form: `https://id.gs1.org`, numeric identifiers, a GTIN of 14 digits, attributes in the order of their identifiers, no other parameters.</summary>
    public string ToCanonical() => Write(CanonicalStem, Path, Attributes.OrderBy(attribute => attribute.Identifier, StringComparer.Ordinal), []);

    /// <summary>The canonical form of key and qualifiers alone, which names the object.</summary>
    public string ToCanonicalKey() => Write(CanonicalStem, Path, [], []);

    /// <summary>The URI with its own stem, attributes and other parameters.</summary>
    public override string ToString() => Write(Stem, Path, Attributes, Parameters);

    public bool Equals(DigitalLink? other) =>
        other is not null && Stem == other.Stem && Path.SequenceEqual(other.Path) && Attributes.SequenceEqual(other.Attributes) && Parameters.SequenceEqual(other.Parameters);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    internal static string Write(string stem, IEnumerable<Gs1Element> path, IEnumerable<Gs1Element> attributes, IEnumerable<LinkParameter> parameters)
    {
        var uri = new StringBuilder(stem);
        foreach (var (identifier, value) in path)
        {
            uri.Append('/').Append(identifier).Append('/');
            PercentEncoding.AppendToLink(uri, value);
        }

        var separator = '?';
        foreach (var (identifier, value) in attributes)
        {
            uri.Append(separator).Append(identifier).Append('=');
            PercentEncoding.AppendToLink(uri, value);
            separator = '&';
        }

        foreach (var (name, value) in parameters)
        {
            uri.Append(separator).Append(Uri.EscapeDataString(name));
            _ = value is null ? uri : uri.Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return uri.ToString();
    }
}
