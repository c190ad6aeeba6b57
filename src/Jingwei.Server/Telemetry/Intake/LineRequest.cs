using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Journal;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>What became of a request.</summary>
/// <param name="Rejected">Values of it that were rejected.</param>
/// <param name="Named">The first reject of each of the first lines that had any.</param>
public readonly record struct LineResult(IntakeStatus Status, long Rejected, IReadOnlyList<Reject> Named);

/// <summary>Takes the lines of one request in; a request that cannot be read at all counts as one rejected value.</summary>
public sealed partial class LineRequest(
    LineWrite lines, ReadingCheck check, Readings readings, Things things, TelemetryOptions options, TimeProvider clock, ILogger<LineRequest> logger)
{
    // Lines named in an answer; all of them are kept with their reasons.
    private const int LinesNamed = 100;

    private readonly ValueBudget room = new(options.WriteBytesInFlight);

    private int told;

    /// <summary>Largest request in bytes, unpacked.</summary>
    public int Limit => options.WriteBytes;

    public ChannelMapping? Channel(string? database) => lines.Channel(database);

    /// <summary>A buffer for the body of a request; all of them share <see cref="TelemetryOptions.WriteBytesInFlight"/>.</summary>
    /// <param name="expected">Bytes that will come, as far as is known.</param>
    internal PooledBody NewBody(long expected) => new(room, (int)Math.Min(expected, Limit), options.Patience, clock);

    /// <summary>
    /// Ends when every line is in the synced log: accepted, or rejected with its reason. Makes the things that do not exist yet where the
    /// channel says so, and the caller may configure the place where they come to stand.
    /// </summary>
    public async ValueTask<LineResult> AcceptAsync(
        Caller caller, ChannelMapping channel, ReadOnlyMemory<byte> body, string? precision, CancellationToken cancellation)
    {
        List<Reject> named = [];
        var rejected = 0L;
        // One piece after the other: what a request takes in memory has a limit, however large it is.
        for (var place = default(LinePlace); place.At < body.Length;)
        {
            var begin = place;
            var batch = Read(caller, channel, body, precision, ref place);
            if (channel.CreateType is { } type && await CreateAsync(caller, channel, type, batch, cancellation))
            {
                batch.Dispose();
                place = begin;
                batch = Read(caller, channel, body, precision, ref place);
            }

            var result = await readings.AcceptAsync(batch, cancellation);
            if (result.Status != IntakeStatus.Durable)
            {
                return new LineResult(result.Status, rejected, named);
            }

            rejected += result.Rejected.Count;
            named.AddRange(result.Rejected.DistinctBy(reject => reject.Line).Take(LinesNamed - named.Count));
        }

        return new LineResult(IntakeStatus.Durable, rejected, named);
    }

    /// <summary>Keeps a request that was refused as a whole; ends when it is in the synced log.</summary>
    /// <param name="channel">Null: the request names none that there is.</param>
    public async ValueTask<LineResult> RefuseAsync(
        ChannelMapping? channel, string reason, string detail, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var batch = new IntakeBatch(channel?.Id ?? LineWrite.Protocol, Instant.Of(clock.GetUtcNow()));
        check.AddUnparsable(batch, null, body.Span, reason, detail);
        var result = await readings.AcceptAsync(batch, cancellation);
        return new LineResult(result.Status, result.Rejected.Count, result.Rejected);
    }

    private IntakeBatch Read(Caller caller, ChannelMapping channel, ReadOnlyMemory<byte> body, string? precision, ref LinePlace place) =>
        lines.Read(caller, channel, Instant.Of(clock.GetUtcNow()), body.Span, precision, ref place);

    // In the party and region of the first grant that lets the caller make things; true when any was made.
    private async ValueTask<bool> CreateAsync(Caller caller, ChannelMapping channel, string type, IntakeBatch batch, CancellationToken cancellation)
    {
        if (caller.Grants.FirstOrDefault(grant => (int)grant.Role >= (int)Right.Configure) is not { } grant)
        {
            return false;
        }

        var unknown = batch.Rejected
            .Where(reject => reject.Reason == RejectReason.UnknownThing && reject.Thing is { } id && Ids.Fault(id) is null)
            .Select(reject => reject.Thing!)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var left = unknown.Count == 0 ? 0 : options.ThingsMade - things.All.Count(thing => thing.Type == type);
        if (left < unknown.Count && Interlocked.Exchange(ref told, 1) == 0)
        {
            LogFull(channel.Id, type, options.ThingsMade);
        }

        var made = false;
        var author = ThingAuthor.Of(caller);
        foreach (var some in unknown.Take(Math.Max(left, 0)).Chunk(Things.BatchSize))
        {
            var outcomes = await things.WriteAsync(
                [.. some.Select(id => new ThingWrite(ThingDeed.Made, new Thing(id, type, id, grant.Party, grant.Region, null, null, clock.GetUtcNow(), 1)))], author, cancellation);
            made |= outcomes.Contains(ThingOutcome.Done);
        }

        return made;
    }

    [LoggerMessage(EventId = 106, Level = LogLevel.Warning, Message = "Channel {Channel} makes no more things of type {Type}: there are {Limit} (ThingsMade). What comes for others is rejected; this is said once")]
    private partial void LogFull(string channel, string type, int limit);
}
