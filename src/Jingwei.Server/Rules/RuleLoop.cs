using System.Collections.Concurrent;
using System.Threading.Channels;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Rules.Parameters;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>
/// Runs the rules on what is accepted and on the passing of time; everything that is waiting is judged first, then stored in
/// one transaction, with how far that was. An error of the store ends the loop, and with it the server: the next start goes on from what is stored.
/// </summary>
internal sealed partial class RuleLoop(
    Readings readings, Alarms alarms, Things things, Regions regions, PackCatalog packs, RuleCounters counters, RuleParameters parameters, RuleReplay replay,
    ServerOptions server, TelemetryOptions options, TimeProvider time, ILogger<RuleLoop> logger)
    : BackgroundService
{
    // Messages that may wait while alarms are stored; then intake waits.
    private const int Waiting = 1024;

    // Messages judged between two writes.
    private const int AtOnce = 256;

    private const string MemoryFile = "rules.state";

    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(500);

    // What is read again after a kill is what came since.
    private static readonly TimeSpan RememberEvery = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> removed = [];
    private readonly RuleMemory memory = new(Path.Combine(server.Data, MemoryFile));
    private ChannelReader<ReadingBatch>? accepted;
    private long lastBefore;
    private RuleProgress progress;
    private int met;
    private int tuned = -1;

    // Before intake begins, so that nothing passes by.
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        accepted = readings.Follow(Waiting, HasRules);
        lastBefore = readings.LastStamp;
        things.Removed += removed.Enqueue;
        return base.StartAsync(cancellationToken);
    }

    // Intake still has messages to tell when this stops; they must not wait for a reader that is gone.
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        readings.Unfollow(accepted!);
        things.Removed -= removed.Enqueue;
        while (accepted!.TryRead(out _))
        {
            // Read anew after the next start.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var source = accepted!;
        var engine = await StartEngineAsync(stoppingToken);
        // So that a kill from now on finds where to begin, also in a folder that is new.
        Remember(engine);
        using var timer = new PeriodicTimer(TickEvery, time);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var ready = source.WaitToReadAsync(stoppingToken).AsTask();
        var remembered = time.GetTimestamp();
        var events = new List<RuleEvent>();
        try
        {
            while (true)
            {
                await Task.WhenAny(tick, ready);
                stoppingToken.ThrowIfCancellationRequested();
                engine = engine.Packs == packs.Current ? engine : Change(engine);
                Tune(engine);
                for (var count = 0; count < AtOnce && source.TryRead(out var batch); count++)
                {
                    engine.Take(batch.Readings.AsSpan(), events);
                    progress = progress with { Stamp = batch.Stamp };
                }

                if (tick.IsCompleted)
                {
                    MeetNew(engine);
                    events.AddRange(Orphans(engine));
                    progress = progress with { Tick = Instant.Of(time.GetUtcNow()) };
                    events.AddRange(engine.Tick(progress.Tick));
                    await alarms.ReconsiderAsync(stoppingToken);
                    tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                }

                ready = ready.IsCompleted ? source.WaitToReadAsync(stoppingToken).AsTask() : ready;
                await alarms.ApplyAsync(events, stoppingToken, progress);
                events.Clear();
                if (time.GetElapsedTime(remembered) >= RememberEvery)
                {
                    remembered = time.GetTimestamp();
                    Remember(engine);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested && events.Count == 0)
        {
            Remember(engine);
        }
    }

    private bool HasRules(Thing thing) => packs.Current.Type(thing.Type) is { } type && packs.Current.Rules.Any(rule => type.Is(rule.Type));

    // What is known, and then what arrived while nobody judged: silently as far as its alarms are stored.
    private async Task<RuleEngine> StartEngineAsync(CancellationToken stopping)
    {
        var now = Instant.Of(time.GetUtcNow());
        var engine = New(now);
        if (memory.Read(engine, id => things.TryGet(id, out var thing) ? thing : null) is not { } known)
        {
            engine = Seed(New(now));
            progress = new RuleProgress(lastBefore, now);
            return Restore(engine);
        }

        Tune(engine);
        var stored = alarms.Progress() is { } last && last.Stamp > known.Stamp ? last : known;
        progress = known;
        var events = new List<RuleEvent>();
        var isSilent = true;
        await foreach (var batch in replay.BatchesAsync(known.Stamp, lastBefore).WithCancellation(stopping))
        {
            if (isSilent && batch.Stamp > stored.Stamp)
            {
                isSilent = false;
                engine.Tick(stored.Tick);
                Restore(engine);
            }

            events.AddRange(engine.Tick(batch.Stamp));
            engine.Take(batch.Readings.AsSpan(), events);
            if (!isSilent)
            {
                progress = new RuleProgress(batch.Stamp, Math.Max(batch.Stamp, stored.Tick));
                await alarms.ApplyAsync(events, stopping, progress);
            }

            events.Clear();
        }

        if (isSilent)
        {
            engine.Tick(stored.Tick);
        }

        progress = new RuleProgress(Math.Max(lastBefore, progress.Stamp), Math.Max(progress.Tick, stored.Tick));
        return Restore(engine);
    }

    private RuleEngine New(long now) => new(
        packs.Current, counters, now, Instant.Of(options.LiveWindow), (thing, region) => regions.PathOf(thing.Region).Covers(region));

    private RuleEngine Seed(RuleEngine engine)
    {
        foreach (var thing in things.All)
        {
            foreach (var property in packs.Current.Type(thing.Type)?.Properties ?? [])
            {
                if (readings.Latest(thing.Id, property.Id) is { Quality: not Quality.Bad } latest)
                {
                    engine.Seed(thing, property.Id, latest.Value, latest.Time);
                }
            }
        }

        return engine;
    }

    private RuleEngine Change(RuleEngine engine)
    {
        var next = Restore(engine.With(packs.Current));
        next.Meet(things.All);
        tuned = -1;
        return next;
    }

    private void Tune(RuleEngine engine)
    {
        if (parameters.ChangeCount == tuned)
        {
            return;
        }

        tuned = parameters.ChangeCount;
        foreach (var thing in things.All)
        {
            engine.ResetParameters(thing.Id);
        }

        foreach (var own in parameters.All)
        {
            if (things.TryGet(own.Thing, out var thing))
            {
                engine.SetParameters(thing, own.Rule, own.Values);
            }
        }
    }

    // A thing that never speaks is silent too.
    private void MeetNew(RuleEngine engine)
    {
        if (things.ChangeCount != met)
        {
            met = things.ChangeCount;
            engine.Meet(things.All);
        }

        while (removed.TryDequeue(out var thing))
        {
            engine.Forget(thing);
        }
    }

    private RuleEngine Restore(RuleEngine engine)
    {
        foreach (var alarm in alarms.Open)
        {
            if (things.TryGet(alarm.Thing, out var thing))
            {
                engine.Restore(thing, alarm.Rule, alarm.RaisedAt);
            }
        }

        return engine;
    }

    // Without the file the next start begins delays and windows anew: worth a warning, not worth an end.
    private void Remember(RuleEngine engine)
    {
        try
        {
            memory.Write(engine, progress);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotRemembered(error.Message);
        }
    }

    // Alarms whose rule or thing is gone would stay open for ever.
    private List<RuleEvent> Orphans(RuleEngine engine) => alarms.Open
        .Where(alarm => !things.TryGet(alarm.Thing, out var thing) || !engine.Applies(alarm.Rule, thing))
        .Select(alarm => new RuleEvent(RuleOf(alarm), alarm.Thing, RuleTransition.Clear, time.GetUtcNow(), null))
        .ToList();

    private static Packs.Model.Rule RuleOf(Alarm alarm) => new(
        alarm.Rule, "", "", alarm.Severity, null, null, TimeSpan.Zero, TimeSpan.Zero, null, null, alarm.RuleName, alarm.Advice);

    [LoggerMessage(EventId = 1301, Level = LogLevel.Warning, Message = "What rules know could not be stored, so delays and windows would begin anew after a kill: {Reason}")]
    private partial void LogNotRemembered(string reason);
}
