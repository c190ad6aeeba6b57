using System.Collections.Immutable;

namespace Jingwei.Server.Packs.Model;

/// <summary>A kind of source of reports.</summary>
/// <param name="Weight">What a report of it counts in the heat.</param>
/// <param name="Official">Its figures come before those of others.</param>
public sealed record SourceKind(string Id, double Weight, bool Official, Label Name);

/// <summary>What an operator loads of places: schools, stores, people.</summary>
/// <param name="Radius">Kilometres around an incident within which it counts; null: within the incident's region.</param>
/// <param name="Resource">It is what is sent for help.</param>
public sealed record LayerKind(string Id, double? Radius, bool Resource, Label Name);

/// <summary>A part of the risk of an incident.</summary>
/// <param name="Weight">Points that it gives at most.</param>
/// <param name="Value">CEL over <see cref="IncidentScope.OfIncident"/>; 0 to 1.</param>
public sealed record RiskPart(string Id, double Weight, string Value, Label Name);

/// <summary>Which alarms are reports, too.</summary>
public sealed record AlarmReports(ImmutableArray<Band> Severities, string Source);

/// <summary>When two reports are of the same incident.</summary>
/// <param name="Merge">Likeness from which on they are joined; null: as the trained model has it.</param>
/// <param name="Propose">Likeness from which on it is proposed; null: as the trained model has it.</param>
/// <param name="Within">How long an incident without reports is looked at.</param>
public sealed record IncidentMatch(double? Merge, double? Propose, TimeSpan Within);

/// <summary>When a region has a colour.</summary>
/// <param name="When">CEL over <see cref="IncidentScope.OfRegion"/>.</param>
public sealed record MapBand(Band Band, string When);

/// <summary>How reports become incidents, what these weigh, and what colour they give to regions.</summary>
/// <param name="Case">The case type that an incident is handled by.</param>
/// <param name="Source">The kind of source of a report that names none.</param>
/// <param name="Severity">CEL over <see cref="IncidentScope.OfIncident"/>; gives a severity.</param>
/// <param name="Fields">The field of the case by the fact that it is filled with.</param>
/// <param name="HalfLife">After which a report counts half in the heat.</param>
/// <param name="Heat">CEL over <see cref="IncidentScope.OfHeat"/>.</param>
public sealed record IncidentType(
    string Id, string Pack, Label Name, string Case, ImmutableArray<SourceKind> Sources, string Source, AlarmReports? Alarms, IncidentMatch Match,
    string Severity, ImmutableSortedDictionary<string, string> Fields, ImmutableArray<LayerKind> Layers, ImmutableArray<RiskPart> Risk,
    TimeSpan HalfLife, string Heat, ImmutableArray<MapBand> Map)
{
    /// <summary>The kind of source; null for none of that name.</summary>
    public SourceKind? SourceKind(string id) => Sources.FirstOrDefault(each => each.Id == id);
}
