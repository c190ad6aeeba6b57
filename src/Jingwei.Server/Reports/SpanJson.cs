using System.Text.Json;
using Jingwei.Text;

namespace Jingwei.Server.Reports;

/// <summary>Spans as JSON.</summary>
internal static class SpanJson
{
    internal static void Write(Utf8JsonWriter writer, IReadOnlyList<TextSpan> spans)
    {
        writer.WriteStartArray("spans");
        foreach (var span in spans)
        {
            writer.WriteStartObject();
            writer.WriteString("label", span.Label);
            writer.WriteNumber("start", span.Start);
            writer.WriteNumber("end", span.End);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
