using Jingwei.Demo.Emergency.Simulation;
using Jingwei.Demo.Emergency.Telling;

namespace Jingwei.Demo.Emergency;

/// <summary>Tells the day's lines when their minute comes, and day after day has another one.</summary>
internal sealed class DayPlay(Places places, DemoStart settings, DayClock clock, Ways ways, Told told, Journal journal)
{
    // How often offices send their tables, minutes of the day.
    private const double TableEvery = 12;

    public async Task RunAsync(Day first, CancellationToken stop)
    {
        var day = first;
        for (var number = 0; ; number++)
        {
            await TellAsync(day, number * Day.Length, stop);
            day = new Day(places, settings.Seed, number + 1, clock.At((number + 1) * Day.Length).Month);
            told.Know(day.Stories);
            journal.Write($"another day begins: {day.Reports.Count} reports");
        }
    }

    private async Task TellAsync(Day day, double begin, CancellationToken stop)
    {
        var nextTable = begin + TableEvery;
        foreach (var said in day.Reports.Where(said => said.At < Day.Length))
        {
            while (begin + said.At >= nextTable)
            {
                await clock.UntilAsync(nextTable, stop);
                await ways.UploadAsync(stop);
                nextTable += TableEvery;
            }

            await clock.UntilAsync(begin + said.At, stop);
            await ways.TellAsync(said with { At = begin + said.At, Story = said.Story with { Begins = begin + said.Story.Begins } }, stop);
        }

        await clock.UntilAsync(begin + Day.Length, stop);
        await ways.UploadAsync(stop);
    }
}
