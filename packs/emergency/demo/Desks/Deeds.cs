using System.Text.Json.Nodes;
using Jingwei.Demo.Emergency.Simulation;
using Jingwei.Demo.Emergency.Telling;

namespace Jingwei.Demo.Emergency.Desks;

/// <summary>What officers do about the written stories when its minute comes: comment, raise the severity, warn the public, correct a figure, instruct and answer, dismiss a rumour.</summary>
internal sealed class Deeds(People people, Told told, DayClock clock, Journal journal)
{
    // A report that has just come may not have its incident yet.
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // Of more reports nobody would look at each.
    private const int Asked = 12;

    private const string AnswerWithin = "30m";

    public async Task RunAsync(IReadOnlyList<Story> stories, CancellationToken stop)
    {
        var deeds = stories.SelectMany(story => (story.Acts ?? []).Select(deed => (Story: story, Deed: deed))).OrderBy(each => each.Deed.At);
        foreach (var (story, deed) in deeds)
        {
            await clock.UntilAsync(deed.At, stop);
            try
            {
                await DoAsync(story, deed, stop);
            }
            catch (Exception e) when (Api.IsFailure(e))
            {
                journal.Write($"{deed.Who}: {deed.Act} on {story.Id} was refused: {e.Message}");
            }
        }
    }

    private async Task DoAsync(Story story, Deed deed, CancellationToken stop)
    {
        var api = await people.OfAsync(deed.Who, stop);
        if (await IncidentAsync(story, stop) is not { } incident)
        {
            journal.Write($"{deed.Who}: {story.Id} has no incident to {deed.Act} on");
            return;
        }

        switch (deed.Act)
        {
            case "comment":
                await api.PostAsync($"api/cases/{incident}/comments", new JsonObject { ["text"] = deed.Text }, stop);
                break;
            case "warn":
                await api.PostAsync("api/warnings", Warning(deed, incident), stop);
                break;
            case "raise":
                await api.PatchAsync($"api/cases/{incident}", new JsonObject { ["severity"] = deed.Severity, ["reason"] = deed.Text }, stop);
                break;
            case "correct":
                await CorrectAsync(api, deed, incident, stop);
                break;
            case "supervise":
                await api.PostAsync(
                    $"api/cases/{incident}/supervisions", new JsonObject { ["kind"] = "instruct", ["text"] = deed.Text, ["answerWithin"] = AnswerWithin }, stop);
                break;
            case "answer":
                await AnswerAsync(api, deed, incident, stop);
                break;
            case "dismiss":
                await api.PostAsync($"api/cases/{incident}/transitions/dismiss", new JsonObject { ["comment"] = deed.Text }, stop);
                break;
            default:
                throw new HttpRequestException($"there is no act {deed.Act}");
        }

        journal.Write($"{deed.Who}: {deed.Act} on {incident}");
    }

    // The one that most of the story's first reports came to, as the province's desk sees them: of some a city cannot know yet that they are about it.
    private async Task<string?> IncidentAsync(Story story, CancellationToken stop)
    {
        var desk = await people.OfAsync(People.Desk, stop);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var incidents = new List<string>();
            foreach (var report in told.Of(story.Id).Take(Asked))
            {
                if ((string?)(await desk.GetAsync($"api/reports/{report}", stop))["report"]!["incident"] is { } incident)
                {
                    incidents.Add(incident);
                }
            }

            if (incidents.GroupBy(incident => incident).MaxBy(group => group.Count()) is { } most)
            {
                return Uri.EscapeDataString(most.Key);
            }

            await clock.PauseAsync(Pause, stop);
        }

        return null;
    }

    private JsonObject Warning(Deed deed, string incident) => new()
    {
        ["event"] = "应急疏散",
        ["headline"] = deed.Text,
        ["description"] = deed.Detail,
        ["instruction"] = deed.Advice,
        ["severity"] = deed.Severity,
        ["regions"] = new JsonArray([.. deed.Regions!.Select(region => JsonValue.Create(region))]),
        ["to"] = clock.At(deed.At + (deed.Hours * 60)),
        ["party"] = Registration.Party,
        ["incident"] = incident,
    };

    private static async Task AnswerAsync(Api api, Deed deed, string incident, CancellationToken stop)
    {
        var asked = (await api.GetAsync($"api/cases/{incident}", stop))["supervision"]!.AsArray().FirstOrDefault(each => each!["answer"] is null);
        if (asked is not null)
        {
            await api.PostAsync($"api/cases/{incident}/supervisions/{(long)asked["seq"]!}/answer", new JsonObject { ["text"] = deed.Text }, stop);
        }
    }

    // The report that has a figure wrong; the incident goes by what a person says.
    private static async Task CorrectAsync(Api api, Deed deed, string incident, CancellationToken stop)
    {
        var reports = await api.GetAsync($"api/reports?incident={incident}&q={Uri.EscapeDataString(deed.Find!)}", stop);
        if (reports["items"]!.AsArray() is [{ } wrong, ..])
        {
            await api.PutAsync($"api/reports/{(string)wrong["id"]!}/facts/{deed.Fact}", new JsonObject { ["number"] = deed.Number }, stop);
            await api.PostAsync($"api/cases/{incident}/comments", new JsonObject { ["text"] = deed.Text }, stop);
        }
    }
}
