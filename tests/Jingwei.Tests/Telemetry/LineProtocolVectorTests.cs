using System.Text;
using System.Text.Json;
using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Tests.Telemetry;

/// <summary>The decoder corpus of influxdata/line-protocol: every input gives the points, or the failure, that it says.</summary>
[Trait("Category", "Vectors")]
public sealed class LineProtocolVectorTests
{
    [Fact]
    public void Every_decoder_vector_gives_its_points_or_fails()
    {
        using var corpus = JsonDocument.Parse(File.ReadAllBytes(External.Vectors("influx", "open", "corpus.json")));
        var wrong = corpus.RootElement.GetProperty("decode").EnumerateObject()
            .Where(vector => Expected(vector.Value) != Actual(vector.Value.GetProperty("input")))
            .Select(vector => $"{vector.Name}\n  wanted {Expected(vector.Value)}\n  got    {Actual(vector.Value.GetProperty("input"))}")
            .ToList();

        Assert.True(wrong.Count == 0, $"{wrong.Count} vectors fail:\n{string.Join('\n', wrong.Take(20))}");
    }

    private static string Expected(JsonElement vector)
    {
        var output = vector.GetProperty("output");
        if (!output.TryGetProperty("result", out var points))
        {
            return output.TryGetProperty("error", out _) ? "error" : "";
        }

        return string.Join('\n', points.EnumerateArray().Select(point => string.Join(' ',
            Text(point.GetProperty("name")),
            string.Join(',', point.GetProperty("tags").EnumerateArray().Select(tag => $"{Text(tag.GetProperty("key"))}={Text(tag.GetProperty("value"))}")),
            string.Join(',', point.GetProperty("fields").EnumerateArray().Select(field => $"{Text(field.GetProperty("key"))}={Value(field.GetProperty("value"))}")),
            point.GetProperty("time").GetInt64())));
    }

    private static string Actual(JsonElement input)
    {
        var (scale, normal) = input.GetProperty("precision").GetString() switch
        {
            "1ns" => (1L, 1L),
            "1µs" => (1_000L, 1_000L),
            "1ms" => (1_000_000L, 1_000_000L),
            _ => (1_000_000_000L, 1_000_000_000L),
        };
        var defaultTime = input.GetProperty("defaultTime").GetInt64() / normal * normal;
        var reader = new LineReader(Bytes(input.GetProperty("text")));
        var point = new LinePoint();
        List<string> points = [];
        while (reader.Next(point, out var fault))
        {
            if (fault is not null)
            {
                return "error";
            }

            points.Add(string.Join(' ',
                point.Measurement,
                string.Join(',', point.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}")),
                string.Join(',', point.Fields.Select(field => $"{field.Key}={Value(field.Value)}")),
                point.Time * scale ?? defaultTime));
        }

        return string.Join('\n', points);
    }

    private static string Value(LineValue value) => value.Kind switch
    {
        LineValueKind.Real => Real(value.Real),
        LineValueKind.Whole => $"int {value.Whole}",
        LineValueKind.Natural => $"uint {value.Natural}",
        LineValueKind.Boolean => $"bool {value.Whole == 1}",
        _ => $"text {value.Text}",
    };

    private static string Value(JsonElement value)
    {
        var kind = value.EnumerateObject().Single();
        return kind.Name switch
        {
            "float" => Real(kind.Value.GetDouble()),
            "int" => $"int {kind.Value.GetInt64()}",
            "uint" => $"uint {kind.Value.GetUInt64()}",
            "bool" => $"bool {kind.Value.GetBoolean()}",
            _ => $"text {Text(kind.Value)}",
        };
    }

    // The corpus writes negative zero as 0.
    private static string Real(double number) => $"real {BitConverter.DoubleToInt64Bits(number + 0.0)}";

    private static string Text(JsonElement text) => Encoding.UTF8.GetString(Bytes(text));

    private static byte[] Bytes(JsonElement text) => text.ValueKind == JsonValueKind.String
        ? Encoding.UTF8.GetBytes(text.GetString()!)
        : text.GetProperty("binary").GetBytesFromBase64();
}
