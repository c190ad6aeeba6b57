using Jingwei.Demo.Emergency.Desks;
using Jingwei.Demo.Emergency.Feeds;
using Jingwei.Demo.Emergency.Simulation;
using Jingwei.Demo.Emergency.Telling;

namespace Jingwei.Demo.Emergency;

/// <summary>The whole play: make regions, people and layers known, load the past, and let the day come.</summary>
internal sealed class Demonstration(DemoStart settings, TimeProvider time, Journal journal)
{
    private static readonly TimeSpan ChinaStandardTime = TimeSpan.FromHours(8);

    public async Task RunAsync(CancellationToken stop)
    {
        using var api = new Api(settings.Url, settings.Token);
        journal.Write($"waiting for {settings.Url} to be ready");
        await api.WaitUntilReadyAsync(time, stop);
        var places = Places.Load();
        var registration = new Registration(api, places);
        await registration.PlacesAsync(stop);
        await registration.LayersAsync(settings.Seed, stop);
        using var people = new People(settings.Url, places);
        await people.AddDeskAsync(api, stop);
        await using var feeds = await FeedHost.StartAsync(stop);
        await new FeedRegistration(api).RegisterAsync(feeds, stop);
        journal.Write($"registered {places.All.Count} regions, layers and feeds, all of it simulated");
        await PlayAsync(api, places, people, feeds, stop);
    }

    private async Task PlayAsync(Api api, Places places, People people, FeedHost feeds, CancellationToken stop)
    {
        var told = new Told();
        var start = time.GetUtcNow();
        var clock = new DayClock(time, start, settings.Speed);
        var ways = new Ways(await people.OfAsync(People.Desk, stop), feeds, clock, told, journal);
        var first = new Day(places, settings.Seed, number: 0, start.ToOffset(ChinaStandardTime).Month);
        told.Know(first.Stories);
        journal.Write($"the day begins: {first.Stories.Count} stories, {first.Reports.Count} reports");
        await FirstFailureAsync(
            stop,
            stopping => new DayPlay(places, settings, clock, ways, told, journal).RunAsync(first, stopping),
            stopping => new WeatherBureau(feeds, places, clock).RunAsync(stopping),
            async stopping =>
            {
                // Calls come in before everybody is at his desk.
                await people.AddOthersAsync(api, places, stopping);
                journal.Write($"{people.All.Count} simulated users have come, among them {People.Commander} and {People.Duty(places["330300"], 1)}; their password in this run: {people.Password}");
                await new Registration(api, places).PastAsync(Archive.Of(places, settings.Seed, start), journal, stopping);
                await Task.WhenAll(
                    new Deeds(people, told, clock, journal).RunAsync(first.Stories, stopping),
                    new Offices(people, places, told, settings, time, journal).RunAsync(stopping));
            });
    }

    /// <summary>Plays all parts; when one fails the others are stopped, and its exception is what comes out.</summary>
    private static async Task FirstFailureAsync(CancellationToken stop, params Func<CancellationToken, Task>[] parts)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var playing = parts.Select(part => part(ending.Token)).ToList();
        var all = Task.WhenAll(playing);
        while (playing.Count > 0)
        {
            var ended = await Task.WhenAny(playing);
            playing.Remove(ended);
            if (!ended.IsCompletedSuccessfully)
            {
                await ending.CancelAsync();
                break;
            }
        }

        await all;
    }
}
