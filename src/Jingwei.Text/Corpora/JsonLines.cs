using System.Text.Json;

namespace Jingwei.Text.Corpora;

/// <summary>Files of one JSON object a line.</summary>
internal static class JsonLines
{
    internal static IEnumerable<JsonElement> Read(string file)
    {
        foreach (var line in File.ReadLines(file).Where(line => line.Length > 0))
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }
}
