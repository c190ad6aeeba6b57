using System.Net.Http.Headers;
using System.Text;

namespace Jingwei.Civic.Open311;

/// <summary>Forms of several parts (RFC 7578), each between two lines of the boundary.</summary>
internal static class Open311Multipart
{
    // RFC 2046, 5.1.1.
    private const int LongestBoundary = 70;

    private static readonly byte[] LineEnd = [(byte)'\r', (byte)'\n'];
    private static readonly byte[] EndOfHeaders = [.. LineEnd, .. LineEnd];

    /// <exception cref="DecoderFallbackException">Text in it is no UTF-8.</exception>
    public static Open311Parsed<Open311Form> Read(ReadOnlyMemory<byte> body, MediaTypeHeaderValue type, Open311Limits limits)
    {
        var boundary = type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"');
        if (boundary is null or { Length: 0 or > LongestBoundary })
        {
            return Open311Form.Refuse("The Content-Type names no boundary.");
        }

        var (fields, files) = (new List<(string, string)>(), new List<Open311File>());
        byte[] delimiter = [.. LineEnd, (byte)'-', (byte)'-', .. Encoding.ASCII.GetBytes(boundary)];
        // The first boundary needs no line end before it.
        var at = body.Span.StartsWith(delimiter.AsSpan(2)) ? delimiter.Length - 2 : Next(body.Span, 0, delimiter);
        while (at >= 0 && !body.Span[at..].StartsWith("--"u8))
        {
            var part = body[at..];
            var length = part.Span.IndexOf(delimiter);
            var headers = part.Span.IndexOf(EndOfHeaders);
            if (length < 0 || headers < 0 || headers > length)
            {
                break;
            }

            if (fields.Count + files.Count > limits.Fields + limits.Files)
            {
                return Open311Form.Refuse($"There are more than {limits.Fields} fields and {limits.Files} files.");
            }

            Part(Open311Form.Text(part.Span[..headers]), length <= headers + 4 ? default : part[(headers + 4)..length], fields, files);
            at += length + delimiter.Length;
        }

        return at >= 0 && body.Span[at..].StartsWith("--"u8) ? Open311Form.Make(fields, files, limits) : Open311Form.Refuse("The form ends before its last boundary.");
    }

    private static int Next(ReadOnlySpan<byte> body, int from, byte[] delimiter) => body[from..].IndexOf(delimiter) is var found and >= 0 ? from + found + delimiter.Length : -1;

    private static void Part(string headers, ReadOnlyMemory<byte> content, List<(string, string)> fields, List<Open311File> files)
    {
        ContentDispositionHeaderValue? disposition = null;
        string? contentType = null;
        foreach (var line in headers.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = colon < 0 ? ("", "") : (line[..colon].Trim(), line[(colon + 1)..].Trim());
            if (name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase))
            {
                _ = ContentDispositionHeaderValue.TryParse(value, out disposition);
            }
            else if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                contentType = value;
            }
        }

        // A part without a name is no field of a form (RFC 7578, 4.2).
        if (disposition?.Name?.Trim('"') is not { Length: > 0 } field)
        {
            return;
        }

        if ((disposition.FileNameStar ?? disposition.FileName)?.Trim('"') is { } file)
        {
            // Browsers send a file of no name and no bytes where none was chosen.
            if (file.Length > 0 || content.Length > 0)
            {
                files.Add(new(field, file, contentType, content));
            }
        }
        else
        {
            fields.Add((field, Open311Form.Text(content.Span)));
        }
    }
}
