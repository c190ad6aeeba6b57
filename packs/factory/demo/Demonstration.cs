using System.Text.Json;
using Jingwei.Demo.Factory.Simulation;

namespace Jingwei.Demo.Factory;

/// <summary>The whole play: register, connect, go live, fill in the past, repair.</summary>
internal sealed class Demonstration(Settings settings, TimeProvider time, Journal journal)
{
    private static readonly TimeSpan SmallestGap = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ChinaStandardTime = TimeSpan.FromHours(8);

    public async Task RunAsync(CancellationToken stop)
    {
        using var api = new Api(settings.Url, settings.Token);
        journal.Write($"waiting for {settings.Url} to be ready");
        await api.WaitUntilReadyAsync(time, stop);
        var random = new Random(settings.Seed);
        var plant = new Plant(settings.Things, random, new ShiftCalendar(ChinaStandardTime));
        var registration = new Registration(api, settings.English);
        await registration.RegisterAsync(plant, stop);
        journal.Write($"registered {plant.Lines.Count} lines and {plant.Machines.Count} machines");

        var start = time.GetUtcNow();
        var trouble = new Trouble(plant);
        var measures = new Measures(api, trouble, time, journal);
        trouble.Take(await measures.DecidedAsync(stop));
        await PublishRouteAsync(registration, plant, start, stop);
        var recorders = plant.Machines.Select(machine => new Recorder(machine, random)).ToList();
        var past = await PastAsync(api, plant, recorders, start, stop);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var repair = new Repairs();
        var links = await LinksAsync(registration, plant, repair, stop);
        var live = new LiveRun(plant, trouble, recorders, links, settings, time, journal);
        repair.Target = live;
        try
        {
            await Task.WhenAll(links.Select(link => link.ConnectedAsync(stop)));
            journal.Write($"connected {links.Count} machines over MQTT 5; live");
            await UntilFirstFailureAsync(
                ending,
                [
                    live.RunAsync(start, ending.Token),
                    .. links.Select(link => link.RunAsync(ending.Token)),
                    FillAsync(api, links, past, ending.Token),
                    measures.RunAsync(live, ending.Token),
                    new OperationDesk(api, live, time, journal).RunAsync(ending.Token),
                    new RepairCrew(api, settings, live, time, journal).RunAsync(start, ending.Token),
                ]);
        }
        finally
        {
            await Task.WhenAll(links.Select(link => link.DisposeAsync().AsTask()));
            journal.Write($"disconnected");
        }
    }

    private async Task PublishRouteAsync(Registration registration, Plant plant, DateTimeOffset at, CancellationToken stop)
    {
        try
        {
            await registration.PublishRouteAsync(plant, at, stop);
        }
        catch (Exception e) when (Api.IsFailure(e))
        {
            journal.Write($"route and takt were not taken: {e.Message}");
        }
    }

    /// <summary>Runs the plant up to now; what the server lacks comes back as reports, a whole past or the gap since the last run.</summary>
    private async Task<IReadOnlyList<List<Report>>> PastAsync(
        Api api, Plant plant, List<Recorder> recorders, DateTimeOffset start, CancellationToken stop)
    {
        var known = await Task.WhenAll(plant.Machines.Select(machine => Recorded.ReadAsync(api, machine.Place.Id, stop)));
        var newest = known.Max(one => one.Newest);
        var from = start - settings.History;
        if (newest is not null && from < start && await Recorded.HoursAsync(api, plant.Machines[0].Place.Id, from, start, stop) > 1)
        {
            from = newest > from ? newest.Value.AddSeconds(1) : from;
            journal.Write($"history is there up to {newest:u}; only the gap since is filled");
        }

        from = start - from < SmallestGap ? start : from;
        return Past.Run(plant, recorders, from, start, () =>
        {
            for (var index = 0; index < known.Length; index++)
            {
                plant.Machines[index].Counters.ContinueFrom(known[index].Number);
            }
        });
    }

    private async Task<IReadOnlyList<MachineLink>> LinksAsync(Registration registration, Plant plant, Repairs repair, CancellationToken stop)
    {
        var links = new List<MachineLink>();
        foreach (var machine in plant.Machines)
        {
            var thing = machine.Place.Id;
            var credentials = await registration.IssueAsync(thing, stop);
            links.Add(new MachineLink(settings, credentials, time, journal) { OnCommand = _ => Answer(thing, repair) });
        }

        return links;
    }

    /// <summary>The only command is a reset; a machine in breakdown runs again.</summary>
    private byte[] Answer(string thing, Repairs repair)
    {
        journal.Write($"{thing}: reset by command");
        repair.Target?.Repair(thing);
        return JsonSerializer.SerializeToUtf8Bytes(new { ok = true });
    }

    private async Task FillAsync(Api api, IReadOnlyList<MachineLink> links, IReadOnlyList<List<Report>> past, CancellationToken stop)
    {
        // The first screen belongs to what happens now.
        await Task.Delay(TimeSpan.FromSeconds(2), time, stop);
        await new HistoryFill(api, journal, time).RunAsync(links, past, stop);
    }

    /// <summary>Waits for all; when one fails the others are stopped, and its exception is what comes out.</summary>
    private static async Task UntilFirstFailureAsync(CancellationTokenSource ending, List<Task> parts)
    {
        var all = Task.WhenAll(parts);
        while (parts.Count > 0)
        {
            var ended = await Task.WhenAny(parts);
            parts.Remove(ended);
            if (!ended.IsCompletedSuccessfully)
            {
                await ending.CancelAsync();
                break;
            }
        }

        await all;
    }

    /// <summary>Where commands go; the live run is there only after its links are.</summary>
    private sealed class Repairs
    {
        public LiveRun? Target { get; set; }
    }
}
