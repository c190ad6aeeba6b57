using System.Text.Json;

namespace Jingwei.Text.Corpora;

/// <summary>Reads annotated corpora: one JSON object a line.</summary>
internal static class CorpusFiles
{
    /// <summary>Emergency articles: the spans of all their events.</summary>
    internal static IReadOnlyList<LabelledText> ReadArticles(string file) =>
    [
        .. JsonLines.Read(file).Select(row => new LabelledText(
            row.GetProperty("id").GetString()!,
            row.GetProperty("title").GetString(),
            row.GetProperty("report_time").GetString(),
            row.GetProperty("text").GetString()!,
            [.. row.GetProperty("events").EnumerateArray().SelectMany(each => each.GetProperty("spans").EnumerateArray()).Select(Span).Distinct()])),
    ];

    /// <summary>Sentences with entities.</summary>
    internal static IReadOnlyList<LabelledText> ReadSentences(string file) =>
    [
        .. JsonLines.Read(file).Select(row => new LabelledText(
            row.GetProperty("id").GetString()!, null, null, row.GetProperty("text").GetString()!,
            [.. row.GetProperty("spans").EnumerateArray().Select(Span).Distinct()])),
    ];

    private static TextSpan Span(JsonElement span) =>
        new(span.GetProperty("label").GetString()!, span.GetProperty("start").GetInt32(), span.GetProperty("end").GetInt32());
}
