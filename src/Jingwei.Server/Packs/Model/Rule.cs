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

/// <summary>A number in a rule's expressions that may be another one for a thing: a threshold.</summary>
/// <param name="Id">Its name in the expressions.</param>
/// <param name="Default">Where nothing else is set.</param>
/// <param name="Unit">UCUM code; null for none.</param>
/// <param name="Min">The least that may be set; null for any.</param>
/// <param name="Max">The greatest that may be set; null for any.</param>
public sealed record RuleParameter(string Id, double Default, string? Unit, double? Min, double? Max)
{
    public Label Name { get; init; } = Label.Of(Id);
}

/// <summary>When an alarm is raised and cleared: a CEL condition with duration and hysteresis, or an absence.</summary>
/// <param name="When">CEL over the type's properties and the rule's parameters; null for an absence.</param>
/// <param name="Clear">CEL; null means: when <paramref name="When"/> is false.</param>
/// <param name="For">Event time that the condition must hold before the alarm is raised.</param>
public sealed record Rule(
    string Id, string Pack, string Type, Band Severity, string? When, string? Clear, TimeSpan For, TimeSpan ClearFor,
    Absence? Absent, OpensCase? Opens, Label Name, Label Advice)
{
    /// <summary>Readings that come this late are still put in their place: the rule is judged so much later. Zero: as they come.</summary>
    public TimeSpan Lateness { get; init; }

    public ImmutableArray<RuleParameter> Parameters { get; init; } = [];

    /// <summary>CEL that gives red, orange, yellow or blue when the alarm is raised; null, or anything else: <see cref="Severity"/>.</summary>
    public string? SeverityBy { get; init; }

    /// <summary>CEL; while it is false the rule neither raises nor clears. Null for always.</summary>
    public string? During { get; init; }

    /// <summary>Rules whose open alarm on the same thing, or one above it, is the cause of this one's.</summary>
    public ImmutableArray<string> CausedBy { get; init; } = [];
}
