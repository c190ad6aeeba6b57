using System.Text.Json.Nodes;
using Jingwei.Demo.Emergency.Simulation;

namespace Jingwei.Demo.Emergency.Desks;

/// <summary>Does the tasks of incidents' plans, one from time to time, each as somebody who has its role.</summary>
internal sealed class Planning(People people, Place place, DemoStart settings, TimeProvider time)
{
    // Minutes of the day between two tasks of one incident.
    private const double Each = 7;

    private readonly Dictionary<string, DateTimeOffset> next = [];

    /// <summary>Does a task that is ready, if its time has come; false when it has not, or there is none.</summary>
    public async Task<bool> WorkAsync(string id, string state, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (state is "reported" || now < next.GetValueOrDefault(id))
        {
            return false;
        }

        // A little apart, so that they do not all come at once.
        next[id] = now.AddMinutes(Each * (1 + (id[^1] % 5 / 5.0)) / settings.Speed);
        var duty = await people.OfAsync(People.Duty(place, 1), stop);
        var path = $"api/cases/{Uri.EscapeDataString(id)}";
        var plan = (await duty.GetAsync(path, stop))["plan"]!.AsArray().OfType<JsonObject>().ToList();
        if (plan.Find(task => (string?)task["progress"] == "ready") is not { } ready)
        {
            return false;
        }

        var who = (string)ready["role"]! switch
        {
            "rescue" => People.Rescue(place),
            "health" => People.Health,
            "publicity" => People.Publicity,
            "commander" => People.Commander,
            _ => People.Duty(place, 1),
        };
        var api = await people.OfAsync(who, stop);
        await api.PostAsync($"{path}/tasks/{(string)ready["id"]!}/done", new JsonObject(), stop);
        return true;
    }
}
