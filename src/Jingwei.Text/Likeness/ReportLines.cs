using System.Text.Json;
using Jingwei.Text.Corpora;
using Jingwei.Text.Fields;

namespace Jingwei.Text.Likeness;

/// <summary>Profiles of files of reports: JSON lines with id, title, report_time (of citizens' messages time), text.</summary>
public static class ReportLines
{
    /// <summary>The profiles, by id.</summary>
    /// <param name="file">The file.</param>
    /// <param name="reports">Reads what they state.</param>
    /// <param name="profiles">Makes profiles.</param>
    /// <param name="ids">The ids that are wanted; null: all.</param>
    /// <exception cref="InvalidDataException">A line is no report.</exception>
    public static IReadOnlyDictionary<string, ReportProfile> Profiles(string file, ReportReader reports, ProfileReader profiles, IReadOnlySet<string>? ids = null)
    {
        var found = new Dictionary<string, ReportProfile>(StringComparer.Ordinal);
        var number = 0;
        foreach (var row in JsonLines.Read(file))
        {
            number++;
            var id = IdOf(row) ?? throw new InvalidDataException($"{file}, line {number}: \"id\" is missing.");
            if (ids is null || ids.Contains(id))
            {
                var text = Optional(row, "text") ?? throw new InvalidDataException($"{file}, line {number}: \"text\" is missing or no string.");
                var (title, time) = (Optional(row, "title") ?? "", Optional(row, "report_time") ?? Optional(row, "time"));
                found[id] = profiles.Read(text, title, time, reports.Read(text, title, time));
            }
        }

        return found;
    }

    /// <summary>An id as a string; numbers as they are written.</summary>
    public static string? IdOf(JsonElement row, string name = "id") =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number ? id.ToString() : null;

    private static string? Optional(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
