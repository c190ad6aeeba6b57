using System.Collections.Concurrent;
using System.Threading.Channels;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>
/// Runs the rules on what is accepted and on the passing of time; everything that is waiting is judged first, then stored in
/// one transaction. An error of the store ends the loop, and with it the server: what is open is read anew at the next start.
/// </summary>
public sealed class RuleLoop(
    Readings readings, Alarms alarms, Things things, PackCatalog packs, RuleCounters counters, TelemetryOptions options, TimeProvider time)
    : BackgroundService
{
    // Messages that may wait while alarms are stored; then intake waits.
    private const int Waiting = 1024;

    // Messages judged between two writes.
    private const int AtOnce = 256;

    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentQueue<string> removed = [];
    private ChannelReader<ReadingBatch>? accepted;
    private int met;

    // Before intake begins, so that nothing passes by.
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        accepted = readings.Follow(Waiting, HasRules);
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
        var engine = Start();
        using var timer = new PeriodicTimer(TickEvery, time);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var ready = source.WaitToReadAsync(stoppingToken).AsTask();
        while (true)
        {
            await Task.WhenAny(tick, ready);
            stoppingToken.ThrowIfCancellationRequested();
            engine = engine.Packs == packs.Current ? engine : Change(engine);
            var events = new List<RuleEvent>();
            for (var count = 0; count < AtOnce && source.TryRead(out var batch); count++)
            {
                engine.Take(batch.Readings.AsSpan(), events);
            }

            if (tick.IsCompleted)
            {
                MeetNew(engine);
                events.AddRange(Orphans(engine));
                events.AddRange(engine.Tick(Instant.Of(time.GetUtcNow())));
                tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            }

            ready = ready.IsCompleted ? source.WaitToReadAsync(stoppingToken).AsTask() : ready;
            await alarms.ApplyAsync(events, stoppingToken);
        }
    }

    private bool HasRules(Thing thing) => packs.Current.Type(thing.Type) is { } type && packs.Current.Rules.Any(rule => type.Is(rule.Type));

    private RuleEngine Start()
    {
        var engine = new RuleEngine(packs.Current, counters, Instant.Of(time.GetUtcNow()), Instant.Of(options.LiveWindow));
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

        return Restore(engine);
    }

    private RuleEngine Change(RuleEngine engine)
    {
        var next = Restore(engine.With(packs.Current));
        next.Meet(things.All);
        return next;
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

    // Alarms whose rule or thing is gone would stay open for ever.
    private List<RuleEvent> Orphans(RuleEngine engine) => alarms.Open
        .Where(alarm => !things.TryGet(alarm.Thing, out var thing) || !engine.Applies(alarm.Rule, thing))
        .Select(alarm => new RuleEvent(RuleOf(alarm), alarm.Thing, RuleTransition.Clear, time.GetUtcNow(), null))
        .ToList();

    private static Packs.Model.Rule RuleOf(Alarm alarm) => new(
        alarm.Rule, "", "", alarm.Severity, null, null, TimeSpan.Zero, TimeSpan.Zero, null, null, alarm.RuleName, alarm.Advice);
}
