using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Console;

/// <summary>Something that a screen shows has changed.</summary>
/// <param name="Name">The event's name in the stream: reading, alarm, case, indicator, thing, progress, notification, incident, report, duty, handover.</param>
/// <param name="Key">Of two pending events of the same name and key only the later is sent.</param>
/// <param name="Scope">Where it belongs; null for what everybody who is signed in may see.</param>
/// <param name="Thing">The thing that it is about, where there is one.</param>
/// <param name="Data">The same shape as the list of its kind delivers.</param>
public sealed record LiveEvent(string Name, string Key, Scope? Scope, Thing? Thing, object Data)
{
    /// <summary>For a case: it is an exercise; null for anything else.</summary>
    public bool? Exercise { get; init; }

    /// <summary>The user that alone it is for; null for all.</summary>
    public string? User { get; init; }
}

/// <summary>One property's newest value, as `latest` delivers it.</summary>
public sealed record LiveValue(object? Value, DateTimeOffset Ts, Quality Quality, string? Flag)
{
    public static LiveValue Of(in Reading reading) => new(
        reading.Value.Kind switch
        {
            PropertyKind.Number => reading.Value.Number,
            PropertyKind.Boolean => reading.Value.Number != 0,
            _ => reading.Value.Text,
        },
        Instant.ToTime(reading.Time),
        reading.Quality,
        reading.Flag);
}
