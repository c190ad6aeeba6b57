using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>A fact that goes for an incident, as lists show it.</summary>
/// <param name="Number">Of a fact that is a number; loss in yuan.</param>
/// <param name="Official">An official source says it.</param>
/// <param name="By">Who corrected it.</param>
public sealed record FactItem(string Fact, double? Number, string? Text, bool Official, string? By);

/// <summary>An incident as lists and the live stream show it.</summary>
/// <param name="Id">The number of its case.</param>
/// <param name="Class">Class by GB/T 35561; null where nobody could tell.</param>
/// <param name="Level">1 (gravest) to 4, as suggested by its facts; null where nothing is stated.</param>
/// <param name="State">The state of its case.</param>
/// <param name="Rank">From 1, by heat, among the open incidents that the caller may see; null once it is closed.</param>
/// <param name="RankBefore">The same a day ago.</param>
/// <param name="Spark">Weight of the reports of each of the last 24 hours, the newest last.</param>
/// <param name="Proposals">Incidents that may be the same, and about which nobody decided.</param>
public sealed record IncidentItem(
    string Id, string Type, string Title, string? Class, string? Kind, int? Level, Band Severity, string State, Label StateName, bool Open, bool Late,
    DateTimeOffset? Due, string? Assignee, string? AssigneeName, string Party, string Region, string RegionName, LonLat? Position, DateTimeOffset First, DateTimeOffset Last,
    int Reports, int Sources, double Risk, double Heat, int? Rank, int? RankBefore, IReadOnlyList<float> Spark, IReadOnlyList<FactItem> Facts, int Proposals,
    string? MergedInto, bool Exercise);

/// <summary>A part of a risk, as it is shown.</summary>
/// <param name="Points">What it gives, 0 to <paramref name="Weight"/>.</param>
/// <param name="Expression">How it is computed.</param>
public sealed record RiskItem(string Part, Label Name, double Weight, double? Value, double Points, string? Expression);

/// <summary>What one source says of a fact.</summary>
public sealed record StatementItem(
    string Fact, double? Number, string? Text, string Report, string SourceKind, Label SourceKindName, string Source, bool Official, DateTimeOffset At, string? By, bool Goes);

/// <summary>An incident that may be the same.</summary>
public sealed record ProposalItem(string Id, string Title, double Score, Settling.Likeness Why, bool Open);

/// <summary>Something near an incident.</summary>
public sealed record NearItem(string Layer, Label LayerName, string Name, LonLat Position, double Kilometres, double Value, string? Contact, bool Resource);

/// <summary>All of an incident but its case, which `/api/cases` has.</summary>
/// <param name="Inputs">What the expressions of severity and risk may name, with its value now.</param>
/// <param name="Statements">What each source says, what goes first.</param>
/// <param name="History">Incidents of the past that are like it.</param>
public sealed record IncidentDetail(
    IncidentItem Incident, IReadOnlyList<RiskItem> Parts, string SeverityExpression, bool SeverityByHand, IReadOnlyDictionary<string, object?> Inputs,
    IReadOnlyList<StatementItem> Statements, IReadOnlyList<ProposalItem> Proposals, IReadOnlyList<ProposalItem> History, IReadOnlyList<NearItem> Near, HeatItem Heat);

/// <summary>What the heat is made of.</summary>
public sealed record HeatItem(string Expression, TimeSpan HalfLife, double Volume, double Acceleration, double Risk, double Heat);
