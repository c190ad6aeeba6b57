using System.Globalization;
using System.Text.Json.Nodes;

namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>Something that happened in the chain, recorded by a company.</summary>
/// <param name="At">When, by the clock of the chain.</param>
/// <param name="Body">The event, but for its time.</param>
internal sealed record ChainEvent(DateTimeOffset At, Firm Firm, JsonObject Body)
{
    /// <summary>What gets identifiers by it.</summary>
    public IReadOnlyList<Made> Made { get; init; } = [];

    /// <summary>The press cycle that it tells of.</summary>
    public PressCycle? Cycle { get; init; }

    /// <summary>Its place among all events of the chain.</summary>
    public long Number { get; init; }

    /// <summary>The event as it is captured.</summary>
    /// <param name="time">When it happened by our clock.</param>
    /// <param name="speed">How many times faster the chain's clock went.</param>
    /// <param name="chain">Which chain it is of.</param>
    public JsonObject ToJson(DateTimeOffset time, double speed, string chain)
    {
        var json = new JsonObject { ["type"] = Body["type"]!.DeepClone(), ["eventTime"] = Rfc3339(time), ["eventTimeZoneOffset"] = "+08:00" };
        foreach (var (name, value) in Body.Where(each => each.Key != "type"))
        {
            json[name] = value!.DeepClone();
        }

        json["demo:chain"] = chain;
        json["demo:number"] = Number;
        if (Cycle is not null)
        {
            json["sensorElementList"] = Sensors(Cycle, time, speed);
        }

        return json;
    }

    // Units are codes of UN/CEFACT Recommendation 20. The chamber has a gauge of its own.
    private static JsonArray Sensors(PressCycle cycle, DateTimeOffset end, double speed)
    {
        var start = end.AddMinutes(-cycle.Minutes / speed);
        return new(
            Element(cycle.Press, start, end, ("Temperature", cycle.Temperature, "CEL"), ("Time", cycle.Dwell, "MIN"), ("Pressure", cycle.Pressure, "MPA")),
            Element($"{cycle.Press}-CHAMBER", start, end, ("Pressure", cycle.Vacuum, "KPA")));
    }

    private static JsonObject Element(string device, DateTimeOffset start, DateTimeOffset end, params IEnumerable<(string Type, double Value, string Unit)> reports) => new()
    {
        ["sensorMetadata"] = new JsonObject { ["startTime"] = Rfc3339(start), ["endTime"] = Rfc3339(end), ["deviceID"] = device },
        ["sensorReport"] = new JsonArray([.. reports.Select(each => new JsonObject { ["type"] = each.Type, ["value"] = each.Value, ["uom"] = each.Unit })]),
    };

    private static string Rfc3339(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
