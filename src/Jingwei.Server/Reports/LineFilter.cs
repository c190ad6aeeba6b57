using System.Text.Encodings.Web;
using System.Text.Json;

namespace Jingwei.Server.Reports;

/// <summary>
/// Answers JSON lines: one line out for each line in, in order. A line that cannot be read is answered by
/// {"id":..,"error":..}; it harms no other.
/// </summary>
internal static class LineFilter
{
    /// <summary>Characters of one line at most; a longer one is answered by an error.</summary>
    internal const int LongestLine = 16 << 20;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads all lines; gives the number that could not be read.</summary>
    /// <param name="input">JSON lines, UTF-8.</param>
    /// <param name="output">Gets the answers.</param>
    /// <param name="answer">Writes the members of the answer to one line's object, behind "id".</param>
    internal static int Run(TextReader input, Stream output, Action<JsonElement, Utf8JsonWriter> answer)
    {
        var bad = 0;
        using var buffered = new BufferedStream(output, 1 << 16);
        using var writer = new Utf8JsonWriter(buffered, Json);
        while (input.ReadLine() is { } line)
        {
            bad += Answer(line, writer, answer) ? 0 : 1;
            writer.Flush();
            writer.Reset();
            buffered.WriteByte((byte)'\n');
        }

        return bad;
    }

    private static bool Answer(string line, Utf8JsonWriter writer, Action<JsonElement, Utf8JsonWriter> answer)
    {
        JsonElement? id = null;
        string problem;
        try
        {
            if (line.Length <= LongestLine)
            {
                using var document = JsonDocument.Parse(line);
                problem = Check(document.RootElement, out id);
                if (problem.Length == 0)
                {
                    writer.WriteStartObject();
                    WriteId(writer, id);
                    answer(document.RootElement, writer);
                    writer.WriteEndObject();
                    return true;
                }

                id = id?.Clone();
            }
            else
            {
                problem = $"The line has {line.Length} characters; at most {LongestLine} are read.";
            }
        }
        catch (JsonException malformed)
        {
            problem = $"The line is no JSON: {malformed.Message}";
        }

        writer.WriteStartObject();
        WriteId(writer, id);
        writer.WriteString("error", problem);
        writer.WriteEndObject();
        return false;
    }

    private static string Check(JsonElement root, out JsonElement? id)
    {
        id = null;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return "The line is no JSON object.";
        }

        id = root.TryGetProperty("id", out var named) ? named : null;
        return root.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String && IsText(text)
            ? ""
            : "\"text\" is missing or no string.";
    }

    // A string may hold half a surrogate pair, which no string of .NET's JSON reader can be made of.
    private static bool IsText(JsonElement text)
    {
        try
        {
            return text.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void WriteId(Utf8JsonWriter writer, JsonElement? id)
    {
        writer.WritePropertyName("id");
        if (id is { } named)
        {
            named.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
