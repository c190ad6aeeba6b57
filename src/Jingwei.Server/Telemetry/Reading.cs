using System.Collections.Immutable;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Telemetry;

/// <summary>How far a reading can be trusted; only good ones enter rollups and indicators.</summary>
public enum Quality : byte
{
    Good,
    Uncertain,
    Bad,
}

/// <summary>A value of any kind: numbers and booleans (0, 1) in <see cref="Number"/>, the rest in <see cref="Text"/>.</summary>
/// <param name="Text">Enumeration value id, text, or a position as "longitude latitude" in degrees; null for numbers and booleans.</param>
public readonly record struct ReadingValue(PropertyKind Kind, double Number, string? Text);

/// <summary>A reading that was accepted and is in the synced log.</summary>
/// <param name="Series">The integer that stands for (thing, property).</param>
/// <param name="Time">Microseconds since the epoch, UTC, by the device.</param>
/// <param name="Arrived">Microseconds since the epoch, UTC, by this server.</param>
/// <param name="Flag">Why the quality is not good, or what the source said of it: "range" for a value outside its range; null for nothing.</param>
/// <param name="Late">
/// Older than <see cref="TelemetryOptions.LiveWindow"/> on arrival, not newer than what its series had, or rejected at first: it corrects history and raises no live alarm.
/// </param>
public readonly record struct Reading(
    Thing Thing, Property Property, long Series, long Time, long Arrived, ReadingValue Value, Quality Quality, string? Flag,
    bool Late = false);

/// <summary>What one message added and is followed, in the order of the log.</summary>
/// <param name="Stamp">The message's place in the order of all that is taken in: microseconds since the epoch UTC of its arrival, moved on so that no two are the same.</param>
public sealed record ReadingBatch(long Stamp, ImmutableArray<Reading> Readings);
