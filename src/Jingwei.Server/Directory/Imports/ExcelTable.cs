using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Jingwei.Server.Directory.Imports;

/// <summary>Reads a sheet of an Excel workbook (.xlsx): the first, or the one that is named.</summary>
internal static class ExcelTable
{
    // The library asks for code page 1252, even of workbooks that have none.
    static ExcelTable() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>A workbook is a ZIP file.</summary>
    public static bool IsOne(ReadOnlySpan<byte> file) => file.StartsWith("PK\u0003\u0004"u8);

    /// <exception cref="BadTableException">It is no workbook, has no such sheet, or is too large.</exception>
    public static ImportTable Read(byte[] file, string? sheet, ImportLimits limits)
    {
        try
        {
            RequireSize(file, limits);
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(file, writable: false));
            Find(reader, sheet);
            return Read(reader, limits);
        }
        catch (Exception fault) when (fault is ExcelReaderException or InvalidDataException or System.Xml.XmlException)
        {
            throw new BadTableException($"The file is no Excel workbook (.xlsx): {fault.Message}");
        }
    }

    private static void RequireSize(byte[] file, ImportLimits limits)
    {
        using var zip = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
        if (zip.Entries.Sum(entry => entry.Length) > limits.UnpackedBytes)
        {
            throw new BadTableException($"The workbook unpacks to more than {limits.UnpackedBytes >> 20} MiB; cut it into several.");
        }
    }

    private static void Find(IExcelDataReader reader, string? sheet)
    {
        var names = new List<string>();
        do
        {
            if (sheet is null || reader.Name == sheet)
            {
                return;
            }

            names.Add(reader.Name);
        }
        while (reader.NextResult());
        throw new BadTableException($"There is no sheet \"{sheet}\"; there are {string.Join(", ", names)}.");
    }

    private static ImportTable Read(IExcelDataReader reader, ImportLimits limits)
    {
        if (reader.FieldCount > limits.Columns)
        {
            throw new BadTableException($"The sheet has {reader.FieldCount} columns; at most {limits.Columns}.");
        }

        IReadOnlyList<string>? head = null;
        var rows = new List<TableRow>();
        for (var number = 1; reader.Read(); number++)
        {
            string[] cells = [.. Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader.GetValue(column)))];
            if (cells.All(cell => cell.Length == 0))
            {
                continue;
            }

            if (head is null)
            {
                head = cells;
            }
            else
            {
                rows.Add(rows.Count < limits.Rows ? new(number, cells) : throw new BadTableException($"The sheet has more than {limits.Rows} rows; cut it into several."));
            }
        }

        return new("xlsx", null, null, head ?? throw new BadTableException("The sheet is empty."), rows);
    }

    // A cell with a number format holds the number: 007 that was not typed as text is 7.
    private static string Text(object? value) => value switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("s", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
