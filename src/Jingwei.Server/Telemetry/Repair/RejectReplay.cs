using System.Buffers;
using System.Text;
using Jingwei.Sdk;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Store;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry.Repair;

/// <summary>What became of rejects that were judged again.</summary>
/// <param name="Accepted">Left the rejects: at least one value of theirs was accepted.</param>
/// <param name="Refused">Stay, each under the reason that it has now.</param>
/// <param name="Skipped">Stay untouched: what came is not kept whole, or nobody knows who sent it.</param>
/// <param name="Reasons">The refused ones by their reason now.</param>
internal sealed record ReplayResult(int Accepted, int Refused, int Skipped, IReadOnlyDictionary<string, int> Reasons);

/// <summary>
/// Judges rejects again, after what they failed by was mended: with their first arrival, by the way they came, and by what their publisher
/// may do today. What is accepted now leaves the rejects in the log's own commit, so that no crash counts or keeps it twice.
/// </summary>
internal sealed class RejectReplay(
    RejectStore rejects, Readings readings, Accounting accounting, JsonReadings json, DecodedPayloads decoded, LineWrite lines, PackCatalog packs, Things things, Authenticator callers)
    : IDisposable
{
    // One at a time: a reject must have left the store before anybody may take it up again.
    private readonly SemaphoreSlim one = new(1);

    /// <summary>Judges rejects again, in the order in which they came; ends when each is where it belongs. Null when intake is full or has stopped.</summary>
    /// <param name="choose">Reads the rejects; nobody else takes them up meanwhile.</param>
    public async Task<ReplayResult?> ReplayAsync(Func<IReadOnlyList<KeptReject>> choose, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            var chosen = choose();
            List<(KeptReject Before, Reject Now)> stay = [];
            List<Task<IntakeResult>> taken = [];
            var skipped = 0;
            foreach (var reject in chosen)
            {
                if (!IsReplayable(reject))
                {
                    skipped++;
                }
                else if (Judge(reject) is var (batch, refusal) && refusal is not null)
                {
                    stay.Add((reject, refusal));
                }
                else
                {
                    taken.Add(readings.AcceptAsync(batch!, CancellationToken.None).AsTask());
                }
            }

            var results = await Task.WhenAll(taken);
            if (!await TryStoreAsync())
            {
                return null;
            }

            Restate(stay);
            return results.All(result => result.Status == IntakeStatus.Durable)
                ? new ReplayResult(
                    taken.Count, stay.Count, skipped,
                    stay.GroupBy(each => each.Now.Reason, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count()))
                : null;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>False when what came is not kept whole, or nobody knows who sent it.</summary>
    public static bool IsReplayable(KeptReject reject) => reject.What.IsWhole && reject.Origin is not null;

    public void Dispose() => one.Dispose();

    // What was taken is in the log; when the engine fails, the next start finishes it.
    private async Task<bool> TryStoreAsync()
    {
        try
        {
            await readings.StoredAsync();
            return true;
        }
        catch (Exception error) when (error is EngineException or SqliteException or IOException)
        {
            return false;
        }
    }

    private void Restate(List<(KeptReject Before, Reject Now)> stay)
    {
        var changed = stay.Where(each => each.Before.What.Reason != each.Now.Reason || each.Before.What.Detail != each.Now.Detail).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        foreach (var reject in rejects.Restate(changed))
        {
            accounting.Restated(reject.Before.Channel, reject.Before.What.Reason, reject.Now.Reason);
        }
    }

    // A batch for the log when anything of it is accepted, or it falls apart into several; else why it stays.
    private (IntakeBatch? Batch, Reject? Refusal) Judge(KeptReject reject)
    {
        var what = reject.What;
        if (Publisher(reject.Origin!) is not { } publisher)
        {
            return (null, what with { Reason = RejectReason.NotAllowed, Detail = $"'{reject.Origin!.Publisher}', who delivered it, may not come in any more." });
        }

        var batch = new IntakeBatch(reject.Channel, reject.At) { Origin = reject.Origin, Replayed = [new ReplayedReject(reject.Id, what.Reason)] };
        var payload = Encoding.UTF8.GetBytes(what.Payload);
        if (reject.Origin!.Precision is null && DecoderOf(what) is { } decoder && RejectedBytes.FromText(what.Payload) is { } bytes)
        {
            decoded.Read(batch, publisher, what.Thing!, new ReadOnlySequence<byte>(bytes), decoder);
        }
        else if (reject.Origin.Precision is null)
        {
            json.Read(batch, publisher, what.Thing ?? "", new ReadOnlySequence<byte>(payload));
        }
        else if (packs.Current.Channels.FirstOrDefault(channel => channel.Id == reject.Channel && channel.Protocol == LineWrite.Protocol) is { } channel)
        {
            lines.Read(batch, publisher, channel, payload, reject.Origin.Precision, what.Property);
        }
        else
        {
            return (null, what with { Reason = RejectReason.UnknownChannel, Detail = $"No pack in force has the channel '{reject.Channel}'." });
        }

        return batch.Accepted > 0 || batch.Rejected.Count > 1 ? (batch, null)
            : (null, batch.Rejected.Count == 1 ? batch.Rejected[0] : what);
    }

    private PayloadDecoder? DecoderOf(Reject what) =>
        packs.Current is var now && what.Thing is { } id && things.TryGet(id, out var thing) && now.Channel(ReadingsTopic.Protocol, thing.Type) is { } channel ? now.Decoder(channel) : null;

    // A thing has no grants; it may deliver while it is there.
    private Caller? Publisher(Origin origin)
    {
        var caller = new Caller(origin.Kind, origin.Publisher, origin.Publisher, []);
        return origin.Kind == CallerKind.Thing && !things.TryGet(origin.Publisher, out _) ? null : callers.Renew(caller);
    }
}
