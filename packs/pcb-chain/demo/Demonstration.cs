using Jingwei.Demo.PcbChain.Simulation;

namespace Jingwei.Demo.PcbChain;

/// <summary>The whole play: make companies and their people known, load the past, agree what is shown to whom, and let the chain work on.</summary>
internal sealed class Demonstration(DemoStart settings, TimeProvider time, Journal journal)
{
    private static readonly TimeSpan ChinaStandardTime = TimeSpan.FromHours(8);

    public async Task RunAsync(CancellationToken stop)
    {
        using var api = new Api(settings.Url, settings.Token);
        journal.Write($"waiting for {settings.Url} to be ready");
        await api.WaitUntilReadyAsync(time, stop);
        await new Registration(api).RegisterAsync(stop);
        using var people = new People(settings.Url);
        await people.AddAsync(api, stop);
        journal.Write($"{Network.All.Count} simulated companies with {People.All.Count} users, among them {Story.Customer.Quality} and {Story.Customer.Manager}; their password in this run: {people.Password}");
        var naming = new Naming(api, people);
        await naming.OpenAsync(stop);
        var recording = new Recording(api, people, time);
        var presses = new Presses(api);
        var newest = await recording.NewestAsync(stop);
        var chain = newest?.Chain ?? new Chain(settings.Seed, Midnight(time.GetUtcNow()).AddDays(-Chain.PastDays));
        if (chain.Seed != settings.Seed)
        {
            journal.Write($"the chain of seed {chain.Seed} is there and goes on");
        }

        var past = chain.Past();
        if (newest is not { } last || last.Number < past.Count)
        {
            await new PastFill(recording, naming, presses, journal).RunAsync(chain, past, stop);
        }

        await new Sharing(api, people, time, journal).AgreeAsync(chain, stop);
        await new Complaint(people, journal).OpenAsync(chain, stop);
        var live = new LiveRun(recording, naming, presses, people, settings, time, journal);
        await live.RunAsync(chain, Math.Max(newest?.Number ?? -1, past.Count - 1), stop);
    }

    // A day of the chain is one of China.
    private static DateTimeOffset Midnight(DateTimeOffset now)
    {
        var there = now.ToOffset(ChinaStandardTime);
        return new DateTimeOffset(there.Date, ChinaStandardTime).ToUniversalTime();
    }
}
