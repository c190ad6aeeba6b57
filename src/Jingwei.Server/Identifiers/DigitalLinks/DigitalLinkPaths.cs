using System.Collections.Frozen;
using Jingwei.Identifiers.Gs1;
using Jingwei.Identifiers.Gs1.Compression;
using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Elements;
using Jingwei.Identifiers.Gs1.Resolution;

namespace Jingwei.Server.Identifiers.DigitalLinks;

/// <summary>Which paths of this server are Digital Links: neither pages of the console nor routes of the API look like one.</summary>
internal static class DigitalLinkPaths
{
    /// <summary>Fewest characters of a compressed Digital Link: those of a GTIN, 8 bits of identifier and 47 of value (GS1 Digital Link Standard: Compression).</summary>
    public const int PackedCharacters = 10;

    /// <summary>The primary keys of Digital Links.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. ApplicationIdentifier.All.Where(each => each.IsLinkKey).Select(each => each.Code)];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Known =
        Keys.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a path is answered as a Digital Link, or with what this resolver says of itself.</summary>
    public static bool AreOf(PathString path)
    {
        var text = path.Value.AsSpan();
        if (text.Length < 2)
        {
            return false;
        }

        var slash = text[1..].IndexOf('/');
        return slash > 0 ? Known.Contains(text[1..(slash + 1)]) || text is ResolverDescription.Path
            : text.Length > PackedCharacters && Unpack("https://x" + path.Value).IsValid;
    }

    /// <summary>Reads a Digital Link as this resolver takes them: as many printed codes are, too, and compressed ones.</summary>
    public static (Gs1Reading<DigitalLink> Reading, bool IsCompressed) Read(string uri)
    {
        var reading = DigitalLink.Read(uri, Gs1Limits.Lenient);
        if (reading.Problem?.Code != Gs1ProblemCode.NoPrimaryKey)
        {
            return (reading, false);
        }

        // Behind a key the packed segment takes the place of an identifier, and no key is found.
        var unpacked = Unpack(uri);
        return unpacked.IsValid ? (unpacked, true) : (reading, false);
    }

    private static Gs1Reading<DigitalLink> Unpack(string uri) => CompressedLink.Read(uri, Gs1Limits.Lenient);
}
