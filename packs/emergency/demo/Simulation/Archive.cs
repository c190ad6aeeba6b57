using System.Globalization;

namespace Jingwei.Demo.Emergency.Simulation;

/// <summary>An incident of the past.</summary>
/// <param name="Number">As the system before knew it.</param>
internal sealed record PastIncident(string Number, string Title, string Text, string Region, double Lon, double Lat, string Severity, DateTimeOffset Opened, DateTimeOffset Closed);

/// <summary>The incidents of the last month, of the kinds that the season has.</summary>
internal static class Archive
{
    private const int Days = 31;
    private const int EachDay = 13;

    public static IReadOnlyList<PastIncident> Of(Places places, int seed, DateTimeOffset now)
    {
        var random = new Random(seed);
        var past = new List<PastIncident>();
        for (var day = Days; day > 0; day--)
        {
            var stories = new SmallStories(places, random, now.AddDays(-day).Month);
            for (var index = 0; index < EachDay; index++)
            {
                past.Add(Make(stories, random, now.AddDays(-day).AddDays(random.NextDouble()), now, past.Count + 1));
            }
        }

        return past;
    }

    private static PastIncident Make(SmallStories stories, Random random, DateTimeOffset opened, DateTimeOffset now, int number)
    {
        var (kind, place, words) = stories.Draw();
        var hours = kind.Hours[0] + (random.NextDouble() * (kind.Hours[1] - kind.Hours[0]));
        var closed = opened.AddHours(hours) < now.AddMinutes(-1) ? opened.AddHours(hours) : now.AddMinutes(-1);
        opened = opened < closed ? opened : closed.AddMinutes(-30);
        return new PastIncident(
            string.Create(CultureInfo.InvariantCulture, $"SIM-{number:0000}"),
            Wording.Fill(kind.Title, words) + "（模拟）",
            Wording.Date(Wording.Fill(kind.Past, words), opened, closed),
            place.Code,
            Math.Round(place.Lon + ((random.NextDouble() - 0.5) * 0.1), 4),
            Math.Round(place.Lat + ((random.NextDouble() - 0.5) * 0.1), 4),
            random.NextDouble() switch { < 0.01 => "red", < 0.05 => "orange", < 0.28 => "yellow", _ => "blue" },
            opened,
            closed);
    }
}
