using System.Text.Json.Nodes;
using Jingwei.Demo.Emergency.Simulation;

namespace Jingwei.Demo.Emergency;

/// <summary>Makes regions, parties, layers and the past known to the server; what exists already is left as it is.</summary>
internal sealed class Registration(Api api, Places places)
{
    /// <summary>The province's emergency management: everything that is reported belongs to it.</summary>
    public const string Party = "zj-emergency";

    /// <summary>The party of a city's emergency management.</summary>
    public static string PartyOf(Place city) => city.Kind == "city" ? $"{Party}-{city.Word}" : Party;

    public async Task PlacesAsync(CancellationToken stop)
    {
        foreach (var place in places.All)
        {
            await api.CreateAsync("api/regions", new JsonObject { ["id"] = place.Code, ["name"] = place.Name, ["parent"] = place.Parent, ["kind"] = place.Kind }, stop);
        }

        await PartyAsync(Party, "浙江省应急管理厅（模拟）", "root", stop);
        foreach (var city in places.Cities)
        {
            await PartyAsync(PartyOf(city), $"{city.Name}应急管理局（模拟）", Party, stop);
        }
    }

    /// <summary>Loads the layers that the party does not have yet.</summary>
    public async Task LayersAsync(int seed, CancellationToken stop)
    {
        foreach (var (layer, features) in SimulatedLayers.Of(places, seed))
        {
            var there = await api.PutAsync($"api/layers/{layer}?party={Party}&preview=true", features, stop);
            if ((int)there["before"]! == 0)
            {
                await api.PutAsync($"api/layers/{layer}?party={Party}", features, stop);
            }
        }
    }

    /// <summary>Loads the incidents of the past; the server knows those that it has by their numbers.</summary>
    public async Task PastAsync(IReadOnlyList<PastIncident> past, Journal journal, CancellationToken stop)
    {
        var answer = await api.PostAsync("api/incidents/archive", new JsonArray([.. past.Select(Archived)]), stop);
        journal.Write($"past: {(int)answer["taken"]!} closed incidents of the last month loaded");
    }

    private static JsonObject Archived(PastIncident each) => new()
    {
        ["number"] = each.Number,
        ["title"] = each.Title,
        ["text"] = each.Text,
        ["region"] = each.Region,
        ["position"] = new JsonObject { ["lon"] = each.Lon, ["lat"] = each.Lat },
        ["severity"] = each.Severity,
        ["opened"] = each.Opened,
        ["closed"] = each.Closed,
        ["party"] = Party,
    };

    private Task<bool> PartyAsync(string id, string name, string parent, CancellationToken stop) => api.CreateAsync(
        "api/parties", new JsonObject { ["id"] = id, ["name"] = name, ["parent"] = parent, ["zone"] = "Asia/Shanghai" }, stop);
}
