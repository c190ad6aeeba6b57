using System.Globalization;
using System.Text;
using CsvHelper;
using Jingwei.Server.Identifiers.Values;

namespace Jingwei.Server.Identifiers.Registration;

/// <summary>
/// What the columns of a file are: `handle`, if wanted `template`, `ttl` and `read` (public or owner) for the whole row, and for each value its
/// type, with the index before it where one is wanted: `URL`, `3:EMAIL`. An empty cell is no value.
/// </summary>
internal sealed class CsvColumns
{
    private readonly int handle;
    private readonly int template;
    private readonly int ttl;
    private readonly int read;
    private readonly (int Column, int Index, byte[] Type)[] values;

    private CsvColumns(string[] header, (int Column, int Index, byte[] Type)[] values)
    {
        int Named(string name) => Array.FindIndex(header, column => column.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
        (handle, template, ttl, read, this.values) = (Named("handle"), Named("template"), Named("ttl"), Named("read"), values);
    }

    /// <summary>Reads the first line; a fault where it does not name the columns.</summary>
    public static (CsvColumns? Columns, string? Fault) Of(string[] header)
    {
        var values = new List<(int Column, int Index, byte[] Type)>();
        for (var column = 0; column < header.Length; column++)
        {
            var name = header[column].Trim();
            if (name.ToLowerInvariant() is "handle" or "template" or "ttl" or "read")
            {
                continue;
            }

            var parts = name.Split(':', 2);
            var hasIndex = parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _);
            if (name.Length == 0)
            {
                return (null, $"Column {column + 1} has no name.");
            }

            values.Add((column, hasIndex ? int.Parse(parts[0], CultureInfo.InvariantCulture) : 0, Encoding.UTF8.GetBytes(hasIndex ? parts[1] : name)));
        }

        var columns = new CsvColumns(header, [.. values]);
        return columns.handle < 0 ? (null, "There is no column \"handle\".") : (columns, null);
    }

    /// <summary>Reads the line at which the reader stands.</summary>
    public RowFault? Read(CsvReader csv, RowWriter row, out string? named)
    {
        row.Begin();
        named = Cell(csv, template) is { IsEmpty: false } given ? Encoding.UTF8.GetString(given) : null;
        if (row.Name(Cell(csv, handle).Trim((byte)' ')) is { } fault)
        {
            return fault;
        }

        var seconds = IdentifierLimits.UsualTtl;
        if (Cell(csv, ttl) is { IsEmpty: false } said && !uint.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out seconds))
        {
            return RowFault.Value($"\"{Encoding.UTF8.GetString(said)}\" is no TTL in seconds.");
        }

        var audience = Cell(csv, read);
        var isOwners = audience.SequenceEqual("owner"u8);
        if (!isOwners && !audience.IsEmpty && !audience.SequenceEqual("public"u8))
        {
            return RowFault.Value("\"read\" is public or owner.");
        }

        foreach (var (column, index, type) in values)
        {
            if (Cell(csv, column) is { IsEmpty: false } data &&
                row.Value(index == 0 ? row.FreeIndex() : index, type, data, seconds, isOwners ? Audiences.None : null) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    // A short line has empty cells at its end.
    private static ReadOnlySpan<byte> Cell(CsvReader csv, int column) => column >= 0 && column < csv.FieldCount ? csv.GetSpan(column) : default;
}
