using System.Text.Json.Nodes;
using Jingwei.Demo.Emergency.Telling;

namespace Jingwei.Demo.Emergency.Desks;

/// <summary>Decides whether two incidents are one, where the server proposes that: as the stories say.</summary>
internal sealed class Proposing(People people, Told told, Journal journal)
{
    /// <summary>Decides on the first proposal of an incident of which both stories are known; false where there is none such.</summary>
    public async Task<bool> DecideAsync(Api duty, string id, CancellationToken stop)
    {
        var detail = await duty.GetAsync($"api/incidents/{Uri.EscapeDataString(id)}", stop);
        foreach (var proposal in detail["proposals"]!.AsArray().OfType<JsonObject>().Where(each => (bool)each["open"]!))
        {
            var other = (string)proposal["id"]!;

            // The other one may lie in another city: who decides must see both.
            var province = await people.OfAsync(People.Desk, stop);
            if (await Stories.OfAsync(province, told, id, stop) is not { } mine || await Stories.OfAsync(province, told, other, stop) is not { } its)
            {
                continue;
            }

            if (mine.Id == its.Id)
            {
                await province.PostAsync($"api/incidents/{Uri.EscapeDataString(id)}/merge", new JsonObject { ["into"] = other, ["reason"] = "电话核实为同一起事件" }, stop);
                journal.Write($"{id} is a part of {other}: merged");
            }
            else
            {
                await province.PostAsync(
                    $"api/incidents/{Uri.EscapeDataString(id)}/proposals/{Uri.EscapeDataString(other)}/refuse", new JsonObject { ["reason"] = "核实地点与经过不同" }, stop);
                journal.Write($"{id} is not {other}: refused");
            }

            return true;
        }

        return false;
    }
}
