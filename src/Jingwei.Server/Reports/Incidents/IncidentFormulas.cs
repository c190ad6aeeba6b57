using System.Collections.Immutable;
using Jingwei.Cel;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>The expressions of an incident type, ready to run. Immutable.</summary>
internal sealed class IncidentFormulas
{
    private readonly CelProgram severity;
    private readonly ImmutableArray<(RiskPart Part, CelProgram Program)> risk;
    private readonly CelProgram heat;
    private readonly ImmutableArray<(Band Band, CelProgram Program)> bands;

    public IncidentFormulas(IncidentType type, PackPlugin? plugin)
    {
        Type = type;
        var incident = IncidentScope.OfIncident(type.Layers.Select(layer => layer.Id), plugin);
        severity = incident.Compile(type.Severity, CelType.String).Require();
        risk = [.. type.Risk.Select(part => (part, incident.Compile(part.Value, CelType.Double).Require()))];
        heat = IncidentScope.OfHeat(plugin).Compile(type.Heat, CelType.Double).Require();
        bands = [.. type.Map.Select(band => (band.Band, IncidentScope.OfRegion(plugin).Compile(band.When, CelType.Bool).Require()))];
    }

    public IncidentType Type { get; }

    /// <summary>The severity that the facts give; blue where the expression gives none.</summary>
    public Band Severity(ReadOnlySpan<CelValue> facts) =>
        severity.Evaluate(facts) is { Kind: CelKind.String } word && Enum.TryParse<Band>(word.AsString(), ignoreCase: true, out var band) && band != Band.Green ? band : Band.Blue;

    /// <summary>What each part gives.</summary>
    public ImmutableArray<RiskContribution> Risk(ReadOnlySpan<CelValue> facts)
    {
        var parts = ImmutableArray.CreateBuilder<RiskContribution>(risk.Length);
        foreach (var (part, program) in risk)
        {
            parts.Add(new(part.Id, part.Weight, Number(program.Evaluate(facts)) is { } value ? Math.Clamp(value, 0, 1) : null));
        }

        return parts.MoveToImmutable();
    }

    /// <summary>The heat of an incident at a moment.</summary>
    public double Heat(Incident incident, double riskThen, long at) => HeatBy(heat, incident, riskThen, at);

    /// <summary>The same by another expression, which somebody tries.</summary>
    public double HeatBy(CelProgram expression, Incident incident, double riskThen, long at)
    {
        var (volume, acceleration) = Volume(incident, at);
        Span<CelValue> slots = [volume, acceleration, riskThen, incident.Number("level"), (double)incident.Reports];
        return Number(expression.Evaluate(slots)) ?? 0;
    }

    /// <summary>The colour of a region.</summary>
    public Band BandOf(in RegionFigures figures)
    {
        Span<CelValue> slots = [figures.Red, figures.Orange, figures.Yellow, figures.Blue, figures.Risk, figures.Warning, figures.Indicator];
        foreach (var (band, program) in bands)
        {
            if (program.Evaluate(slots) is { Kind: CelKind.Bool } holds && holds.AsBool())
            {
                return band;
            }
        }

        return Band.Green;
    }

    /// <summary>The weight of the reports by then, halved with every half-life; and what came in the last half-life over the one before it, less 1.</summary>
    public (double Volume, double Acceleration) Volume(Incident incident, long at)
    {
        var half = (double)Instant.Of(Type.HalfLife);
        var (volume, recent, before) = (0d, 0d, 0d);
        foreach (var moment in incident.Moments)
        {
            var age = at - moment.At;
            if (age < 0)
            {
                continue;
            }

            volume += moment.Weight * double.Exp2(-age / half);
            recent += age < half ? moment.Weight : 0;
            before += age >= half && age < 2 * half ? moment.Weight : 0;
        }

        // One usual report more on both sides: the second report of an incident is no explosion.
        return (volume, ((recent + 1) / (before + 1)) - 1);
    }

    private static double? Number(CelValue value) => value.Kind == CelKind.Double && double.IsFinite(value.AsDouble()) ? value.AsDouble() : null;
}

/// <summary>What the colour of a region is made of.</summary>
/// <param name="Red">Open incidents of that severity; so the others.</param>
/// <param name="Risk">The greatest risk among them.</param>
/// <param name="Warning">The gravest warning in force, 0 to 4 (red).</param>
/// <param name="Indicator">The worst band of the region's indicators, 0 (green) to 4 (red).</param>
public readonly record struct RegionFigures(double Red, double Orange, double Yellow, double Blue, double Risk, double Warning, double Indicator);
