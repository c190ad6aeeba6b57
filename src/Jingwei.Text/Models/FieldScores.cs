using Jingwei.Text.Corpora;
using Jingwei.Text.Fields;

namespace Jingwei.Text.Models;

/// <summary>How many articles had a field right, of those whose facts are known and not ambiguous.</summary>
public sealed class FieldScores
{
    private readonly SortedDictionary<string, (int Right, int All)> counts = new(StringComparer.Ordinal);

    /// <summary>Share of articles with each field right; "all" is the share with all of them.</summary>
    public IReadOnlyDictionary<string, double> Shares => counts.ToDictionary(pair => pair.Key, pair => (double)pair.Value.Right / Math.Max(pair.Value.All, 1), StringComparer.Ordinal);

    /// <summary>Number of articles.</summary>
    public int Articles { get; private set; }

    /// <summary>Reads the articles and compares with the facts of a second file.</summary>
    /// <param name="reader">Reads reports.</param>
    /// <param name="articles">JSON lines with id, title, report_time, text.</param>
    /// <param name="facts">JSON lines with id, dates (any of them is right), province, deaths, injured, ambiguous.</param>
    public static FieldScores Measure(ReportReader reader, string articles, string facts)
    {
        var scores = new FieldScores();
        var byId = CorpusFiles.ReadArticles(articles).ToDictionary(article => article.Id, StringComparer.Ordinal);
        foreach (var row in JsonLines.Read(facts).Where(row => !row.GetProperty("ambiguous").GetBoolean()))
        {
            var article = byId[row.GetProperty("id").GetString()!];
            scores.Add(reader.Read(article.Text, article.Title ?? "", article.ReportTime), row);
        }

        return scores;
    }

    private void Add(ReportFacts read, System.Text.Json.JsonElement row)
    {
        var dates = row.GetProperty("dates").EnumerateArray().Select(date => date.GetString()).ToArray();
        var date = dates.Length == 0 || dates.Contains(read.Date?.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var province = row.GetProperty("province").GetString() == read.Province?.Value;
        var dead = Number(row, "deaths") == read.Dead?.Value;
        var injured = Number(row, "injured") == read.Injured?.Value;
        Articles++;
        if (dates.Length > 0)
        {
            Count("date", date);
        }

        Count("province", province);
        Count("dead", dead);
        Count("injured", injured);
        Count("all", date && province && dead && injured);
    }

    private void Count(string field, bool right)
    {
        var (before, all) = counts.GetValueOrDefault(field);
        counts[field] = (before + (right ? 1 : 0), all + 1);
    }

    private static int? Number(System.Text.Json.JsonElement row, string name) =>
        row.GetProperty(name).ValueKind == System.Text.Json.JsonValueKind.Null ? null : row.GetProperty(name).GetInt32();
}
