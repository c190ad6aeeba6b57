using System.Text.Encodings.Web;
using System.Text.Json;

namespace Jingwei.Server.Reports;

/// <summary>
/// Answers JSON lines: one line out for each line in, in order. A line that cannot be read is answered by
/// {"id":..,"error":..}; it harms no other.
/// </summary>
/// <param name="echoed">Members that every answer begins with, as they were in the line; null where they were not.</param>
/// <param name="check">What is wrong with an object; empty where nothing is.</param>
internal sealed class LineFilter(string[] echoed, Func<JsonElement, string> check)
{
    /// <summary>Characters of one line at most; a longer one is answered by an error.</summary>
    internal const int LongestLine = 16 << 20;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Lines with "id" and "text".</summary>
    internal static LineFilter OfTexts { get; } = new(
        ["id"],
        row => row.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String && IsText(text) ? "" : "\"text\" is missing or no string.");

    /// <summary>Reads all lines; gives the number that could not be read.</summary>
    /// <param name="input">JSON lines, UTF-8.</param>
    /// <param name="output">Gets the answers.</param>
    /// <param name="answer">Writes the members of the answer to one line's object, behind those echoed.</param>
    internal int Run(TextReader input, Stream output, Action<JsonElement, Utf8JsonWriter> answer)
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

    private bool Answer(string line, Utf8JsonWriter writer, Action<JsonElement, Utf8JsonWriter> answer)
    {
        var members = new JsonElement?[echoed.Length];
        string problem;
        try
        {
            if (line.Length <= LongestLine)
            {
                using var document = JsonDocument.Parse(line);
                problem = Check(document.RootElement, members);
                if (problem.Length == 0)
                {
                    writer.WriteStartObject();
                    Echo(writer, members);
                    answer(document.RootElement, writer);
                    writer.WriteEndObject();
                    return true;
                }
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
        Echo(writer, members);
        writer.WriteString("error", problem);
        writer.WriteEndObject();
        return false;
    }

    private string Check(JsonElement root, JsonElement?[] members)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return "The line is no JSON object.";
        }

        for (var i = 0; i < echoed.Length; i++)
        {
            members[i] = root.TryGetProperty(echoed[i], out var member) ? member.Clone() : null;
        }

        return check(root);
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

    private void Echo(Utf8JsonWriter writer, JsonElement?[] members)
    {
        for (var i = 0; i < echoed.Length; i++)
        {
            writer.WritePropertyName(echoed[i]);
            if (members[i] is { } member)
            {
                member.WriteTo(writer);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
