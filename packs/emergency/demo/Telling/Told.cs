using System.Collections.Concurrent;
using Jingwei.Demo.Emergency.Simulation;

namespace Jingwei.Demo.Emergency.Telling;

/// <summary>What the program knows of what it told: which report is about which story.</summary>
internal sealed class Told
{
    private readonly ConcurrentDictionary<string, Story> ofReport = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> reports = new();
    private readonly ConcurrentDictionary<string, Story> stories = new();

    public void Know(IEnumerable<Story> more)
    {
        foreach (var story in more)
        {
            stories[story.Id] = story;
        }
    }

    /// <summary>The server took a report in.</summary>
    public void Note(string report, Story story)
    {
        ofReport[report] = story;
        reports.GetOrAdd(story.Id, _ => new()).Enqueue(report);
    }

    /// <summary>What a report is about; null for one that came by a feed or a table, or speaks of several or nothing.</summary>
    public Story? StoryOf(string report) => ofReport.GetValueOrDefault(report) is { Both: null, Scattered: false } story ? story : null;

    /// <summary>The reports of a story, the oldest first.</summary>
    public IReadOnlyCollection<string> Of(string story) => reports.TryGetValue(story, out var all) ? all : [];
}
