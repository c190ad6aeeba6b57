using Jingwei.Cel;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Rules.Publishing;

/// <summary>What of a rule can be changed here; names, parameters and the case that it opens stay as the pack has them. Lengths as packs write them.</summary>
public sealed record RuleDefinition(
    Band Severity, string? When, string? Clear, string? For, string? ClearFor, AbsenceItem? Absent, string? Lateness, string? SeverityBy, string? During)
{
    public static RuleDefinition Of(Rule rule) => new(
        rule.Severity, rule.When, rule.Clear, Written(rule.For), Written(rule.ClearFor),
        rule.Absent is { } absent ? new AbsenceItem(absent.Property, Duration.Format(absent.For)) : null, Written(rule.Lateness), rule.SeverityBy, rule.During);

    /// <summary>The rule with these words; what is no duration counts as none.</summary>
    public Rule Over(Rule rule) => rule with
    {
        Severity = Severity,
        When = Absent is null ? When : null,
        Clear = Absent is null ? Clear : null,
        For = LengthOf(For),
        ClearFor = LengthOf(ClearFor),
        Absent = Absent is { } absent ? new Absence(absent.Property, LengthOf(absent.For)) : null,
        Lateness = LengthOf(Lateness),
        SeverityBy = SeverityBy,
        During = During,
    };

    /// <summary>What is wrong with it for things of the rule's type, each with the field that it is about.</summary>
    public IReadOnlyList<string> FaultsOver(Rule rule, PackSet packs)
    {
        if (packs.Type(rule.Type) is not { } type)
        {
            return [$"type: there is no thing type '{rule.Type}'"];
        }

        var scope = ExpressionScope.OfRule(type, rule.Parameters.Select(parameter => parameter.Id), packs.Plugin(type.Pack));
        return
        [
            .. Severity == Band.Green ? ["severity: red, orange, yellow or blue"] : Array.Empty<string>(),
            .. Lengths(),
            .. Expression("when", When, scope, CelType.Bool),
            .. Expression("clear", Clear, scope, CelType.Bool),
            .. Expression("during", During, scope, CelType.Bool),
            .. Expression("severityBy", SeverityBy, scope, CelType.String),
            .. Subject(type),
        ];
    }

    private IEnumerable<string> Lengths() => new[] { ("for", For), ("clearFor", ClearFor), ("lateness", Lateness), ("absent.for", Absent?.For) }
        .Where(length => length.Item2 is { } text && !Duration.TryParse(text, out _))
        .Select(length => $"{length.Item1}: '{length.Item2}' is no duration such as 30s, 5m, 1h30m");

    private IEnumerable<string> Subject(ThingType type)
    {
        if (Absent is { } absent && type.Property(absent.Property) is null)
        {
            yield return $"absent.property: '{type.Id}' has no property '{absent.Property}'";
        }
        else if (Absent is { } silence && LengthOf(silence.For) <= TimeSpan.Zero)
        {
            yield return "absent.for: how long nothing may arrive, such as 5m";
        }
        else if (this is { When: null, Absent: null })
        {
            yield return "when: a condition is needed, or absent";
        }
    }

    private static IEnumerable<string> Expression(string field, string? source, CelEnvironment scope, CelType wanted) =>
        source is null ? [] : scope.Compile(source, wanted).Issues.Select(issue => $"{field}: {issue}");

    private static TimeSpan LengthOf(string? text) => text is not null && Duration.TryParse(text, out var length) ? length : TimeSpan.Zero;

    private static string? Written(TimeSpan length) => length == TimeSpan.Zero ? null : Duration.Format(length);
}
