using System.Buffers;
using System.Text;
using Jingwei.Identifiers.Epcis.Reading;

namespace Jingwei.Identifiers.Epcis.Hashing;

/// <summary>Writes Digital Links of any domain as constrained canonical ones: `https://id.gs1.org`, no query, the key with the one qualifier that says most.</summary>
internal static class HashLinks
{
    private sealed record Key(string Identifier, int Digits, int Longest, SearchValues<byte> More)
    {
        /// <summary>Qualifiers from the one that says most to the one that says least.</summary>
        public string[] Qualifiers { get; init; } = [];

        /// <summary>Longest qualifier, or the most digits of it where it has to be a number.</summary>
        public int LongestQualifier { get; init; } = 20;
    }

    // Characters of the reference implementation, and escapes.
    private static readonly SearchValues<byte> Set82 = SearchValues.Create("\"'-.%0123456789;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8);
    private static readonly SearchValues<byte> Set39 = SearchValues.Create("#-%0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    // The keys and qualifiers of constrained links (rule 18), in the order in which the reference implementation looks for them.
    private static readonly Key[] Keys =
    [
        new("00", 18, 0, Digits),
        new("01", 14, 0, Digits) { Qualifiers = ["21", "235", "10"], LongestQualifier = 28 },
        new("253", 13, 17, Set82),
        new("255", 13, 12, Digits),
        new("401", 0, 30, Set82),
        new("402", 17, 0, Digits),
        new("414", 13, 0, Digits) { Qualifiers = ["254"] },
        new("417", 13, 0, Digits),
        new("8003", 14, 16, Set82),
        new("8004", 0, 30, Set82),
        new("8006", 18, 0, Digits) { Qualifiers = ["21", "10"] },
        new("8010", 0, 30, Set39) { Qualifiers = ["8011"], LongestQualifier = 12 },
        new("8017", 18, 0, Digits),
        new("8018", 18, 0, Digits),
    ];

    private static readonly Utf8Names<string> Identifiers = new(
    [
        .. Keys.Select(key => (key.Identifier, key.Identifier)),
        .. new[] { "10", "21", "22", "235", "254", "8011" }.Select(identifier => (identifier, identifier)),
        ("gtin", "01"), ("itip", "8006"), ("cpid", "8010"), ("gln", "414"), ("party", "417"), ("gsrnp", "8017"), ("gsrn", "8018"), ("gcn", "255"), ("sscc", "00"), ("gdti", "253"),
        ("ginc", "401"), ("gsin", "402"), ("grai", "8003"), ("giai", "8004"), ("cpv", "22"), ("lot", "10"), ("ser", "21"),
    ]);

    /// <summary>Writes it; false where it is no Digital Link, and then nothing is written.</summary>
    public static bool TryWrite(PreHashBuffer text, ReadOnlySpan<byte> uri)
    {
        var query = uri.IndexOf((byte)'?');
        var path = query < 0 ? uri : uri[..query];
        foreach (var key in Keys)
        {
            for (var rest = path; TryFind(ref rest, key.Identifier);)
            {
                if (TryWrite(text, rest, key))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Moves on behind the next segment of the path that is the identifier or stands for it.
    private static bool TryFind(ref ReadOnlySpan<byte> path, string wanted)
    {
        for (var slash = path.IndexOf((byte)'/'); slash >= 0; slash = path.IndexOf((byte)'/'))
        {
            path = path[(slash + 1)..];
            var end = path.IndexOf((byte)'/');
            if (end > 0 && Identifiers.TryGet(path[..end], out var identifier) && identifier == wanted)
            {
                path = path[(end + 1)..];
                return true;
            }
        }

        return false;
    }

    private static bool TryWrite(PreHashBuffer text, ReadOnlySpan<byte> rest, Key key)
    {
        var value = Segment(ref rest);
        var missing = key.Identifier == "01" && value.Length is 8 or 12 or 13 ? 14 - value.Length : 0;
        if (value.Length + missing < Math.Max(key.Digits, 4) || value.Length + missing > key.Digits + key.Longest || value[..4].IndexOfAnyExcept(Digits) >= 0
            || value[..Math.Min(value.Length, key.Digits)].IndexOfAnyExcept(Digits) >= 0 || value.IndexOfAnyExcept(key.More) >= 0)
        {
            return false;
        }

        ReadOnlySpan<byte> qualifier = [];
        var best = int.MaxValue;
        while (!rest.IsEmpty)
        {
            var name = Segment(ref rest);
            var part = Segment(ref rest);
            if (!Identifiers.TryGet(name, out var identifier) || part.IsEmpty || part.Length > key.LongestQualifier || part.IndexOfAnyExcept(Set82) >= 0)
            {
                return false;
            }

            var place = Array.IndexOf(key.Qualifiers, identifier);
            if (place < 0 && identifier != "22")
            {
                return false;
            }

            if (place >= 0 && place < best)
            {
                best = place;
                qualifier = part;
            }
        }

        Append(text, "https://id.gs1.org/");
        Append(text, key.Identifier);
        text.Append((byte)'/');
        text.Append("000000"u8[..missing]);
        text.Append(value);
        if (best < int.MaxValue)
        {
            text.Append((byte)'/');
            Append(text, key.Qualifiers[best]);
            text.Append((byte)'/');
            text.Append(qualifier);
        }

        return true;
    }

    private static ReadOnlySpan<byte> Segment(scoped ref ReadOnlySpan<byte> rest)
    {
        var slash = rest.IndexOf((byte)'/');
        var segment = slash < 0 ? rest : rest[..slash];
        rest = slash < 0 ? [] : rest[(slash + 1)..];
        return segment;
    }

    private static void Append(PreHashBuffer text, string ascii) => text.Advance(Encoding.ASCII.GetBytes(ascii, text.Room(ascii.Length)));
}
