using System.Runtime.CompilerServices;
using Jingwei.Server.Directory;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Rules.Trying;

/// <summary>Runs a rule over the past of many things, one after the other, and tells of it while it goes on. Nothing is raised.</summary>
internal sealed class RuleTries(ReadingQueries queries, SeriesRegistry series, Alarms alarms, TimeProvider clock)
{
    // Alarms that are told one by one; the others are counted.
    private const int MostTold = 500;

    // Each may keep a connection of the engine busy, and there are two for everybody who asks anything.
    private const int MostAtOnce = 1;

    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(250);

    private int running;

    /// <summary>A turn, to be given back; null when others have theirs.</summary>
    public IDisposable? TryBegin()
    {
        if (Interlocked.Increment(ref running) <= MostAtOnce)
        {
            return new Turn(this);
        }

        Interlocked.Decrement(ref running);
        return null;
    }

    /// <summary>Tries the rule. Each line stands for itself; the last one has the totals.</summary>
    /// <param name="from">Microseconds UTC.</param>
    /// <param name="to">Exclusive.</param>
    public async IAsyncEnumerable<RuleTryLine> RunAsync(
        TriedRule tried, IReadOnlyList<Thing> things, long from, long to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var progress = new RuleTryProgress(tried.Rule.Id, things.Count, clock.GetTimestamp());
        var told = 0;
        var last = clock.GetTimestamp();
        foreach (var thing in things)
        {
            if (tried.Plan.For(thing.Type) is not { } plan)
            {
                progress.Skip();
                continue;
            }

            var past = new ThingPast(thing, plan, progress.Counters, queries, series, from);
            for (var at = from; at < to;)
            {
                at = await past.RunAsync(at, to, isFirst: at == from);
                cancellation.ThrowIfCancellationRequested();
                if (clock.GetElapsedTime(last) >= ProgressEvery)
                {
                    last = clock.GetTimestamp();
                    yield return progress.Line(past, (double)(at - from) / (to - from), clock);
                }
            }

            foreach (var line in Compare(tried, thing, past, progress, from, to))
            {
                if (told++ < MostTold)
                {
                    yield return line;
                }
            }
        }

        yield return progress.End(clock, isCut: told > MostTold);
    }

    private IEnumerable<RuleTryLine> Compare(TriedRule tried, Thing thing, ThingPast past, RuleTryProgress progress, long from, long to)
    {
        var raised = alarms.Between(tried.Rule.Id, thing.Id, from, to);
        var (was, missing) = AlarmPairs.Of([.. past.Alarms.Select(alarm => alarm.Span)], [.. raised.Select(SpanOf)]);
        progress.Add(past, was, missing);
        var now = past.Alarms.Select((alarm, index) => new RuleTryAlarm(
            thing.Id, thing.Name, Instant.ToTime(alarm.Span.Raised), alarm.Span.Cleared is { } cleared ? Instant.ToTime(cleared) : null, alarm.Cause,
            was[index] ? TriedOutcome.Both : TriedOutcome.New));
        var then = raised.Where((_, index) => missing[index]).Select(alarm => new RuleTryAlarm(
            thing.Id, thing.Name, alarm.RaisedAt, alarm.ClearedAt, alarm.Explanation, TriedOutcome.Missing));
        return now.Concat(then).OrderBy(alarm => alarm.RaisedAt);
    }

    private static AlarmSpan SpanOf(Alarm alarm) => new(Instant.Of(alarm.RaisedAt), alarm.ClearedAt is { } cleared ? Instant.Of(cleared) : null);

    private sealed class Turn(RuleTries tries) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref tries.running);
    }
}
