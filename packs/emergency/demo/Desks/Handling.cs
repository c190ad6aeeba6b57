using System.Text.Json.Nodes;
using Jingwei.Demo.Emergency.Simulation;
using Jingwei.Demo.Emergency.Telling;

namespace Jingwei.Demo.Emergency.Desks;

/// <summary>Takes the step that leads on from an incident's state, as the one whose step it is.</summary>
internal sealed class Handling(People people, Place place, Told told)
{
    /// <summary>The step that was taken; null where there is none or somebody was faster.</summary>
    public async Task<string?> MoveOnAsync(string id, string state, CancellationToken stop)
    {
        var (step, who) = state switch
        {
            "reported" => ("verify", People.Duty(place, 1)),
            "verified" => ("dispatch", People.Duty(place, 1)),
            "dispatched" => ("arrive", People.Rescue(place)),
            "on_scene" => ("control", People.Rescue(place)),
            "controlled" => ("recover", People.Duty(place, 1)),
            "recovered" => ("review", People.Commander),
            _ => ("", ""),
        };
        if (step.Length == 0)
        {
            return null;
        }

        var api = await people.OfAsync(who, stop);
        if (step == "dispatch" && await IsFalseAsync(api, id, stop))
        {
            return null;
        }

        var path = $"api/cases/{Uri.EscapeDataString(id)}";
        foreach (var item in step switch { "arrive" => ["scene_confirmed"], "recover" => ["casualties_checked", "scene_handed_back"], _ => Array.Empty<string>() })
        {
            await api.PutAsync($"{path}/checklist/{item}", new JsonObject { ["done"] = true }, stop);
        }

        var now = await api.GetAsync(path, stop);
        return await api.ActAsync($"{path}/transitions/{step}", await RequestAsync(api, id, step, stop), now["version"]!.ToString(), stop) ? step : null;
    }

    private async Task<JsonObject> RequestAsync(Api api, string id, string step, CancellationToken stop)
    {
        switch (step)
        {
            case "dispatch":
                return new JsonObject { ["assignee"] = People.Rescue(place) };
            case "control":
                return new JsonObject { ["fields"] = new JsonObject { ["measures"] = (await StoryAsync(api, id, stop)).Measures } };
            case "review":
                var story = await StoryAsync(api, id, stop);
                return new JsonObject { ["fields"] = new JsonObject { ["cause"] = story.Cause, ["lessons"] = story.Lessons } };
            default:
                return [];
        }
    }

    // Nobody is sent to what never happened: it will be dismissed.
    private async Task<bool> IsFalseAsync(Api api, string id, CancellationToken stop) => await Stories.OfAsync(api, told, id, stop) is { False: true };

    private async Task<Story> StoryAsync(Api api, string id, CancellationToken stop) => await Stories.OfAsync(api, told, id, stop) is { Measures.Length: > 0 } story ? story : Pace.Unknown;
}
