using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Indicators;
using Jingwei.Server.Indicators.Recent;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using static Jingwei.Tests.Indicators.FactoryFloor;

namespace Jingwei.Tests.Indicators;

/// <summary>Live indicators over a real database, a clock that tests move, and readings held in memory in place of the engine.</summary>
internal sealed class LiveFloor : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"jingwei-{Guid.NewGuid():N}.db");
    private readonly List<Reading> accepted = [];
    private readonly List<(long Stamp, Reading Reading)> stamps = [];
    private readonly Thing[] things;
    private Database database;
    private long sequence;

    public LiveFloor(string start, params Thing[] things) : this(start, Oee, things)
    {
    }

    public LiveFloor(string start, IEnumerable<Indicator> indicators, params Thing[] things)
    {
        this.things = things;
        Time = new ManualTime(At(start));
        Catalog = new PackCatalog(Floor(indicators));
        database = new Database(path);
        Live = Make();
    }

    public ManualTime Time { get; }

    public PackCatalog Catalog { get; }

    public LiveIndicators Live { get; private set; }

    /// <summary>Shifts that things have of their own from now on; null for none.</summary>
    public ShiftsOf? Shifts { get; set; }

    public IndicatorHistory History => new(database);

    public SignOffStore SignOffs => new(database, new Parties(database), History);

    /// <summary>Queries that the engine answered.</summary>
    public int Reads { get; private set; }

    public RecentIndicators Recent => new(Live, ThingTree.Of(things), ReadAsync, Time);

    public IndicatorTrial Trial => new(Catalog.Current, things, accepted, TimeZoneInfo.Utc);

    /// <summary>Readings that arrive now, whatever time they bear.</summary>
    public void Arrive(params IReadOnlyCollection<Reading> readings)
    {
        accepted.AddRange(readings);
        stamps.AddRange(readings.Select(reading => (sequence + 1, reading)));
        Live.Accept(readings, ++sequence);
    }

    /// <summary>Moves the clock on second by second, with a round each.</summary>
    public async Task PassAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            while (await Live.RoundAsync(TestContext.Current.CancellationToken))
            {
                // The backlog was larger than a round.
            }
        }
    }

    /// <summary>Jumps to a time and lets everything settle there.</summary>
    public Task GoAsync(string time)
    {
        Time.Advance(At(time) - Time.GetUtcNow());
        return PassAsync(5);
    }

    /// <summary>The server is stopped and, at the same place, started again; what was accepted and not computed is handed in again.</summary>
    public void Restart()
    {
        database.Dispose();
        database = new Database(path);
        Live = Make();
        var computed = Live.ComputedStamp ?? 0;
        foreach (var touched in stamps.Where(each => each.Stamp > computed).GroupBy(each => (each.Reading.Thing, each.Reading.Property.Id)))
        {
            Live.Recompute(touched.Key.Thing, touched.Key.Id, touched.Min(each => each.Reading.Time), touched.Max(each => each.Reading.Time));
        }
    }

    public IndicatorValue Past(string indicator, string thing, string at) =>
        Assert.Single(History.At(Us(at), indicator), value => value.Thing == thing);

    public void Dispose()
    {
        database.Dispose();
        File.Delete(path);
    }

    private LiveIndicators Make() =>
        new(Catalog, ThingTree.Of(things), () => things, _ => TimeZoneInfo.Utc, ReadAsync, History, Time, (pack, thing) => Shifts?.Invoke(pack, thing));

    private Task<IReadOnlyDictionary<(string Thing, string Property), SampleRun>> ReadAsync(SampleQuery query, CancellationToken cancellation)
    {
        Reads++;
        var runs = query.Series.ToDictionary(
            series => series,
            series => SampleRun.Of(accepted
                .Where(each => each.Thing.Id == series.Thing && each.Property.Id == series.Property && each.Time < query.To)
                .GroupBy(each => each.Time, (_, ofTime) => ofTime.Last())
                .Where(each => each.Quality == Quality.Good)
                .Select(each => Sample.Of(each.Time, each.Value))));
        return Task.FromResult<IReadOnlyDictionary<(string, string), SampleRun>>(
            runs.ToDictionary(each => each.Key, each => new SampleRun(each.Value.Samples[Math.Max(0, each.Value.FirstAt(query.From) - 1)..])));
    }
}
