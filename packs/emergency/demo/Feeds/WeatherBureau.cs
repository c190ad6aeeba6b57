using System.Globalization;
using Jingwei.Demo.Emergency.Simulation;

namespace Jingwei.Demo.Emergency.Feeds;

/// <summary>Issues the day's weather warnings when their minute comes.</summary>
internal sealed class WeatherBureau(FeedHost feeds, Places places, DayClock clock)
{
    public async Task RunAsync(CancellationToken stop)
    {
        var issued = new Dictionary<string, Alert>();
        foreach (var bulletin in Shipped.List<Bulletin>("weather.json").OrderBy(each => each.At))
        {
            await clock.UntilAsync(bulletin.At, stop);
            var run = clock.Start.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
            var alert = new Alert(
                $"{run}-{bulletin.Id}", places[bulletin.Of], bulletin, [.. bulletin.Regions.Select(code => places[code])], clock.At(bulletin.At),
                clock.At(bulletin.At + (bulletin.Hours * 60)), bulletin.Replaces is { } before ? issued[before] : null);
            issued[bulletin.Id] = alert;
            feeds.Weather.Add(alert);
        }
    }
}
