using System.IO.Compression;
using System.Text;

namespace Jingwei.Server.Cases;

/// <summary>What a file is, by its bytes: a name says what somebody wants it to be.</summary>
internal static class MediaTypes
{
    public const string Unknown = "application/octet-stream";

    private const string Office = "application/vnd.openxmlformats-officedocument.";

    // Where none of these is found the rest is not read either: text with a zero byte late in it is no text to anybody who opens it.
    private const int Looked = 64 * 1024;

    /// <summary>Reads from the file's beginning; leaves it anywhere.</summary>
    public static string Of(Stream file)
    {
        file.Position = 0;
        var bytes = new byte[(int)Math.Min(Looked, file.Length)];
        file.ReadExactly(bytes);
        return Of(bytes) ?? (bytes.AsSpan().StartsWith("PK\u0003\u0004"u8) ? Zipped(file) : IsText(bytes, file.Length > Looked) ? "text/plain" : Unknown);
    }

    // The signatures as the formats' specifications give them: PNG (RFC 2083, 3.1), JPEG (T.81, B.1.1.3), GIF 87a and 89a, WebP (RFC 9649, 2.4),
    // PDF (ISO 32000-1, 7.5.2), ISO base media (ISO/IEC 14496-12, 4.3), MPEG audio with ID3 or its sync word (ISO/IEC 11172-3, 2.4.2.3).
    private static string? Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        _ when bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) => "image/gif",
        _ when bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) => "image/webp",
        _ when bytes.StartsWith("%PDF-"u8) => "application/pdf",
        _ when bytes.Length >= 12 && bytes[4..].StartsWith("ftyp"u8) => "video/mp4",
        _ when bytes.StartsWith("ID3"u8) => "audio/mpeg",
        [0xFF, >= 0xE0 and <= 0xFB and var second, ..] when (second & 0x06) != 0 => "audio/mpeg",
        _ => null,
    };

    private static string Zipped(Stream file)
    {
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var names = archive.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);
            if (!names.Contains("[Content_Types].xml"))
            {
                return "application/zip";
            }

            return names.Contains("word/document.xml") ? Office + "wordprocessingml.document"
                : names.Contains("xl/workbook.xml") ? Office + "spreadsheetml.sheet"
                : "application/zip";
        }
        catch (InvalidDataException)
        {
            return Unknown;
        }
    }

    // A character that the end of what was read cuts in two is no fault of the text.
    private static bool IsText(byte[] bytes, bool isCut)
    {
        var end = bytes.Length;
        for (var back = 0; isCut && back < 3 && end > 0 && (bytes[end - 1] & 0xC0) == 0x80; back++)
        {
            end--;
        }

        var text = bytes.AsSpan(0, isCut && end > 0 && bytes[end - 1] >= 0xC0 ? end - 1 : isCut ? end : bytes.Length);
        return text.Length > 0 && System.Text.Unicode.Utf8.IsValid(text) && !Encoding.UTF8.GetString(text).Any(each => char.IsControl(each) && !char.IsWhiteSpace(each));
    }
}
