using Jingwei.Ledger.Notes;

namespace Jingwei.Server.Transparency.Witnessing;

/// <summary>Who cosigned, and when.</summary>
public sealed record CosignatureItem(string Name, DateTimeOffset At);

internal static class CosignatureTimes
{
    /// <summary>Says of the signatures by known witnesses when they were made.</summary>
    public static IEnumerable<CosignatureItem> Of(IEnumerable<NoteSignature> signatures, IEnumerable<NoteVerifier> known) =>
        from signature in signatures
        from key in known
        where key.IsNamedBy(signature)
        let at = Cosignature.TimeOf(key.Type, signature)
        where at is not null
        select new CosignatureItem(key.Name, at.Value);
}
