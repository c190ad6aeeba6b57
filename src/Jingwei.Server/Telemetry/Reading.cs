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
public readonly record struct Reading(
    Thing Thing, Property Property, long Series, long Time, long Arrived, ReadingValue Value, Quality Quality, string? Flag);
