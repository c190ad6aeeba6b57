using System.Text;
using CsvHelper;

namespace Jingwei.Server.Directory.Imports;

/// <summary>Reads CSV (RFC 4180) as spreadsheets of any country write it: the encoding and the separator are found by the content.</summary>
internal static class CsvTable
{
    // GB18030 holds all of GBK and GB2312.
    private const int Gb18030 = 54936;

    private static readonly (char Character, string Name)[] Separators = [(',', "comma"), (';', "semicolon"), ('\t', "tab")];

    /// <exception cref="BadTableException">It is no text, or a quote is not closed.</exception>
    public static ImportTable Read(ReadOnlyMemory<byte> file, ImportLimits limits)
    {
        var (text, encoding) = Decode(file);
        var (separator, name) = Separator(text);
        var options = new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        using var reader = CsvReader.FromText(text, options);
        try
        {
            return Read(reader, encoding, name, limits);
        }
        catch (CsvFormatException fault)
        {
            throw new BadTableException($"The quotes of line {fault.LineNumber} cannot be told apart: a quote within quotes is doubled, and each is closed.");
        }
    }

    private static ImportTable Read(CsvReader reader, string encoding, string separator, ImportLimits limits)
    {
        var rows = new List<TableRow>();
        string[]? head = null;
        while (reader.Read())
        {
            string[] cells = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
            if (cells.All(cell => cell.Length == 0))
            {
                continue;
            }

            if (head is null)
            {
                head = cells;
                Require(head.Length <= limits.Columns, $"The file has {head.Length} columns; at most {limits.Columns}.");
            }
            else
            {
                Require(rows.Count < limits.Rows, $"The file has more than {limits.Rows} rows; cut it into several.");
                rows.Add(new((int)reader.LineNumber, cells));
            }
        }

        return new("csv", encoding, separator, head ?? throw new BadTableException("The file is empty."), rows);
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BadTableException(otherwise);
        }
    }

    private static (string Text, string Encoding) Decode(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.StartsWith(Encoding.Unicode.Preamble))
        {
            return (Encoding.Unicode.GetString(bytes[Encoding.Unicode.Preamble.Length..]), "UTF-16");
        }

        if (bytes.IndexOf((byte)0) is var at and >= 0)
        {
            throw new BadTableException($"Byte {at} is zero: the file is neither text nor an Excel workbook (.xlsx).");
        }

        var utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
        var start = bytes.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        try
        {
            return (utf8.GetString(bytes[start..]), "UTF-8");
        }
        catch (DecoderFallbackException)
        {
            return (Chinese(bytes), "GB18030");
        }
    }

    private static string Chinese(ReadOnlySpan<byte> bytes)
    {
        var gb = CodePagesEncodingProvider.Instance.GetEncoding(Gb18030, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
        try
        {
            return gb.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            throw new BadTableException($"Byte {fault.Index} is neither UTF-8 nor GB18030 (GBK). Save the file as \"CSV UTF-8\".");
        }
    }

    // The one that stands most often in the head, outside of quotes.
    private static (char Character, string Name) Separator(string text)
    {
        var quoted = false;
        var counts = new int[Separators.Length];
        foreach (var character in text)
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && character is '\r' or '\n')
            {
                break;
            }
            else if (!quoted && Array.FindIndex(Separators, each => each.Character == character) is var place and >= 0)
            {
                counts[place]++;
            }
        }

        return Separators[Array.IndexOf(counts, counts.Max())];
    }
}
