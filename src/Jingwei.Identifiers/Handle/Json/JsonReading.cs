using System.Text.Json;

namespace Jingwei.Identifiers.Handle.Json;

/// <summary>Reads members of JSON objects and remembers the first that is not as it should be.</summary>
internal sealed class JsonReading
{
    /// <summary>What was wrong first; null when nothing was.</summary>
    public string? Problem { get; private set; }

    public void Fail(string problem) => Problem ??= problem;

    /// <summary>A text that must be there.</summary>
    public string Text(JsonElement json, string name) => Text(json, name, null);

    /// <param name="usual">What it is when it is not there; null when it must be.</param>
    public string Text(JsonElement json, string name, string? usual)
    {
        if (Find(json, name) is { ValueKind: JsonValueKind.String } found)
        {
            return found.GetString()!;
        }

        if (usual is null || Find(json, name) is not null)
        {
            Fail($"{name} is no text.");
        }

        return usual ?? "";
    }

    /// <param name="usual">What it is when it is not there; null when it must be.</param>
    public int Number(JsonElement json, string name, int least, int most, int? usual = null)
    {
        if (Find(json, name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        if (usual is null || Find(json, name) is not null)
        {
            Fail($"{name} is no number from {least} to {most}.");
        }

        return usual ?? least;
    }

    public bool Flag(JsonElement json, string name)
    {
        switch (Find(json, name)?.ValueKind)
        {
            case null or JsonValueKind.False:
                return false;
            case JsonValueKind.True:
                return true;
            default:
                Fail($"{name} is neither true nor false.");
                return false;
        }
    }

    public IEnumerable<JsonElement> Elements(JsonElement json, string name)
    {
        if (Find(json, name) is { ValueKind: JsonValueKind.Array } found)
        {
            return found.EnumerateArray();
        }

        if (Find(json, name) is not null)
        {
            Fail($"{name} is no list.");
        }

        return [];
    }

    public JsonElement? Find(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Fail("There is no object where one must be.");
            return null;
        }

        return json.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;
    }
}
