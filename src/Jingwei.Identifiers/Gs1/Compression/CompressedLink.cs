using System.Buffers;
using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Identifiers.Gs1.Compression;

/// <summary>
/// Digital Links whose elements are packed into one segment of the path (GS1 Digital Link Standard: Compression): as a whole,
/// `https://example.com/ARFKk4XB0CDKWcnpq`, or behind a key that is still to be read, `https://example.com/01/09506000134376/EGVnJ6ao`.
/// </summary>
public static class CompressedLink
{
    private static readonly SearchValues<char> PackedCharacters = SearchValues.Create(BitWriter.Alphabet);

    /// <summary>Reads a compressed Digital Link; the query, of which it may still have one, is read as that of others.</summary>
    public static Gs1Reading<DigitalLink> Read(string uri, Gs1Limits? limits = null)
    {
        limits ??= Gs1Limits.Default;
        var end = uri.AsSpan().IndexOfAny('?', '#') is var mark && mark < 0 ? uri.Length : mark;
        var slash = end == 0 ? -1 : uri.LastIndexOf('/', end - 1);
        if (uri.Length > limits.Length || slash < 0)
        {
            return DigitalLink.Read(uri, limits);
        }

        var packed = uri[(slash + 1)..end];
        if (packed.Length == 0 || packed.AsSpan().IndexOfAnyExcept(PackedCharacters) >= 0)
        {
            return new Gs1Problem(Gs1ProblemCode.InvalidCharacter, "A compressed Digital Link ends with letters, digits, - and _.", slash + 1);
        }

        var unpacked = new Unpacking(packed, limits).Read();
        if (unpacked.Problem is { } problem)
        {
            return problem with { Position = slash + 1 };
        }

        Gs1Element[] key = [];
        var stem = HasKey(unpacked.Elements) ? uri[..slash] : StemOf(uri[..slash], limits, out key);
        var link = DigitalLink.From([.. key, .. unpacked.Elements], stem, limits);
        if (!link.IsValid)
        {
            return link.Problem with { Position = slash + 1 };
        }

        var written = DigitalLink.Write(stem, link.Value.Path, link.Value.Attributes, unpacked.Parameters);
        var query = end < uri.Length && uri[end] == '?' ? uri[(end + 1)..] : "";
        return DigitalLink.Read(query.Length == 0 ? written : $"{written}{(written.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}", limits);
    }

    /// <summary>Writes a Digital Link compressed as a whole, with whatever the form has room for; the rest stays in the query.</summary>
    /// <param name="link">The Digital Link.</param>
    /// <param name="groupsKeys">Whether common groups of identifiers are written as one, which is shorter.</param>
    public static string Write(DigitalLink link, bool groupsKeys = true)
    {
        var packing = new Packing();
        packing.Write([.. link.Path, .. link.Attributes.Where(attribute => CanBePacked(link, attribute))], groupsKeys);
        var left = link.Parameters.Where(parameter => !packing.TryWrite(parameter)).ToList();
        return DigitalLink.Write($"{link.Stem}/{packing}", [], link.Attributes.Where(attribute => !CanBePacked(link, attribute)), left);
    }

    // Packed, an attribute that could be the key or qualify it would be taken for that.
    private static bool CanBePacked(DigitalLink link, Gs1Element attribute) =>
        ApplicationIdentifier.Find(attribute.Identifier) is { IsLinkKey: false }
        && ApplicationIdentifier.Find(link.Key.Identifier) is { } key && !key.Qualifiers.Any(order => order.Contains(attribute.Identifier));

    private static bool HasKey(IReadOnlyList<Gs1Element> elements) =>
        elements.Any(element => ApplicationIdentifier.Find(element.Identifier) is { IsLinkKey: true });

    // A key that stands before the packed segment belongs to the link, not to the path before it.
    private static string StemOf(string path, Gs1Limits limits, out Gs1Element[] key)
    {
        key = [];
        var segments = path.Split('/');
        var value = PercentEncoding.Decode(segments[^1], isQuery: false, out _);
        if (segments.Length < 5 || limits.Identifier(segments[^2]) is not { IsLinkKey: true } identifier || identifier.Check(value) is not null)
        {
            return path;
        }

        key = [new(identifier.Code, value)];
        return string.Join('/', segments[..^2]);
    }
}
