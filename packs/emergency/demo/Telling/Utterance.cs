using System.Globalization;
using Jingwei.Demo.Emergency.Simulation;

namespace Jingwei.Demo.Emergency.Telling;

/// <summary>A line as it is told: with its times and its id.</summary>
/// <param name="External">The run and the truth: "20261129T0600/zhenhai-fire.3".</param>
internal sealed record Utterance(Said Said, string External, DateTimeOffset At, string Text, string? Title)
{
    // Minutes, by our clock, between what happens and the first who tells of it, at most.
    private const int LongestLag = 14;

    public static Utterance Of(Said said, DayClock clock)
    {
        // Also when the day goes fast not everything happens in the same minute.
        var lag = said.Story.Id.Sum(letter => letter * 7) % LongestLag;
        var (began, at) = (clock.At(said.Story.Begins).AddMinutes(-lag), clock.At(said.At));
        var run = clock.Start.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        return new(said, $"{run}/{said.Truth}", at, Wording.Date(said.Line.Text, began, at), said.Line.Title is { } title ? Wording.Date(title, began, at) : null);
    }
}
