using System.Net;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Rules;
using Jingwei.Server.Rules.Parameters;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Store;
using Microsoft.Extensions.Logging.Abstractions;
using static Jingwei.Tests.Indicators.FactoryFloor;
using static Jingwei.Tests.Rules.RuleFloor;

namespace Jingwei.Tests.Rules;

/// <summary>The loop over the real directory and database; readings are told to it as intake tells them.</summary>
public sealed class RuleLoopTests : IAsyncDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"jingwei-{Guid.NewGuid():N}.db");
    private readonly ManualTime time = new(At("2026-01-05T08:00:00Z"));
    private readonly Thing machine = Thing("m1");
    private readonly PackCatalog catalog = new(With(Hot, Breakdown, Silent));
    private readonly Database database;
    private readonly Things things;
    private readonly Readings readings;
    private readonly SeriesRegistry registry;
    private readonly TelemetryOptions options = new();
    private readonly Alarms alarms;
    private readonly Regions regions;
    private readonly RuleParameters parameters;
    private readonly string folder = Directory.CreateTempSubdirectory("jingwei-").FullName;
    private RuleLoop loop;
    private long stamp;

    public RuleLoopTests()
    {
        database = new Database(path);
        things = new Things(database, new Parties(database), regions = new Regions(database), time);
        registry = new SeriesRegistry(database);
        readings = new Readings(
            database, registry, new Accounting(database), new RejectStore(database, options), catalog, things, options, time, NullLogger<Readings>.Instance);
        alarms = new Alarms(database, time);
        parameters = new RuleParameters(database);
        loop = NewLoop();
    }

    [Fact]
    public async Task A_reading_raises_and_clears_an_alarm()
    {
        var changes = await StartAsync();
        await TellAsync(Reading(machine, State, "08:00:00", "breakdown"));
        Assert.Equal(("breakdown", AlarmState.Raised), Of(await changes.ReadAsync(Cancel)));
        await TellAsync(Reading(machine, State, "08:00:01", "idle"));
        Assert.Equal(("breakdown", AlarmState.Cleared), Of(await changes.ReadAsync(Cancel)));
        Assert.Empty(alarms.Open);
    }

    [Fact]
    public async Task The_passing_of_time_raises_what_keeps_holding()
    {
        var changes = await StartAsync();
        await TellAsync(Reading(machine, Temperature, "08:00:00", 70), Reading(machine, State, "08:00:00", "breakdown"));
        Assert.Equal(("breakdown", AlarmState.Raised), Of(await changes.ReadAsync(Cancel)));
        time.Advance(TimeSpan.FromSeconds(11));
        var hot = await changes.ReadAsync(Cancel);
        Assert.Equal(("hot", AlarmState.Raised), Of(hot));
        Assert.Equal(At("2026-01-05T08:00:10Z"), hot.RaisedAt);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(("silent", AlarmState.Raised), Of(await changes.ReadAsync(Cancel)));
    }

    [Fact]
    public async Task An_alarm_whose_rule_is_gone_is_cleared()
    {
        var changes = await StartAsync();
        await TellAsync(Reading(machine, State, "08:00:00", "breakdown"));
        await changes.ReadAsync(Cancel);
        catalog.Swap(With(Hot));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("breakdown", AlarmState.Cleared), Of(await changes.ReadAsync(Cancel)));
    }

    [Fact]
    public async Task A_delay_that_ran_goes_on_after_the_next_start()
    {
        var changes = await StartAsync();
        await TellAsync(Reading(machine, Temperature, "08:00:00", 70), Reading(machine, State, "08:00:00", "breakdown"));
        Assert.Equal("breakdown", (await changes.ReadAsync(Cancel)).Rule);
        time.Advance(TimeSpan.FromSeconds(4));
        await loop.StopAsync(Cancel);
        loop.Dispose();

        time.Advance(TimeSpan.FromSeconds(3));
        loop = NewLoop();
        await loop.StartAsync(Cancel);
        await TellAsync(Reading(machine, State, "08:00:07", "idle"));
        Assert.Equal(("breakdown", AlarmState.Cleared), Of(await changes.ReadAsync(Cancel)));
        time.Advance(TimeSpan.FromSeconds(4));
        var hot = await changes.ReadAsync(Cancel);
        Assert.Equal(("hot", At("2026-01-05T08:00:10Z")), (hot.Rule, hot.RaisedAt));
    }

    public async ValueTask DisposeAsync()
    {
        await loop.StopAsync(CancellationToken.None);
        loop.Dispose();
        await readings.DisposeAsync();
        database.Dispose();
        File.Delete(path);
        Directory.Delete(folder, recursive: true);
    }

    private RuleLoop NewLoop() => new(
        readings, alarms, things, regions, catalog, new RuleCounters(), parameters, new RuleReplay(readings, registry, things, catalog),
        new ServerOptions(folder, new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(IPAddress.Loopback, 0), null, null), options, time, NullLogger<RuleLoop>.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static (string Rule, AlarmState State) Of(Alarm alarm) => (alarm.Rule, alarm.State);

    private async Task<System.Threading.Channels.ChannelReader<Alarm>> StartAsync()
    {
        await things.AddAsync(machine, Cancel);
        var changes = alarms.Changes.Subscribe(100);
        await loop.StartAsync(Cancel);
        return changes;
    }

    private ValueTask TellAsync(params Reading[] told) => readings.TellAsync(new ReadingBatch(++stamp, [.. told]), Cancel);
}
