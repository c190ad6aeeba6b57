using System.Globalization;

namespace Jingwei.Demo.Emergency.Simulation;

/// <summary>Makes small incidents out of their kinds: each in a county, with its own words and figures, told by several sources.</summary>
internal sealed class SmallStories(Places places, Random random, int month)
{
    // Of these some are under way or begin while somebody who has just come looks on; the others come over the day.
    private const int Early = 14;
    private const double EarlyMinutes = 25;

    // A sea lies before these cities.
    private static readonly string[] Coasts = ["330200", "330300", "330900", "331000"];

    private readonly IReadOnlyList<StoryKind> kinds = Shipped.List<StoryKind>("kinds.json");
    private readonly IReadOnlyList<Place> inland = [.. places.Counties.Where(county => county.Towns.Count > 0)];
    private readonly HashSet<(string Kind, string Region)> used = [];

    /// <summary>So many stories of a day.</summary>
    /// <param name="day">Stands in their ids.</param>
    public IEnumerable<Story> Of(int count, int day)
    {
        for (var index = 0; index < count; index++)
        {
            var begins = index < Early ? (EarlyMinutes * index / Early) - 3 : EarlyMinutes + (random.NextDouble() * (Day.Length - EarlyMinutes - 120));
            yield return Make(begins, $"{day}-{index + 1}");
        }
    }

    /// <summary>A kind and a county for it, and what its names stand for.</summary>
    public (StoryKind Kind, Place Place, IReadOnlyDictionary<string, string> Words) Draw()
    {
        var kind = Kind();
        var counties = kind.Coast ? [.. inland.Where(county => Coasts.Contains(county.Parent))] : inland;
        var place = counties[random.Next(counties.Count)];

        // Two of a kind in one county on one day nobody could tell apart.
        for (var attempt = 0; attempt < 20 && !used.Add((kind.Id, place.Code)); attempt++)
        {
            place = counties[random.Next(counties.Count)];
        }

        return (kind, place, Words(kind, place));
    }

    private Story Make(double begins, FormattableString number)
    {
        var (kind, place, words) = Draw();
        return new Story(
            $"{kind.Id}-{number.ToString(CultureInfo.InvariantCulture)}", place.Code, begins, Wording.Fill(kind.Title, words), Wording.Fill(kind.Cause, words),
            Wording.Fill(kind.Measures, words), Wording.Fill(kind.Lessons, words), [.. kind.Reports.Select(line => Told(line, begins, words))]);
    }

    private Line Told(Line line, double begins, IReadOnlyDictionary<string, string> words) => line with
    {
        At = Math.Max(0, begins + (line.At * (0.7 + (random.NextDouble() * 0.6))) + (random.NextDouble() * 0.8)),
        Text = Wording.Fill(line.Also is { } also && random.Next(also.Count + 1) is > 0 and var other ? also[other - 1] : line.Text, words),
        Also = null,
        Title = line.Title is { } title ? Wording.Fill(title, words) : null,
        Place = line.Place is { } where ? Wording.Fill(where, words) : null,
    };

    private StoryKind Kind()
    {
        // July is the middle of summer.
        var warmth = (1 + Math.Cos((month - 7) * Math.PI / 6)) / 2;
        var weights = kinds.Select(kind => kind.Weight * ((warmth * kind.Warm) + ((1 - warmth) * kind.Cold))).ToList();
        var left = random.NextDouble() * weights.Sum();
        for (var index = 0; index < kinds.Count; index++)
        {
            left -= weights[index];
            if (left < 0)
            {
                return kinds[index];
            }
        }

        return kinds[^1];
    }

    private Dictionary<string, string> Words(StoryKind kind, Place place)
    {
        var words = new Dictionary<string, string>
        {
            ["county"] = place.Name,
            ["city"] = places.CityOf(place).Name,
            ["town"] = place.Towns[random.Next(place.Towns.Count)],
        };
        foreach (var (name, range) in kind.Numbers)
        {
            words[name] = random.Next(range[0], range[1] + 1).ToString(CultureInfo.InvariantCulture);
        }

        // Early callers have seen a part of it.
        words["few"] = (kind.Numbers.TryGetValue("ill", out var all) || kind.Numbers.TryGetValue("people", out all) ? Math.Max(2, all[0] / 2) : 20).ToString(CultureInfo.InvariantCulture);
        foreach (var (name, choices) in kind.Words)
        {
            words[name] = choices[random.Next(choices.Count)];
        }

        return words;
    }
}
