using Jingwei.Demo.Emergency.Simulation;
using Jingwei.Demo.Emergency.Telling;

namespace Jingwei.Demo.Emergency.Desks;

/// <summary>What an officer would know by asking back: which story an incident is about.</summary>
internal static class Stories
{
    /// <summary>The story that most of an incident's reports are about, as far as the program told them; null where it told none.</summary>
    public static async Task<Story?> OfAsync(Api api, Told told, string incident, CancellationToken stop) =>
        (await api.GetAsync($"api/reports?incident={Uri.EscapeDataString(incident)}&limit=100", stop))["items"]!.AsArray()
            .Select(report => told.StoryOf((string)report!["id"]!)).OfType<Story>()
            .GroupBy(story => story.Id).OrderByDescending(group => group.Count()).FirstOrDefault()?.First();
}
