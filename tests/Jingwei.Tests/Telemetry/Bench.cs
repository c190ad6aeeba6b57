using System.Buffers;
using System.Text;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Journal;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Repair;
using Jingwei.Server.Telemetry.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jingwei.Tests.Telemetry;

/// <summary>The whole slice on the real engine and a real database, with a clock and a log that the test holds. Can be started again.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jingwei-bench-");
    private readonly string database;
    private readonly EngineFixture engine;

    private Bench(EngineFixture engine, ILogStorage log, TelemetryOptions options)
    {
        (this.engine, Log, Options) = (engine, log, options);
        database = engine.NewDatabase();
        Database = new Database(Path.Combine(folder.FullName, "jingwei.db"));
        Things = new Things(Database, new Parties(Database), new Regions(Database), Clock);
        Build();
    }

    public ILogStorage Log { get; }

    public TelemetryOptions Options { get; set; }

    public ManualTime Clock { get; } = new(Start);

    public Database Database { get; }

    public Things Things { get; }

    public PackCatalog Packs { get; } = new(Plant.Packs);

    public SeriesRegistry Series { get; private set; } = null!;

    public Accounting Accounting { get; private set; } = null!;

    public RejectStore Rejects { get; private set; } = null!;

    public RejectReplay Replay { get; private set; } = null!;

    public ReadingQueries Queries => new(Readings, Options);

    public Readings Readings { get; private set; } = null!;

    public ReadingStore Store { get; private set; } = null!;

    public ReadingCheck Check { get; private set; } = null!;

    public JsonReadings Json { get; private set; } = null!;

    public DecodedPayloads Decoded { get; private set; } = null!;

    public LineWrite Lines { get; private set; } = null!;

    public long Now => Instant.Of(Clock.GetUtcNow());

    public static async Task<Bench> StartAsync(EngineFixture engine, ILogStorage? log = null, TelemetryOptions? options = null)
    {
        var bench = await IdleAsync(engine, log, options);
        await bench.Readings.StartAsync(bench.Log, bench.Store, bench.NewRollups());
        return bench;
    }

    /// <summary>Everything but the engine's tables and the log: for what is judged before it is taken in.</summary>
    public static async Task<Bench> IdleAsync(EngineFixture engine, ILogStorage? log = null, TelemetryOptions? options = null)
    {
        var bench = new Bench(engine, log ?? new PowerCutStorage(), options ?? new TelemetryOptions { EngineDelay = TimeSpan.Zero });
        foreach (var id in new[] { "m1", "m2", "m3" })
        {
            await bench.Things.AddAsync(
                new Thing(id, Plant.Type, id, Parties.Root, Regions.Root, null, id == "m3" ? "m1" : null, Start, 1), CancellationToken.None);
        }

        return bench;
    }

    /// <summary>Stops and starts the slice over the same stores; what was in memory only is gone.</summary>
    public async Task RestartAsync()
    {
        await Readings.DisposeAsync();
        await StartAgainAsync();
    }

    /// <summary>Starts anew without having stopped: whatever the earlier one still holds is forgotten.</summary>
    public async Task StartAgainAsync()
    {
        Build();
        await Readings.StartAsync(Log, Store, NewRollups());
    }

    /// <summary>Delivers a JSON payload of a thing, as that thing.</summary>
    public ValueTask<IntakeResult> SendAsync(string thing, string json) => Readings.AcceptAsync(Parse(thing, json));

    public IntakeBatch Parse(string thing, string payload, Caller? publisher = null, JsonReadings? json = null)
    {
        publisher ??= Authenticator.OfThing(thing, thing);
        var batch = new IntakeBatch("mqtt-readings", Now) { Origin = Origin.Of(publisher) };
        (json ?? Json).Read(batch, publisher, thing, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(payload)));
        return batch;
    }

    /// <summary>Reads line protocol, in pieces as large as the log takes.</summary>
    public List<IntakeBatch> ReadLines(string body, Caller? publisher = null, LineWrite? lines = null)
    {
        lines ??= Lines;
        List<IntakeBatch> batches = [];
        var bytes = Encoding.UTF8.GetBytes(body);
        for (var place = default(LinePlace); place.At < bytes.Length;)
        {
            batches.Add(lines.Read(publisher ?? Caller.System, lines.Channel("plant")!, Now, bytes, null, ref place));
        }

        return batches;
    }

    /// <summary>What of a batch was accepted.</summary>
    public IReadOnlyList<Reading> Accepted(IntakeBatch batch) => NewestValues.Take(Followed(batch), Series, Instant.Of(Options.LiveWindow), wanted: 1);

    /// <summary>Delivers and waits until the engine has it.</summary>
    public async Task<IntakeResult> StoreAsync(string thing, string json)
    {
        var result = await SendAsync(thing, json);
        await SettleAsync();
        return result;
    }

    /// <summary>Waits until everything that was received is in the engine.</summary>
    public Task SettleAsync() => Readings.StoredAsync();

    /// <summary>Sums up what is closed now.</summary>
    public Task RollAsync() => Readings.Rollups.RollAsync();

    /// <summary>Makes a table refuse inserts: the engine's own refusal (TOO_MANY_PARTS) for one that has more than one part and merges none.</summary>
    public async Task RefusePartsAsync(string table)
    {
        await Store.Engine.Reader.ExecuteAsync($"SYSTEM STOP MERGES {table}");
        await Store.Engine.Reader.ExecuteAsync($"ALTER TABLE {table} MODIFY SETTING parts_to_throw_insert = 1, parts_to_delay_insert = 1");
    }

    /// <summary>Lets it take them again.</summary>
    public async Task TakePartsAsync(string table)
    {
        await Store.Engine.Reader.ExecuteAsync($"ALTER TABLE {table} MODIFY SETTING parts_to_throw_insert = 3000, parts_to_delay_insert = 1000");
        await Store.Engine.Reader.ExecuteAsync($"SYSTEM START MERGES {table}");
    }

    /// <summary>Makes the engine find the disk too full for a table's inserts (NOT_ENOUGH_SPACE), as it does when so much has to stay free.</summary>
    public Task FillDiskAsync(string table) =>
        Store.Engine.Reader.ExecuteAsync($"ALTER TABLE {table} MODIFY SETTING min_free_disk_bytes_to_perform_insert = {long.MaxValue}");

    /// <summary>Makes room again.</summary>
    public Task FreeDiskAsync(string table) => Store.Engine.Reader.ExecuteAsync($"ALTER TABLE {table} RESET SETTING min_free_disk_bytes_to_perform_insert");

    /// <summary>Waits until the engine or the database refuses a write.</summary>
    public async Task UntilRefusedAsync()
    {
        while (Readings.Refusal is null)
        {
            Assert.Null(Readings.Fault);
            await Task.Yield();
        }
    }

    /// <summary>Waits for work that pauses between its tries.</summary>
    public async Task EndAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            Clock.Advance(LongestPause);
            await Task.Yield();
        }

        await work;
    }

    /// <summary>Changes a property of the machine type, as another version of the pack would.</summary>
    public void Change(string property, Func<Property, Property> change)
    {
        var pack = Packs.Current.Packs[0];
        var type = pack.Types[0];
        // A copy made by "with" would keep looking properties up among the old ones.
        var changed = new ThingType(
            type.Id, type.Pack, type.Extends, type.Abstract, type.Icon, type.Name, type.Lineage,
            [.. type.Properties.Select(each => each.Id == property ? change(each) : each)], type.Commands);
        Packs.Swap(new PackSet([pack with { Types = [changed] }]));
    }

    public ChannelAccount Account(string channel = "mqtt-readings") => Accounting.Channels.Single(each => each.Channel == channel);

    public async ValueTask DisposeAsync()
    {
        await Readings.DisposeAsync();
        Database.Dispose();
        folder.Delete(recursive: true);
    }

    private IntakeBatch Followed(IntakeBatch batch)
    {
        Series.Follow(static _ => 1);
        return batch;
    }

    private Rollups NewRollups() => new(Store, Series, Database, Options, Clock);

    private void Build()
    {
        Series = new SeriesRegistry(Database);
        Accounting = new Accounting(Database);
        Store = new ReadingStore(engine.Engine, database);
        Check = new ReadingCheck(Things, Packs, Series, Options);
        Json = new JsonReadings(Check, Packs, Things, Series, Options);
        Lines = new LineWrite(Check, Packs, Things, Series, Options);
        Rejects = new RejectStore(Database, Options);
        Readings = new Readings(
            Database, Series, Accounting, Rejects, Packs, Things, Options, Clock, NullLogger<Readings>.Instance);
        var callers = new Authenticator(new Users(Database, Clock), new Tokens(Database, Clock), new Parties(Database), new Regions(Database));
        Decoded = new DecodedPayloads(Check, Things, Options, Clock, NullLogger<DecodedPayloads>.Instance);
        Replay = new RejectReplay(Rejects, Readings, Accounting, Json, Decoded, Lines, Packs, Things, callers);
    }

    /// <summary>All buckets of a range, whatever pages they come in.</summary>
    public async Task<List<Bucket>> BucketsAsync(Series series, long from, long to, long width)
    {
        List<Bucket> all = [];
        await foreach (var page in Queries.BucketsAsync(series, from, to, width, CancellationToken.None))
        {
            all.AddRange(page.Buckets);
        }

        return all;
    }
}
