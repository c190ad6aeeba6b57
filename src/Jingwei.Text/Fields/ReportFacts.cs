using Jingwei.Text.Spans;

namespace Jingwei.Text.Fields;

/// <summary>What a report of an incident states; null: not stated.</summary>
public sealed record ReportFacts
{
    /// <summary>Times, places, participants, objects and triggers of the text.</summary>
    public required IReadOnlyList<TextSpan> Spans { get; init; }

    /// <summary>Class by GB/T 35561.</summary>
    public required IncidentClass Class { get; init; }

    /// <summary>Kind within the class; null where none could be told. Its value is the kind's id.</summary>
    public Stated<string>? Kind { get; init; }

    /// <summary>The kind's name in Chinese.</summary>
    public string? KindName { get; init; }

    /// <summary>Day of the incident, absolute.</summary>
    public Stated<DateOnly>? Date { get; init; }

    /// <summary>Province in its short form (江苏), or foreign country.</summary>
    public Stated<string>? Province { get; init; }

    /// <summary>City, official name.</summary>
    public string? City { get; init; }

    /// <summary>County, official name.</summary>
    public string? County { get; init; }

    /// <summary>Code of the deepest region (GB/T 2260); null abroad.</summary>
    public string? RegionCode { get; init; }

    /// <summary>Deaths; 0 where the report says that there were none.</summary>
    public Stated<int>? Dead { get; init; }

    /// <summary>Injured, or taken ill.</summary>
    public Stated<int>? Injured { get; init; }

    /// <summary>Missing.</summary>
    public Stated<int>? Missing { get; init; }

    /// <summary>Trapped.</summary>
    public Stated<int>? Trapped { get; init; }

    /// <summary>Evacuated or moved.</summary>
    public Stated<int>? Evacuated { get; init; }

    /// <summary>Magnitude of an earthquake.</summary>
    public Stated<double>? Magnitude { get; init; }

    /// <summary>Direct economic loss, yuan.</summary>
    public Stated<double>? Loss { get; init; }

    /// <summary>Suggested level, with the rule that gave it; null where nothing was stated to judge by.</summary>
    public IncidentLevel? Level { get; init; }

    /// <summary>Names of what should be asked for: date, province, dead, injured, and magnitude of an earthquake.</summary>
    public required IReadOnlyList<string> Lacking { get; init; }

    /// <summary>The words that say what happened.</summary>
    public IEnumerable<TextSpan> Triggers => Spans.Where(span => span.Label == SpanTask.Denoter);
}
