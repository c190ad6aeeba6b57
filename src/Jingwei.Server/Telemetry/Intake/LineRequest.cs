using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Takes the lines of one request in; a request that cannot be read at all counts as one rejected value.</summary>
public sealed class LineRequest(LineWrite lines, ReadingCheck check, Readings readings, Things things, TelemetryOptions options, TimeProvider clock)
{
    /// <summary>Largest request in bytes, unpacked.</summary>
    public int Limit => options.WriteBytes;

    public ChannelMapping? Channel(string? database) => lines.Channel(database);

    /// <summary>
    /// Ends when every line is in the synced log: accepted, or rejected with its reason. Makes the things that do not exist yet where the
    /// channel says so, and the caller may configure the place where they come to stand.
    /// </summary>
    public async ValueTask<IntakeResult> AcceptAsync(
        Caller caller, ChannelMapping channel, ReadOnlyMemory<byte> body, string? precision, CancellationToken cancellation)
    {
        var batches = Read(caller, channel, body, precision);
        if (channel.CreateType is { } type && await CreateAsync(caller, type, batches, cancellation))
        {
            batches = Read(caller, channel, body, precision);
        }

        var results = new IntakeResult[batches.Count];
        var waiting = batches.Select(batch => readings.AcceptAsync(batch, cancellation).AsTask()).ToList();
        for (var index = 0; index < results.Length; index++)
        {
            results[index] = await waiting[index];
        }

        return new IntakeResult(
            results.Max(result => result.Status), results.Sum(result => result.Accepted), [.. results.SelectMany(result => result.Rejected)]);
    }

    /// <summary>Keeps a request that was refused as a whole; ends when it is in the synced log.</summary>
    /// <param name="channel">Null: the request names none that there is.</param>
    public ValueTask<IntakeResult> RefuseAsync(
        ChannelMapping? channel, string reason, string detail, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var batch = new IntakeBatch(channel?.Id ?? LineWrite.Protocol, Instant.Of(clock.GetUtcNow()));
        check.AddUnparsable(batch, null, body.Span, reason, detail);
        return readings.AcceptAsync(batch, cancellation);
    }

    private IReadOnlyList<IntakeBatch> Read(Caller caller, ChannelMapping channel, ReadOnlyMemory<byte> body, string? precision) =>
        lines.Read(caller, channel, Instant.Of(clock.GetUtcNow()), body.Span, precision);

    // In the party and region of the first grant that lets the caller make things; true when any was made.
    private async ValueTask<bool> CreateAsync(Caller caller, string type, IReadOnlyList<IntakeBatch> batches, CancellationToken cancellation)
    {
        if (caller.Grants.FirstOrDefault(grant => (int)grant.Role >= (int)Right.Configure) is not { } grant)
        {
            return false;
        }

        var made = false;
        var unknown = batches
            .SelectMany(batch => batch.Rejected)
            .Where(reject => reject.Reason == RejectReason.UnknownThing)
            .Select(reject => reject.Thing)
            .Distinct(StringComparer.Ordinal);
        foreach (var id in unknown.OfType<string>().Where(id => Ids.Fault(id) is null))
        {
            made |= await things.AddAsync(new Thing(id, type, id, grant.Party, grant.Region, null, null, clock.GetUtcNow(), 1), cancellation) == ThingOutcome.Done;
        }

        return made;
    }
}
