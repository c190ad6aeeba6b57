namespace Jingwei.Demo.Emergency.Simulation;

/// <summary>A line with everything filled in but the times.</summary>
/// <param name="At">Minutes since the day's begin.</param>
/// <param name="Number">Of the story's lines, from 1.</param>
internal sealed record Said(double At, Story Story, int Number, Source Source, string SourceName, Place Place, Line Line, (double Lon, double Lat)? Point)
{
    /// <summary>What it is about, and which of its lines it is: "story.3"; of two stories "story+other.3".</summary>
    public string Truth => Story.Both is { } both ? $"{string.Join('+', both)}.{Number}" : Story.Scattered ? $"{Story.Id}-{Number}.{Number}" : $"{Story.Id}.{Number}";
}

/// <summary>A province's day: the written stories and many small ones, with all that is said of them.</summary>
internal sealed class Day
{
    /// <summary>How long it is, minutes.</summary>
    public const double Length = 1440;

    // With the written ones some seventy incidents: a few an hour, as a province of sixty million people has them.
    private const int SmallOnes = 62;

    private static readonly string[] Written = ["story-flood.json", "story-fire.json", "story-others.json"];

    private static readonly string[] Handles = ["@瓯江小鱼", "@甬城阿明", "@西湖一叶舟", "@山里的风", "@江南的雨", "@夜班司机老周", "@钱塘潮声", "@加班到天亮", "@海边捡贝壳", "@一只橘子"];

    private readonly Places places;
    private readonly Random random;
    private readonly Dictionary<string, Source> sources = Shipped.List<Source>("sources.json").ToDictionary(source => source.Id);

    /// <param name="number">From 0; the written stories happen on the first one, others have small ones only.</param>
    /// <param name="month">1 to 12.</param>
    public Day(Places places, int seed, int number, int month)
    {
        (this.places, random) = (places, new Random(seed + number));
        List<Story> written = number == 0 ? [.. Written.SelectMany(Shipped.List<Story>)] : [];
        Stories = [.. written, .. new SmallStories(places, random, month).Of(SmallOnes, number + 1)];
        Reports = [.. Stories.SelectMany(Lines).OrderBy(said => said.At)];
    }

    public IReadOnlyList<Story> Stories { get; }

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<Said> Reports { get; }

    private IEnumerable<Said> Lines(Story story)
    {
        var place = places[story.Region];
        for (var index = 0; index < story.Reports.Count; index++)
        {
            var line = story.Reports[index];
            var source = sources[line.By];
            var words = new Dictionary<string, string>
            {
                ["county"] = place.Name,
                ["city"] = places.CityOf(place).Name,
                ["handle"] = Handles[random.Next(Handles.Length)],
            };
            yield return new Said(line.At, story, index + 1, source, Wording.Fill(source.Name, words), place, line, line.Point ? Near(place) : null);
        }
    }

    // Within some five kilometres of the seat.
    private (double Lon, double Lat) Near(Place place) =>
        (Math.Round(place.Lon + ((random.NextDouble() - 0.5) * 0.1), 4), Math.Round(place.Lat + ((random.NextDouble() - 0.5) * 0.1), 4));
}
