using System.Text.Json.Nodes;
using Jingwei.Demo.Factory.Simulation;

namespace Jingwei.Demo.Factory;

/// <summary>
/// How the plant hears what was decided on the platform: improvements on the operation that are in effect change how it is run, and a
/// work order on the machine with the bad spindle that is done because of its bearings has replaced it. Another cause or measure changes nothing.
/// </summary>
internal sealed class Measures(Api api, Trouble trouble, TimeProvider time, Journal journal)
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (string Version, JsonNode Detail)> read = new(StringComparer.Ordinal);

    public async Task RunAsync(LiveRun live, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Round, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                live.Take(await DecidedAsync(stop));
            }
            catch (Exception e) when (Api.IsFailure(e))
            {
                journal.Write($"measures: {e.Message}");
            }
        }
    }

    /// <summary>What the cases say now.</summary>
    public async Task<Remedies> DecidedAsync(CancellationToken stop)
    {
        var inEffect = await FieldsAsync("improvement", trouble.Operation, ["in_effect", "confirmed"], "measure", stop);
        var causes = await FieldsAsync("work-order", trouble.Machine.Place.Id, ["repaired", "verified"], "cause", stop);
        return new Remedies(
            inEffect.Contains("change_at_life"), inEffect.Contains("prepare_ahead"), trouble.Now.SoundSpindle || causes.Contains("bearing"));
    }

    private async Task<HashSet<string>> FieldsAsync(string type, string thing, string[] states, string field, CancellationToken stop)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        var cases = await api.GetAsync($"api/cases?type={type}&thing={Uri.EscapeDataString(thing)}&limit=200", stop);
        foreach (var one in (cases["items"] as JsonArray)?.OfType<JsonObject>().Where(one => states.Contains((string?)one["state"])) ?? [])
        {
            if ((string?)(await ReadAsync(one, stop))["fields"]?[field] is { } value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    private async Task<JsonNode> ReadAsync(JsonObject one, CancellationToken stop)
    {
        var (id, version) = ((string)one["id"]!, one["version"]!.ToString());
        if (read.TryGetValue(id, out var known) && known.Version == version)
        {
            return known.Detail;
        }

        var detail = await api.GetAsync($"api/cases/{Uri.EscapeDataString(id)}", stop);
        read[id] = (version, detail);
        return detail;
    }
}
