using System.Runtime.CompilerServices;
using Jingwei.Server.Directory;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Rules.Trying;

/// <summary>Runs a rule over the past of many things, and tells of it while it goes on. Nothing is raised.</summary>
internal sealed class RuleTries(ReadingQueries queries, SeriesRegistry series, Alarms alarms, TimeProvider clock, TryLimits? limits = null)
{
    // Each may keep both connections of the engine busy that there are for everybody who asks anything, and all processors.
    private const int MostAtOnce = 1;

    // Groups of things on their way: two are read while one is judged, or the other way about.
    private const int GroupsAtOnce = 3;

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
        var by = things.Select(thing => thing.Type).Distinct().Any(type => tried.Plan.For(type) is { } plan && ThingPast.MayUseHours(plan)) ? TriedBy.Rollups : TriedBy.Readings;
        var progress = new RuleTryProgress(tried.Rule.Id, by, things.Count, clock.GetTimestamp());
        var groups = new PastGroups(tried, things, series, queries, progress, from, to, limits ?? new());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Queue<PastGroup> underWay = [];
        try
        {
            var tick = Task.Delay(ProgressEvery, clock, stop.Token);
            while (true)
            {
                while (underWay.Count < GroupsAtOnce && groups.Next() is { } next)
                {
                    underWay.Enqueue(next.Start(from, to, stop.Token));
                }

                if (!underWay.TryPeek(out var oldest))
                {
                    break;
                }

                if (await Task.WhenAny(oldest.Done, tick) == tick)
                {
                    cancellation.ThrowIfCancellationRequested();
                    tick = Task.Delay(ProgressEvery, clock, stop.Token);
                    yield return progress.Line([.. underWay.SelectMany(group => group.Pasts)], clock);
                    continue;
                }

                await oldest.Done;
                underWay.Dequeue();
                groups.Learn(oldest);
                progress.Add(oldest.Counters);
                foreach (var line in oldest.Pasts.SelectMany(past => Compare(tried, past, progress, from, to)).Where(_ => progress.Tell()))
                {
                    yield return line;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(underWay.Select(group => group.Done)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        yield return progress.End(clock);
    }

    private IEnumerable<RuleTryLine> Compare(TriedRule tried, ThingPast past, RuleTryProgress progress, long from, long to)
    {
        var thing = past.Thing;
        var raised = alarms.Between(tried.Rule.Id, thing.Id, from, to);
        var (was, missing) = AlarmPairs.Of([.. past.Alarms.Select(alarm => alarm.Span)], [.. raised.Select(SpanOf)]);
        progress.Add(past, was, missing);
        if (!progress.IsTelling)
        {
            progress.LeaveOut(was.Length + missing.Count(gone => gone));
            return [];
        }

        var now = past.Alarms.Select((alarm, index) => new RuleTryAlarm(
            thing.Id, thing.Name, Instant.ToTime(alarm.Span.Raised), alarm.Span.Cleared is { } cleared ? Instant.ToTime(cleared) : null,
            alarm.Cause ?? Label.Of(""), was[index] ? TriedOutcome.Both : TriedOutcome.New));
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
