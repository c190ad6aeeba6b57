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

    // From its end until it is cut: for the rest of a message and the handshake of closing. Half of what Docker waits for a server that stops.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

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
            // A send or receive that is cancelled cuts the connection: one token ends the telling, another the connection.
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            await using var farewell = ending.Token.Register(() => cut.CancelAfter(Farewell));
            var closing = ListenAsync(socket, ending, cut.Token);
            var mayComeIn = await TellAsync(socket, caller, new(name, query, schedule, reportIfEmpty, format), position, ending.Token, cut.Token);
            await ending.CancelAsync();
            await CloseAsync(socket, mayComeIn, cut.Token);
            await closing;
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    // False where the caller may not come in any more.
    private async Task<bool> TellAsync(WebSocket socket, Caller caller, Standing standing, ulong position, CancellationToken ending, CancellationToken cut)
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
                    return false;
                }

                position = await TellAsync(socket, standing, renewed, position, now, ending, cut);
                due = standing.Schedule?.Next(now);
            }
            while (await timer.WaitForNextTickAsync(ending));
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
        }

        return true;
    }

    private async Task<ulong> TellAsync(WebSocket socket, Standing standing, Caller caller, ulong position, DateTimeOffset now, CancellationToken ending, CancellationToken cut)
    {
        var view = rights.ViewOf(caller);
        for (var isAll = false; !isAll && !ending.IsCancellationRequested;)
        {
            using var answer = StandingAnswer.After(store, standing.Query, view, position, FactLimits.MostPerPage);
            rights.NoteUses(caller, view, AgreementUseKind.Subscription);
            if (answer.Facts.Count > 0 || (standing.ReportIfEmpty && standing.Schedule is not null && answer.IsAll))
            {
                await socket.SendAsync(answer.ToJson(standing.Name, null, forms, standing.Format, now), WebSocketMessageType.Text, true, cut);
            }

            (position, isAll) = (answer.Position, answer.IsAll);
        }

        return position;
    }

    private static async Task CloseAsync(WebSocket socket, bool mayComeIn, CancellationToken cut)
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                var (status, why) = mayComeIn ? (WebSocketCloseStatus.NormalClosure, null) : (WebSocketCloseStatus.PolicyViolation, "Who asked may not come in any more.");
                await socket.CloseOutputAsync(status, why, cut);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            // The other side has gone without a word.
        }
    }

    // Nothing is expected; reading notices that the other side goes, or answers that the socket closes.
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource ending, CancellationToken cut)
    {
        var buffer = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(buffer, cut)).MessageType != WebSocketMessageType.Close)
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
