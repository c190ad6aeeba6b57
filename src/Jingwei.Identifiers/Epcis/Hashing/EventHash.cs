using System.Security.Cryptography;
using System.Text;

namespace Jingwei.Identifiers.Epcis.Hashing;

/// <summary>
/// The identifier of an event by its content (CBV 2.0, 8.9): `ni:///sha-256;{digest}?ver=CBV2.0`. The same event has the same one, whether it is written in
/// JSON or XML, with URNs or Digital Links, in whatever order and time zone. What the standard's text leaves open is as the reference implementation has it
/// (epcis-event-hash-generator): business transactions, sources and destinations come after sensor data, among the extensions.
/// </summary>
public static class EventHash
{
    /// <summary>Longest text that a hash is of: twice the longest document. Names and values have their prefixes spelled out in it, so that a short event can have a long one.</summary>
    public const int MostBytes = 128 << 20;

    private const string Before = "ni:///sha-256;";
    private const string After = "?ver=CBV2.0";

    [ThreadStatic]
    private static PreHashWriter? spare;

    /// <summary>The identifier of an event. Left out are `recordTime`, `eventID` and `errorDeclaration`, which come after the event.</summary>
    /// <param name="read">The event; its document must not be disposed of.</param>
    /// <param name="ignored">Full names of extensions that do not count, as <see cref="EpcisDocument.IgnoredFields"/> has them.</param>
    /// <exception cref="EventHashException">It goes over <see cref="MostBytes"/>.</exception>
    public static string Compute(EpcisEvent read, IReadOnlyList<string>? ignored = null)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Compute(read, digest, ignored);
        Span<char> text = stackalloc char[Before.Length + (2 * SHA256.HashSizeInBytes) + After.Length];
        Before.CopyTo(text);
        Convert.TryToHexStringLower(digest, text[Before.Length..], out _);
        After.CopyTo(text[^After.Length..]);
        return text.ToString();
    }

    /// <summary>The digest alone.</summary>
    /// <param name="read">The event; its document must not be disposed of.</param>
    /// <param name="digest">Where its 32 bytes go.</param>
    /// <param name="ignored">Full names of extensions that do not count.</param>
    public static void Compute(EpcisEvent read, Span<byte> digest, IReadOnlyList<string>? ignored = null)
    {
        var writer = Rent();
        SHA256.HashData(writer.Write(read, ignored ?? []), digest);
        spare = writer;
    }

    /// <summary>The text that the hash is of, to see why two hashes differ.</summary>
    /// <param name="read">The event; its document must not be disposed of.</param>
    /// <param name="ignored">Full names of extensions that do not count.</param>
    public static string PreHash(EpcisEvent read, IReadOnlyList<string>? ignored = null)
    {
        var writer = Rent();
        var text = Encoding.UTF8.GetString(writer.Write(read, ignored ?? []));
        spare = writer;
        return text;
    }

    private static PreHashWriter Rent()
    {
        var writer = spare ?? new PreHashWriter();
        spare = null;
        return writer;
    }
}
