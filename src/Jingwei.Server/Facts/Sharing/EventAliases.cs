using System.Buffers;
using System.Security.Cryptography;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Sharing;

/// <summary>
/// Ids that events have where not all of them is shown. An event's own id may be the hash of its content, by which what is left out could be
/// guessed. An alias is the hash that the store finds the id by, enciphered: the same for the same event, and found again without a table.
/// </summary>
internal sealed class EventAliases(FactCiphers ciphers)
{
    public const string Start = "urn:jingwei:event:";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly byte[] key = ciphers.KeyFor("aliases");

    public string Of(string eventId)
    {
        Span<byte> hash = stackalloc byte[FactKeys.IdHashBytes];
        FactKeys.WriteIdHash(hash, eventId);
        using var cipher = FactCiphers.With(key);
        return Start + Convert.ToHexStringLower(cipher.EncryptEcb(hash, PaddingMode.None));
    }

    /// <summary>The numbers of the events of an id, or of an alias, of all parties.</summary>
    public IReadOnlyList<(ulong Sequence, uint Party)> Find(FactStore store, string id) => HashOf(id) is { } hash ? store.WithId(hash) : store.WithId(id);

    // The hash of the id that an alias stands for; null where it is none.
    private byte[]? HashOf(string alias)
    {
        if (!alias.StartsWith(Start, StringComparison.Ordinal) || alias.Length != Start.Length + (2 * FactKeys.IdHashBytes) || alias.AsSpan(Start.Length).ContainsAnyExcept(HexDigits))
        {
            return null;
        }

        using var cipher = FactCiphers.With(key);
        return cipher.DecryptEcb(Convert.FromHexString(alias.AsSpan(Start.Length)), PaddingMode.None);
    }
}
