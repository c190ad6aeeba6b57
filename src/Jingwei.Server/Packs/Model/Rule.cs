using System.Collections.Immutable;

namespace Jingwei.Server.Packs.Model;

/// <summary>The five bands, worst first; alarms use the first four.</summary>
public enum Band
{
    Red,
    Orange,
    Yellow,
    Blue,
    Green,
}

/// <summary>The case that a rule opens when it raises an alarm.</summary>
public sealed record OpensCase(string Case, ImmutableDictionary<string, string> Fields);

/// <summary>No reading of <paramref name="Property"/> arrived for that long.</summary>
public sealed record Absence(string Property, TimeSpan For);

/// <summary>When an alarm is raised and cleared: a CEL condition with duration and hysteresis, or an absence.</summary>
/// <param name="When">CEL over the type's properties; null for an absence.</param>
/// <param name="Clear">CEL; null means: when <paramref name="When"/> is false.</param>
/// <param name="For">Event time that the condition must hold before the alarm is raised.</param>
public sealed record Rule(
    string Id, string Pack, string Type, Band Severity, string? When, string? Clear, TimeSpan For, TimeSpan ClearFor,
    Absence? Absent, OpensCase? Opens, Label Name, Label Advice);
