namespace Jingwei.Server.Telemetry.Intake;

/// <summary>How the bytes of a message that is no text are kept with its reject: as Base64 behind a mark that no JSON begins with.</summary>
internal static class RejectedBytes
{
    private const string Mark = "base64:";

    /// <summary>As much of the bytes as fits, and whether that is all.</summary>
    /// <param name="most">Characters of the text.</param>
    public static (string Text, bool IsWhole) ToText(ReadOnlySpan<byte> payload, int most)
    {
        // Four characters for each three bytes (RFC 4648).
        var kept = Math.Min(payload.Length, Math.Max(most - Mark.Length, 0) / 4 * 3);
        return (Mark + Convert.ToBase64String(payload[..kept]), kept == payload.Length);
    }

    /// <summary>The bytes again; null for a text that is something else.</summary>
    public static byte[]? FromText(string text)
    {
        var bytes = new byte[text.Length];
        return text.StartsWith(Mark, StringComparison.Ordinal) && Convert.TryFromBase64String(text[Mark.Length..], bytes, out var count) ? bytes[..count] : null;
    }
}
