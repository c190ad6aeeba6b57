using System.Text.Json;
using System.Text.Json.Serialization;
using Jingwei.Text;

namespace Jingwei.Server.Reports.Structuring;

/// <summary>Something that a report states.</summary>
/// <param name="Fact">class, kind, level, date, place, region (its code), dead, injured, missing, trapped, evacuated, magnitude or loss (yuan).</param>
/// <param name="Number">Of a fact that is a number.</param>
/// <param name="Text">Of a fact that is text; a date as 2026-01-05.</param>
/// <param name="Start">Where it stands in the text, or the title, in UTF-16 units; null where it stands nowhere by itself.</param>
/// <param name="Confidence">0 to 1; 1 for what a person said.</param>
public sealed record StatedFact(string Fact, double? Number, string? Text, int? Start, int? End, bool InTitle, double Confidence)
{
    /// <summary>Who corrected it; null for what was read.</summary>
    public string? By { get; init; }
}

/// <summary>The level that a report suggests.</summary>
/// <param name="Level">1 (gravest) to 4.</param>
public sealed record SuggestedLevel(int Level, Label Rule, string Source);

/// <summary>What was read in a report.</summary>
/// <param name="Lacking">Facts that should be asked for.</param>
public sealed record ReportStructure(IReadOnlyList<StatedFact> Facts, IReadOnlyList<TextSpan> Spans, SuggestedLevel? Level, IReadOnlyList<string> Lacking)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static ReportStructure Empty { get; } = new([], [], null, []);

    public StatedFact? Fact(string name) => Facts.FirstOrDefault(each => each.Fact == name);

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    public static ReportStructure Parse(string? json) => json is null ? Empty : JsonSerializer.Deserialize<ReportStructure>(json, Options)!;

    /// <summary>With a fact in place of what was there before; a null takes it away.</summary>
    public ReportStructure With(string name, StatedFact? fact) => this with
    {
        Facts = [.. Facts.Where(each => each.Fact != name), .. fact is null ? [] : new[] { fact }],
        Lacking = [.. Lacking.Where(lacking => lacking != name)],
    };
}
