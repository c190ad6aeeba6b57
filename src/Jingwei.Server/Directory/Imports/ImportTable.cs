namespace Jingwei.Server.Directory.Imports;

/// <summary>What a file of things may cost.</summary>
/// <param name="Rows">A large plant; beyond it, in several files.</param>
/// <param name="UnpackedBytes">Of an Excel file, which is compressed.</param>
public sealed record ImportLimits(int FileBytes = 64 << 20, long UnpackedBytes = 512L << 20, int Rows = 200_000, int Columns = 100)
{
    public static ImportLimits Default { get; } = new();
}

/// <summary>A row as it stands in the file.</summary>
/// <param name="Number">As an editor or a spreadsheet counts, the head included.</param>
public readonly record struct TableRow(int Number, IReadOnlyList<string> Cells);

/// <summary>The rows of a file, whatever it was.</summary>
/// <param name="Format">csv or xlsx.</param>
/// <param name="Encoding">UTF-8, UTF-16 or GB18030; null for a spreadsheet.</param>
/// <param name="Separator">comma, semicolon or tab; null for a spreadsheet.</param>
/// <param name="Head">The first row.</param>
public sealed record ImportTable(string Format, string? Encoding, string? Separator, IReadOnlyList<string> Head, IReadOnlyList<TableRow> Rows);

/// <summary>A file that is no table of things at all.</summary>
public sealed class BadTableException(string message) : Exception(message);
