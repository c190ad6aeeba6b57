using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Jingwei.Server;

/// <summary>
/// Answers `?format=csv` on any list with the same items as rows (RFC 4180, UTF-8 with a byte order mark, which
/// spreadsheets need to see Chinese). Labels come out in the language that the request prefers.
/// </summary>
public sealed class CsvExport(IOptions<JsonOptions> json) : IEndpointFilter
{
    private const string ContentType = "text/csv; charset=utf-8";
    private const string FileName = "export.csv";

    public static bool IsWanted(HttpContext context) => context.Request.Query["format"] == "csv";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        if (!IsWanted(context.HttpContext) || Value(answer) is not { } value ||
            JsonSerializer.SerializeToNode(value, value.GetType(), json.Value.SerializerOptions)?["items"] is not JsonArray items)
        {
            return answer;
        }

        var language = context.HttpContext.Request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "zh";
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Write(items, language))).ToArray();
        return TypedResults.File(bytes, ContentType, FileName);
    }

    /// <summary>Announces rows that an endpoint writes itself.</summary>
    public static void Begin(HttpResponse response)
    {
        response.ContentType = ContentType;
        response.Headers.ContentDisposition = $"attachment; filename={FileName}; filename*=UTF-8''{FileName}";
    }

    /// <summary>A text as a cell.</summary>
    public static string Cell(string text) => Quote(Harmless(text));

    private static object? Value(object? answer) => answer switch
    {
        INestedHttpResult { Result: var inner } => Value(inner),
        IValueHttpResult { Value: var value } => value,
        _ => null,
    };

    private static string Write(JsonArray items, string language)
    {
        var columns = items.OfType<JsonObject>().SelectMany(item => item.Select(member => member.Key)).Distinct().ToList();
        var text = new StringBuilder().AppendJoin(',', columns.Select(Quote)).Append("\r\n");
        foreach (var item in items.OfType<JsonObject>())
        {
            text.AppendJoin(',', columns.Select(column => Quote(Cell(item[column], language)))).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Cell(JsonNode? node, string language) => node switch
    {
        null => "",
        JsonObject label when label.Count == 2 && label.ContainsKey("zh") && label.ContainsKey("en") => Harmless(label[language]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Harmless(value),
        JsonValue value => value.ToString(),
        _ => node.ToJsonString(),
    };

    // A cell that starts like a formula would be run by the spreadsheet (OWASP: CSV injection); numbers stay numbers.
    private static string Harmless(JsonNode? value) => Harmless(value?.ToString() ?? "");

    private static string Harmless(string text) =>
        text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? "'" + text : text;

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
