using System.Collections.Concurrent;
using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.Queries;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Store;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Facts.Subscriptions;

/// <summary>
/// Asks standing queries when it is time and posts what they tell, in order and until it was taken: how far a subscription got is noted behind
/// the answer, so that after an end something may come twice and nothing is left out.
/// </summary>
internal sealed partial class SubscriptionLoop(
    FactStore store, SubscriptionBook book, NamedQueries queries, FactRights rights, EpcForms forms, Authenticator authenticator, SubscriptionSender sender, TimeProvider clock, ILogger<SubscriptionLoop> logger)
    : BackgroundService
{
    // Soon enough to be called at once, seldom enough that an idle server is idle.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    // Subscriptions that are posted to at a time; others wait.
    private const int Together = 16;

    // Of these, such as failed before: each may wait for its time limit again, and the others go on meanwhile.
    private const int FailedTogether = Together / 2;

    // After n failures 2^n seconds, at most an hour.
    private const int MostDoublings = 12;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Run> running = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Begin(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(running.Values.Select(run => run.Task));
        }
    }

    /// <summary>Asks one standing query and posts what it tells; until it is told all, or the other side does not take it.</summary>
    internal async Task RunAsync(Subscription each, CancellationToken cancellation)
    {
        for (var more = true; more;)
        {
            (each, more) = await StepAsync(each, cancellation);
            book.Update(each);
        }
    }

    private void Begin(CancellationToken cancellation)
    {
        try
        {
            var due = book.DueAt(clock.GetUtcNow(), store.Newest).Where(each => !running.ContainsKey(each.Id)).ToLookup(each => each.Failures > 0);
            foreach (var each in due[true].Take(Math.Min(Together - running.Count, FailedTogether - running.Values.Count(run => run.HasFailed))).ToList().Concat(due[false]))
            {
                if (running.Count >= Together)
                {
                    return;
                }

                // Known as running before it runs: it may be over at once.
                var run = running[each.Id] = new(each.Failures > 0);
                run.Task = RunAloneAsync(each, cancellation);
            }
        }
        catch (SqliteException fault)
        {
            Stalled(fault);
        }
    }

    private async Task RunAloneAsync(Subscription each, CancellationToken cancellation)
    {
        await Task.Yield();
        try
        {
            await RunAsync(each, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // It goes on from where it was at the next start.
        }
        catch (Exception fault) when (fault is SqliteException or IOException or InvalidDataException)
        {
            Stalled(fault);
        }
        finally
        {
            running.TryRemove(each.Id, out _);
        }
    }

    private async Task<(Subscription After, bool More)> StepAsync(Subscription each, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (queries.Find(each.Party, each.Query) is not { } named || EventQuery.Read(named.Definition).Query is not { } query)
        {
            return (each, false);
        }

        if (authenticator.Renew(each.Subscriber) is not { } subscriber)
        {
            return (Failed(each, "Who subscribed may not come in any more.", now), false);
        }

        var view = rights.ViewOf(subscriber);
        using var answer = StandingAnswer.After(store, query, view, each.Position, each.Together);
        rights.NoteUses(subscriber, view, AgreementUseKind.Subscription);
        if (answer.Facts.Count > 0 || (each.ReportIfEmpty && each.Schedule is not null && answer.IsAll))
        {
            var (fault, isTooLarge) = await sender.SendAsync(each, answer.ToJson(each.Query, each.Id, forms, each.Format, now), cancellation);
            if (fault is not null)
            {
                return isTooLarge && each.Together > 1 ? (each with { Together = each.Together / 2 }, true) : (Failed(each, fault, now), false);
            }

            each = each with { LastNotified = clock.GetUtcNow() };
        }

        each = each with { Position = answer.Position, Failures = 0, Fault = null };
        return answer.IsAll ? (each with { Due = each.Schedule?.Next(now) ?? DateTimeOffset.UnixEpoch }, false) : (each, true);
    }

    private static Subscription Failed(Subscription each, string fault, DateTimeOffset now)
    {
        var wait = TimeSpan.FromSeconds(1 << Math.Min(each.Failures, MostDoublings));
        return each with { Failures = each.Failures + 1, Fault = fault, Due = now + (wait < LongestWait ? wait : LongestWait) };
    }

    private sealed class Run(bool hasFailed)
    {
        public bool HasFailed => hasFailed;

        public Task Task { get; set; } = Task.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Error, "Subscriptions wait: what they tell, or how far they got, could not be read or written.")]
    private partial void Stalled(Exception fault);
}
