using System.Text.Json.Nodes;
using Jingwei.Demo.Emergency.Simulation;
using Jingwei.Demo.Emergency.Telling;

namespace Jingwei.Demo.Emergency.Desks;

/// <summary>The duty offices of the cities and the province, each with its officers' own view of the server: what it sees it moves on.</summary>
internal sealed class Offices(People people, Places places, Told told, DemoStart settings, TimeProvider time, Journal journal)
{
    // Twelve offices in turn: a look at the list every half a second in all.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(CancellationToken stop)
    {
        var offices = places.Cities.Append(places[Places.Province]).Select(place => new Office(people, place, told, settings, time, journal)).ToList();
        using var timer = new PeriodicTimer(Between, time);
        for (var turn = 0; await timer.WaitForNextTickAsync(stop); turn++)
        {
            var office = offices[turn % offices.Count];
            try
            {
                await office.LookAsync(stop);
            }
            catch (Exception e) when (Api.IsFailure(e))
            {
                journal.Write($"{office.Name}: {e.Message}");
            }
        }
    }
}

/// <summary>One duty office.</summary>
internal sealed class Office(People people, Place place, Told told, DemoStart settings, TimeProvider time, Journal journal)
{
    // Steps in one look: an office has few officers.
    private const int MostSteps = 4;

    private readonly Dictionary<string, (string State, DateTimeOffset Since)> seen = [];
    private readonly Proposing proposing = new(people, told, journal);
    private readonly Planning planning = new(people, place, settings, time);
    private readonly Handling handling = new(people, place, told);

    public string Name => place.Name;

    /// <summary>Looks through the open incidents that the office sees, and does what is due.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        var duty = await people.OfAsync(People.Duty(place, 1), stop);
        var steps = 0;
        foreach (var incident in (await duty.GetAsync("api/incidents?limit=200", stop))["items"]!.AsArray().OfType<JsonObject>().Where(IsOurs))
        {
            var (id, state) = ((string)incident["id"]!, (string)incident["state"]!);
            var now = time.GetUtcNow();
            if (!seen.TryGetValue(id, out var known) || known.State != state)
            {
                // The clock of a state begins when the case came to it; for the first it is the first report.
                seen[id] = known = (state, state == "reported" ? (DateTimeOffset)incident["first"]! : now);
            }

            if (Pace.Of(id, state, (string)incident["severity"]!) is { } minutes && now >= known.Since.AddMinutes(minutes / settings.Speed) && steps++ < MostSteps)
            {
                await StepAsync(id, state, stop);
            }
            else if (await planning.WorkAsync(id, state, stop) || ((int)incident["proposals"]! > 0 && await proposing.DecideAsync(duty, id, stop)))
            {
                steps++;
            }

            if (steps >= MostSteps)
            {
                break;
            }
        }
    }

    // The province looks after what no city can: incidents of which nobody knows the place.
    private bool IsOurs(JsonObject incident) => place.Kind == "city" || (string?)incident["region"] is Places.Province or "root";

    private async Task StepAsync(string id, string state, CancellationToken stop)
    {
        if (await handling.MoveOnAsync(id, state, stop) is { } step)
        {
            journal.Write($"{Name}: {step} {id}");
        }
    }
}
