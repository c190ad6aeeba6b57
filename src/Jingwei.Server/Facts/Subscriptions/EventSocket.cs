using System.Net.WebSockets;
using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Subscriptions;

/// <summary>A standing query whose events are told over a WebSocket for as long as it is open (EPCIS 2.0, 12.7.1.4).</summary>
internal sealed class EventSocket(FactStore store, FactRights rights, EpcForms forms, Authenticator authenticator, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>Most sockets at a time.</summary>
    public const int Most = 1_000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private int open;

    public bool IsFull => Volatile.Read(ref open) >= Most;

    /// <summary>Tells events until the other side closes, the caller may not come in any more, or the server stops.</summary>
    /// <param name="schedule">When it is asked; null: whenever an event was captured.</param>
    public async Task TellAsync(
        HttpContext context, Caller caller, string name, EventQuery query, QuerySchedule? schedule, bool reportIfEmpty, ulong position, EpcFormat format)
    {
        Interlocked.Increment(ref open);
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            var closing = ListenAsync(socket, ending);
            await TellAsync(socket, caller, new(name, query, schedule, reportIfEmpty, format), position, ending.Token);
            await ending.CancelAsync();
            await closing;
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    private async Task TellAsync(WebSocket socket, Caller caller, Standing standing, ulong position, CancellationToken cancellation)
    {
        var due = standing.Schedule?.Next(clock.GetUtcNow());
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            do
            {
                var now = clock.GetUtcNow();
                if (now < due || (due is null && position == store.Newest))
                {
                    continue;
                }

                if (authenticator.Renew(caller) is not { } renewed)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, "Who asked may not come in any more.", cancellation);
                    return;
                }

                position = await TellAsync(socket, standing, renewed, position, now, cancellation);
                due = standing.Schedule?.Next(now);
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, soon.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private async Task<ulong> TellAsync(WebSocket socket, Standing standing, Caller caller, ulong position, DateTimeOffset now, CancellationToken cancellation)
    {
        var view = rights.ViewOf(caller);
        for (var isAll = false; !isAll;)
        {
            using var answer = StandingAnswer.After(store, standing.Query, view, position, FactLimits.MostPerPage);
            rights.NoteUses(caller, view, AgreementUseKind.Subscription);
            if (answer.Facts.Count > 0 || (standing.ReportIfEmpty && standing.Schedule is not null && answer.IsAll))
            {
                await socket.SendAsync(answer.ToJson(standing.Name, null, forms, standing.Format, now), WebSocketMessageType.Text, true, cancellation);
            }

            (position, isAll) = (answer.Position, answer.IsAll);
        }

        return position;
    }

    // Nothing is expected; reading notices that the other side goes.
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource ending)
    {
        var buffer = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(buffer, ending.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
        }

        await ending.CancelAsync();
    }

    private sealed record Standing(string Name, EventQuery Query, QuerySchedule? Schedule, bool ReportIfEmpty, EpcFormat Format);
}
