using System.Text.Json.Nodes;

namespace Jingwei.Demo.Emergency.Feeds;

/// <summary>Has the server read the feeds; those of an earlier run are told their new address.</summary>
internal sealed class FeedRegistration(Api api)
{
    // Seconds between two readings, as often as the server allows.
    private const int Every = 10;

    public async Task RegisterAsync(FeedHost host, CancellationToken stop)
    {
        var there = (await api.GetAsync("api/feeds", stop))["items"]!.AsArray();
        await AddAsync(host.News.Name, $"{host.Root}/news.atom", there, stop);
        await AddAsync(host.Radio.Name, $"{host.Root}/radio.rss", there, stop);
        await AddAsync(WeatherFeed.Name, $"{host.Root}/weather.atom", there, stop);
    }

    private async Task AddAsync(string name, string url, JsonArray there, CancellationToken stop)
    {
        var feed = new JsonObject
        {
            ["name"] = name,
            ["url"] = url,
            ["party"] = Registration.Party,
            ["region"] = Simulation.Places.Province,
            ["sourceKind"] = "media",
            ["every"] = Every,
        };
        if (there.FirstOrDefault(each => (string?)each!["name"] == name) is { } known)
        {
            await api.PutAsync($"api/feeds/{(string)known["id"]!}", feed, stop);
        }
        else
        {
            await api.PostAsync("api/feeds", feed, stop);
        }
    }
}
