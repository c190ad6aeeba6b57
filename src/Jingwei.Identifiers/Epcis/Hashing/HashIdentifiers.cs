namespace Jingwei.Identifiers.Epcis.Hashing;

/// <summary>
/// Writes identifiers of GS1 as the event hash wants them: EPC URIs, classes and patterns become canonical Digital Links; Digital Links of any domain become
/// constrained ones, the most precise identification alone (rules 17 and 18 of the reference implementation).
/// </summary>
internal static class HashIdentifiers
{
    /// <summary>Writes it; false where it is no identifier of GS1, and then nothing is written.</summary>
    public static bool TryWrite(PreHashBuffer text, ReadOnlySpan<byte> uri)
    {
        if (uri.StartsWith("urn:epc:"u8))
        {
            return HashEpcs.TryWrite(text, uri["urn:epc:"u8.Length..]);
        }

        return (uri.StartsWith("https:"u8) || uri.StartsWith("http:"u8)) && uri.Contains((byte)'.') && HashLinks.TryWrite(text, uri);
    }
}
