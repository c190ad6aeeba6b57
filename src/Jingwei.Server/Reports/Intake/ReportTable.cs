using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Directory.Imports;

namespace Jingwei.Server.Reports.Intake;

/// <summary>A row of a table of reports.</summary>
/// <param name="Number">As a spreadsheet counts, the head included.</param>
/// <param name="Original">The row as it stood in the file.</param>
internal sealed record TableReport(int Number, ReportRequest Request, ReportOriginal Original);

/// <summary>Reads reports out of a CSV or Excel file: columns are found by their heads, in Chinese or English.</summary>
internal static class ReportTable
{
    private static readonly (string Field, string[] Heads)[] Known =
    [
        ("text", ["text", "内容", "报告内容", "事件描述", "描述", "正文"]),
        ("title", ["title", "标题", "主题"]),
        ("time", ["time", "时间", "报告时间", "上报时间", "接报时间", "发生时间"]),
        ("source", ["source", "来源", "报告人", "报送单位", "单位"]),
        ("sourceKind", ["sourcekind", "source kind", "来源类别", "来源类型"]),
        ("place", ["place", "地点", "地址", "位置", "发生地点"]),
        ("region", ["region", "区域", "行政区划代码", "区划代码"]),
        ("lon", ["lon", "longitude", "经度"]),
        ("lat", ["lat", "latitude", "纬度"]),
        ("external", ["external", "id", "编号", "序号", "流水号"]),
        ("link", ["link", "url", "链接"]),
    ];

    // Readable in what is kept of the row.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The columns of a file by what they hold; a field that no column holds is not there.</summary>
    public static IReadOnlyDictionary<string, int> Columns(ImportTable table)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (field, heads) in Known)
        {
            for (var column = 0; column < table.Head.Count; column++)
            {
                if (heads.Contains(table.Head[column].Trim().ToLowerInvariant(), StringComparer.Ordinal))
                {
                    columns.TryAdd(field, column);
                }
            }
        }

        return columns;
    }

    /// <param name="zone">The zone of times that say none.</param>
    public static IEnumerable<TableReport> Read(ImportTable table, IReadOnlyDictionary<string, int> columns, TimeZoneInfo zone, List<string> faults)
    {
        foreach (var row in table.Rows)
        {
            string? Cell(string field) => columns.TryGetValue(field, out var column) && column < row.Cells.Count && row.Cells[column].Trim() is { Length: > 0 } text ? text : null;
            var before = faults.Count;
            var request = new ReportRequest(
                null, null, Cell("region"), Cell("sourceKind"), Cell("source"), Cell("title"), Cell("text"), Time(Cell("time"), zone, row.Number, faults),
                Position(Cell("lon"), Cell("lat"), row.Number, faults), Cell("place"), Cell("external"), Cell("link"), null);
            if (faults.Count == before)
            {
                var cells = table.Head.Select((head, column) => KeyValuePair.Create(head, column < row.Cells.Count ? row.Cells[column] : "")).DistinctBy(cell => cell.Key);
                yield return new(row.Number, request, new("application/json", JsonSerializer.SerializeToUtf8Bytes(cells.ToDictionary(StringComparer.Ordinal), Readable)));
            }
        }
    }

    private static DateTimeOffset? Time(string? text, TimeZoneInfo zone, int row, List<string> faults)
    {
        if (text is null)
        {
            return null;
        }

        if (DateTime.TryParse(text.Replace('年', '-').Replace('月', '-').Replace("日", " ", StringComparison.Ordinal), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            return time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(time, zone.GetUtcOffset(time)) : new DateTimeOffset(time);
        }

        faults.Add($"row {row}: {text} is no time, such as 2026-01-05 08:00");
        return null;
    }

    private static LonLat? Position(string? lon, string? lat, int row, List<string> faults)
    {
        if (lon is null && lat is null)
        {
            return null;
        }

        if (double.TryParse(lon, CultureInfo.InvariantCulture, out var east) && double.TryParse(lat, CultureInfo.InvariantCulture, out var north))
        {
            return new(east, north);
        }

        faults.Add($"row {row}: longitude and latitude are two numbers, in degrees");
        return null;
    }
}
