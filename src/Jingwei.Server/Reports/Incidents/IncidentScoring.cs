using System.Collections.Immutable;
using Jingwei.Cel;
using Jingwei.Server.Access;
using Jingwei.Server.Directory.Layers;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>Severity and risk of incidents, by the expressions of their type.</summary>
internal sealed class IncidentScoring(IncidentTypes types, Layers layers, Regions regions)
{
    private const double HoursInMicroseconds = Instant.PerHour;

    /// <summary>The incident with the risk, and unless a person set it the severity, that it has at a moment.</summary>
    /// <param name="warning">The gravest warning in force where it is, 0 to 4 (red).</param>
    public Incident Score(Incident incident, int warning, long at)
    {
        if (types.Find(incident.Type) is not { } formulas)
        {
            return incident;
        }

        var facts = Facts(formulas.Type, incident, warning, at);
        var parts = formulas.Risk(facts);
        return incident with
        {
            Parts = parts,
            Risk = Math.Clamp(parts.Sum(part => part.Points), 0, 100),
            Severity = incident.SeverityByHand ? incident.Severity : formulas.Severity(facts),
        };
    }

    /// <summary>What the expressions may name, by name: for whoever asks why.</summary>
    public IReadOnlyDictionary<string, object?> Inputs(Incident incident, int warning, long at)
    {
        if (types.Find(incident.Type) is not { } formulas)
        {
            return ImmutableDictionary<string, object?>.Empty;
        }

        var values = Facts(formulas.Type, incident, warning, at);
        return Names(formulas.Type).Select((name, slot) => (name, value: values[slot]))
            .ToDictionary(each => each.name, each => each.value.Kind == CelKind.Double ? each.value.AsDouble() : (object?)each.value.AsString(), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Names(IncidentType type) => IncidentScope.Texts.Concat(IncidentScope.Numbers).Concat(type.Layers.Select(layer => layer.Id));

    private CelValue[] Facts(IncidentType type, Incident incident, int warning, long at)
    {
        var values = new List<CelValue>();
        values.AddRange(IncidentScope.Texts.Select(name => CelValue.Of(incident.Text(name))));
        values.AddRange(IncidentScope.Facts.Where(fact => fact.Kind == PropertyKind.Number).Select(fact => CelValue.Of(incident.Number(fact.Id))));
        values.AddRange(Counts(incident, warning, at).Select(count => CelValue.Of(count)));
        values.AddRange(type.Layers.Select(layer => CelValue.Of(Layer(layer, incident))));
        return [.. values];
    }

    // In the order of IncidentScope's counts.
    private double[] Counts(Incident incident, int warning, long at)
    {
        var (recent, before) = (0, 0);
        var sources = new HashSet<int>();
        var official = new HashSet<int>();
        var places = new HashSet<string>(StringComparer.Ordinal) { incident.Region };
        foreach (var moment in incident.Moments)
        {
            sources.Add(moment.Source);
            if (moment.Official)
            {
                official.Add(moment.Source);
            }

            if (moment.Region is { } region && regions.Find(region)?.Kind is "county")
            {
                places.Add(region);
            }

            var age = at - moment.At;
            recent += age < Instant.PerHour ? 1 : 0;
            before += age is >= Instant.PerHour and < 2 * Instant.PerHour ? 1 : 0;
        }

        return [incident.Reports, sources.Count, official.Count, places.Count, recent, before, Math.Max(0, at - incident.First) / HoursInMicroseconds, warning];
    }

    private double Layer(LayerKind layer, Incident incident)
    {
        if (layer.Radius is not { } radius)
        {
            return layers.In(layer.Id, incident.Region);
        }

        return incident.Position is { } place ? layers.Within(layer.Id, place, radius) : layers.In(layer.Id, incident.Region);
    }
}
