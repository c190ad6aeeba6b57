using System.Net.Http.Headers;
using System.Text;

namespace Jingwei.Civic.Open311;

/// <summary>A file that came with a form.</summary>
public sealed record Open311File(string Field, string FileName, string? ContentType, ReadOnlyMemory<byte> Content);

/// <summary>A form that was sent: its fields by name, in their order, and its files.</summary>
public sealed record Open311Form(IReadOnlyDictionary<string, IReadOnlyList<string>> Fields, IReadOnlyList<Open311File> Files)
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads `application/x-www-form-urlencoded`, which GeoReport v2 asks for, and `multipart/form-data`, by which clients send photographs. Text is UTF-8.</summary>
    public static Open311Parsed<Open311Form> Read(ReadOnlyMemory<byte> body, string? contentType, Open311Limits? limits = null)
    {
        limits ??= Open311Limits.Default;
        if (body.Length > limits.Bytes)
        {
            return Refuse($"The request is larger than {limits.Bytes} bytes.");
        }

        if (!MediaTypeHeaderValue.TryParse(contentType ?? "", out var type))
        {
            return Refuse("The request has no Content-Type.");
        }

        try
        {
            return type.MediaType!.ToLowerInvariant() switch
            {
                "application/x-www-form-urlencoded" => Encoded(body.Span, limits),
                "multipart/form-data" => Open311Multipart.Read(body, type, limits),
                _ => Refuse($"{type.MediaType} is not read here; send application/x-www-form-urlencoded or multipart/form-data."),
            };
        }
        catch (DecoderFallbackException)
        {
            return Refuse("The request is not in UTF-8.");
        }
    }

    internal static Open311Parsed<Open311Form> Refuse(string why) => new(null, [new(400, why)]);

    /// <exception cref="DecoderFallbackException">It is no UTF-8.</exception>
    internal static string Text(ReadOnlySpan<byte> bytes) => Utf8.GetString(bytes);

    internal static Open311Parsed<Open311Form> Make(List<(string Name, string Value)> fields, List<Open311File> files, Open311Limits limits) =>
        fields.Count > limits.Fields ? Refuse($"There are more than {limits.Fields} fields.")
        : files.Count > limits.Files ? Refuse($"There are more than {limits.Files} files.")
        : new(new(fields.GroupBy(field => field.Name).ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(field => field.Value)]), files), []);

    private static Open311Parsed<Open311Form> Encoded(ReadOnlySpan<byte> body, Open311Limits limits)
    {
        var fields = new List<(string, string)>();
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            if (fields.Count == limits.Fields)
            {
                return Refuse($"There are more than {limits.Fields} fields.");
            }

            var equals = pair.IndexOf((byte)'=');
            fields.Add((Decode(equals < 0 ? pair : pair[..equals]), equals < 0 ? "" : Decode(pair[(equals + 1)..])));
        }

        return Make(fields, [], limits);
    }

    // URL, 5.1: a plus is a space; a percent sign without two digits is itself.
    private static string Decode(ReadOnlySpan<byte> encoded)
    {
        var bytes = new byte[encoded.Length];
        var length = 0;
        for (var at = 0; at < encoded.Length; at++)
        {
            if (encoded[at] == '%' && at + 2 < encoded.Length && char.IsAsciiHexDigit((char)encoded[at + 1]) && char.IsAsciiHexDigit((char)encoded[at + 2]))
            {
                bytes[length++] = (byte)((Convert.FromHexString([(char)encoded[at + 1], (char)encoded[at + 2]]))[0]);
                at += 2;
            }
            else
            {
                bytes[length++] = encoded[at] == '+' ? (byte)' ' : encoded[at];
            }
        }

        return Text(bytes.AsSpan(0, length));
    }
}
