using System.Buffers;
using System.Text;
using Jingwei.Identifiers.Epcis.Reading;
using Jingwei.Identifiers.Gs1.Epc;

namespace Jingwei.Identifiers.Epcis.Hashing;

/// <summary>Writes EPC URIs as canonical Digital Links, byte by byte: an event has many of them.</summary>
internal static class HashEpcs
{
    private static readonly Utf8Names<EpcForm> Forms = new(EpcForm.All.Select(form => (form.Name, form)));

    // Reference implementation, from table 7-1 of the Digital Link standard: these are escaped, escapes that are there stay.
    private static readonly SearchValues<byte> Escaped = SearchValues.Create("!()*+,:"u8);

    private static readonly SearchValues<byte> Allowed = SearchValues.Create("!'()*+,-.0123456789:;=ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz%"u8);

    /// <summary>Writes what stands for the rest of an EPC URI behind `urn:epc:`; false where it is none of a GS1 key.</summary>
    public static bool TryWrite(PreHashBuffer text, ReadOnlySpan<byte> uri)
    {
        var isPattern = uri.StartsWith("idpat:"u8);
        var isClass = uri.StartsWith("class:"u8);
        if (!isPattern && !isClass && !uri.StartsWith("id:"u8))
        {
            return false;
        }

        uri = uri[(uri.IndexOf((byte)':') + 1)..];
        var colon = uri.IndexOf((byte)':');
        if (colon < 0 || !Forms.TryGet(uri[..colon], out var form) || isClass != (form.Scheme == EpcScheme.Lgtin) || (isPattern && (form.SerialLength == 0 || form.Scheme == EpcScheme.Sgln)))
        {
            return false;
        }

        var start = text.Length;
        if (TryWrite(text, uri[(colon + 1)..], form, isPattern))
        {
            return true;
        }

        text.Truncate(start);
        return false;
    }

    private static bool TryWrite(PreHashBuffer text, ReadOnlySpan<byte> parts, EpcForm form, bool isPattern)
    {
        if (!TryPart(ref parts, out var prefix) || prefix.Length is < EpcUri.ShortestCompanyPrefix or > EpcUri.LongestCompanyPrefix || !IsDigits(prefix))
        {
            return false;
        }

        text.Append("https://id.gs1.org/"u8);
        Append(text, form.Key);
        text.Append((byte)'/');
        return form.Digits == 0 ? TryText(text, prefix, parts, form, isPattern) : TryNumber(text, prefix, parts, form, isPattern);
    }

    // Keys of text: the prefix and whatever the company gave. Only components have a serial number.
    private static bool TryText(PreHashBuffer text, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> parts, EpcForm form, bool isPattern)
    {
        var serial = ReadOnlySpan<byte>.Empty;
        if (form.SerialLength > 0)
        {
            var dot = parts.LastIndexOf((byte)'.');
            if (dot < 0)
            {
                return false;
            }

            serial = parts[(dot + 1)..];
            parts = parts[..dot];
        }

        if (!IsText(parts, EpcForm.LongestKey - prefix.Length) || (form.SerialLength > 0 && !(isPattern ? serial.SequenceEqual("*"u8) : IsDigits(serial) && serial.Length <= form.SerialLength)))
        {
            return false;
        }

        text.Append(prefix);
        Escape(text, parts);
        if (form.SerialLength > 0 && !isPattern)
        {
            Qualify(text, form.SerialIdentifier!, serial);
        }

        return true;
    }

    private static bool TryNumber(PreHashBuffer text, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> parts, EpcForm form, bool isPattern)
    {
        if (!TryPart(ref parts, out var reference) || reference.Length != form.Digits - prefix.Length || !IsDigits(reference) || (form.LeadsKey && reference.IsEmpty))
        {
            return false;
        }

        scoped ReadOnlySpan<byte> piece = [], total = [];
        if (form.HasPieces && (!TryPart(ref parts, out piece) || !TryPart(ref parts, out total) || piece.Length != 2 || total.Length != 2 || !IsDigits(piece) || !IsDigits(total)))
        {
            return false;
        }

        var serial = parts;
        if (form.SerialLength == 0 ? !serial.IsEmpty : isPattern ? !serial.SequenceEqual("*"u8) : !IsText(serial, form.SerialLength))
        {
            return false;
        }

        var key = text.Length;
        Append(text, form.Filler);
        text.Append(form.LeadsKey ? reference[..1] : []);
        text.Append(prefix);
        text.Append(form.LeadsKey ? reference[1..] : reference);
        text.Append(CheckDigit(text.Written[key..]));
        text.Append(piece);
        text.Append(total);
        if (form.SerialLength == 0 || isPattern || (form.Scheme == EpcScheme.Sgln && serial.SequenceEqual("0"u8)))
        {
            return true;
        }

        if (form.SerialIdentifier is { } identifier)
        {
            Qualify(text, identifier, serial);
        }
        else
        {
            Escape(text, serial);
        }

        return true;
    }

    private static void Qualify(PreHashBuffer text, string identifier, ReadOnlySpan<byte> value)
    {
        text.Append((byte)'/');
        Append(text, identifier);
        text.Append((byte)'/');
        Escape(text, value);
    }

    private static void Escape(PreHashBuffer text, ReadOnlySpan<byte> value)
    {
        for (var at = value.IndexOfAny(Escaped); at >= 0; at = value.IndexOfAny(Escaped))
        {
            text.Append(value[..at]);
            text.Append((byte)'%');
            text.Append("0123456789ABCDEF"u8[value[at] >> 4]);
            text.Append("0123456789ABCDEF"u8[value[at] & 15]);
            value = value[(at + 1)..];
        }

        text.Append(value);
    }

    // GS1 General Specifications, 7.9.1: weights 3 and 1 from the right.
    private static byte CheckDigit(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            sum += (digits[^(at + 1)] - '0') * (at % 2 == 0 ? 3 : 1);
        }

        return (byte)('0' + ((10 - (sum % 10)) % 10));
    }

    // A part up to the next dot, or all of the rest.
    private static bool TryPart(scoped ref ReadOnlySpan<byte> parts, out ReadOnlySpan<byte> part)
    {
        var dot = parts.IndexOf((byte)'.');
        part = dot < 0 ? parts : parts[..dot];
        parts = dot < 0 ? [] : parts[(dot + 1)..];
        return !part.IsEmpty || dot >= 0;
    }

    private static bool IsDigits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    // An escape stands for one character.
    private static bool IsText(ReadOnlySpan<byte> text, int longest) => !text.IsEmpty && text.Length - (2 * text.Count((byte)'%')) <= longest && text.IndexOfAnyExcept(Allowed) < 0;

    private static void Append(PreHashBuffer text, string ascii) => text.Advance(Encoding.ASCII.GetBytes(ascii, text.Room(ascii.Length)));
}
