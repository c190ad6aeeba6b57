using Jingwei.Cel.Checking;
using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>The encoders extension: bytes as text and back.</summary>
internal static class Encodings
{
    public static IEnumerable<FunctionEntry> All()
    {
        yield return StandardFunctions.Entry("base64.encode", Encode, StandardFunctions.Global(CelType.String, CelType.Bytes));
        yield return StandardFunctions.Entry("base64.decode", Decode, StandardFunctions.Global(CelType.Bytes, CelType.String));
    }

    private static CelValue Encode(in CelValue value, ref Meter meter) =>
        value.Kind != CelKind.Bytes ? Overload.None("base64.encode", value)
        : meter.SpendText(value.AsBytes().Length) ? Convert.ToBase64String(value.AsBytes().Span)
        : Meter.Exceeded;

    private static CelValue Decode(in CelValue value, ref Meter meter)
    {
        if (value.Kind != CelKind.String)
        {
            return Overload.None("base64.decode", value);
        }

        if (!meter.SpendText(value.Text.Length))
        {
            return Meter.Exceeded;
        }

        var text = Padded(value.Text);
        var octets = new byte[text.Length / 4 * 3];
        // Line breaks belong to MIME's base64; .NET would let blanks pass as well.
        return !text.AsSpan().ContainsAny(' ', '\t') && Convert.TryFromBase64String(text, octets, out var length)
            ? CelValue.Of(octets[..length])
            : CelValue.Error(CelErrorCode.Invalid, "base64.decode: the text is not base64");
    }

    /// <summary>With the padding that may be left out, and without line breaks.</summary>
    private static string Padded(string text)
    {
        text = text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        return text.Contains('=', StringComparison.Ordinal) ? text : text.PadRight((text.Length + 3) / 4 * 4, '=');
    }
}
