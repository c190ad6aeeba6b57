using System.Globalization;
using System.Text.Json.Nodes;

namespace Jingwei.Demo.Factory;

/// <summary>What the server already holds of one machine: the latest values, and when the newest of them was.</summary>
internal sealed class Recorded
{
    private readonly JsonObject values;

    private Recorded(JsonObject values)
    {
        this.values = values;
        Newest = values.Select(value => Time(value.Value?["ts"])).Max();
    }

    /// <summary>Null when there is nothing.</summary>
    public DateTimeOffset? Newest { get; }

    /// <summary>The latest value of a numeric property, 0 when there is none.</summary>
    public double Number(string property) => values[property]?["value"] is JsonValue value && value.TryGetValue(out double number) ? number : 0;

    public static async Task<Recorded> ReadAsync(Api api, string thing, CancellationToken stop)
    {
        var latest = await api.GetAsync($"api/things/{Uri.EscapeDataString(thing)}/latest", stop);
        return new Recorded(latest["values"] as JsonObject ?? []);
    }

    /// <summary>Hours between two times in which the machine reported energy, which it does whatever its state.</summary>
    public static async Task<int> HoursAsync(Api api, string thing, DateTimeOffset from, DateTimeOffset to, CancellationToken stop)
    {
        var range = $"from={Uri.EscapeDataString(from.ToString("O", CultureInfo.InvariantCulture))}"
            + $"&to={Uri.EscapeDataString(to.ToString("O", CultureInfo.InvariantCulture))}";
        var answer = await api.GetAsync(
            $"api/things/{Uri.EscapeDataString(thing)}/readings?property=energy&{range}&bucket=1h&agg=count", stop);
        return (answer["points"] as JsonArray)?.Count ?? 0;
    }

    private static DateTimeOffset? Time(JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue(out string? text) ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)
        : value.TryGetValue(out long milliseconds) ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        : null;
}
