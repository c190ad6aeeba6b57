using System.Collections.Immutable;

namespace Jingwei.Server.Packs.Model;

/// <summary>A thing that a test works on.</summary>
public sealed record TestThing(string Id, string Type, string? Parent);

/// <summary>
/// Readings of one thing at one time. A value is a double, a bool, a string, or a [longitude, latitude] array of two doubles.
/// </summary>
public sealed record TestReading(string Thing, DateTimeOffset At, ImmutableDictionary<string, object> Values)
{
    /// <summary>Instead of values: a message that came then, for the decoder of the thing's channel.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>Of the message in the test's file.</summary>
    public int Line { get; init; }
}

/// <summary>What an indicator must give for the window that <paramref name="At"/> lies in.</summary>
/// <param name="Value">Null: the indicator is not defined in that window.</param>
/// <param name="Within">Largest difference allowed.</param>
/// <param name="Band">Null: any.</param>
public sealed record ExpectedIndicator(
    string Indicator, string Thing, DateTimeOffset At, double? Value, double Within, Band? Band, int Line);

/// <summary>An alarm that must be raised, or cleared, at that time.</summary>
public sealed record ExpectedAlarm(string Rule, string Thing, DateTimeOffset At, bool Raised, int Line);

/// <summary>A case that must stand in that state after all readings.</summary>
public sealed record ExpectedCase(string Case, string Thing, string State, int Line);

/// <summary>Readings in; indicator values, alarms and case states out. One file of a pack's tests folder.</summary>
/// <param name="File">Its path below the folder that was loaded.</param>
/// <param name="Zone">The zone of the things' party: its shifts and days.</param>
public sealed record PackTest(
    string Name, string File, TimeZoneInfo Zone, ImmutableArray<TestThing> Things, ImmutableArray<TestReading> Readings,
    ImmutableArray<ExpectedIndicator> Indicators, ImmutableArray<ExpectedAlarm> Alarms, ImmutableArray<ExpectedCase> Cases);
