using Jingwei.Cel;
using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks incidents: their case, sources, fields and expressions.</summary>
internal sealed class IncidentCheck(PackDraft draft, ProblemList problems)
{
    private static readonly string[] Numeric = ["number"];
    // level_1 to level_4, or 1 to 4.
    private static readonly string[] Levels = ["enumeration", "number"];
    private static readonly string[] Worded = ["text", "enumeration"];

    public void Check()
    {
        foreach (var incident in draft.Files(Section.Incidents))
        {
            var sources = incident.EntriesOf("sources").Select(source => source.Id).ToList();
            Require(incident.Scalar("source"), sources, "kind of source");
            Require(incident.Map("alarms")?.Scalar("source"), sources, "kind of source");
            CheckMatch(incident);
            if (draft.Knows(Section.Cases, incident.Scalar("case"), "case type", problems))
            {
                CheckFields(incident, draft.ById(Section.Cases)[incident.Text("case")!]);
            }

            CheckNames(incident);
            if (draft.KnowsFunctions)
            {
                CheckExpressions(incident);
            }
        }
    }

    private void Require(ScalarNode? reference, List<string> known, string what)
    {
        if (reference is not null && !known.Contains(reference.Text))
        {
            problems.Add(reference, $"no {what} {reference.Text}{Nearest.Hint(reference.Text, known)}", $"one of {string.Join(", ", known)}");
        }
    }

    private void CheckMatch(MapNode incident)
    {
        if (incident.Map("match") is { } match && match.Scalar("propose") is { } propose && match.Scalar("merge") is { } merge && propose.Number > merge.Number)
        {
            problems.Add(propose, $"what is proposed from {propose.Text} on was merged from {merge.Text} on", "at most as much as merge");
        }
    }

    private void CheckFields(MapNode incident, MapNode type)
    {
        var declared = type.EntriesOf("fields").DistinctBy(field => field.Id).ToDictionary(field => field.Id, field => field.Map.Text("type"), StringComparer.Ordinal);
        foreach (var field in incident.EntriesOf("fields").Where(field => field.Value is ScalarNode))
        {
            var named = (ScalarNode)field.Value;
            var isNumber = IncidentScope.Facts.Any(fact => fact.Id == field.Id && fact.Kind == Model.PropertyKind.Number);
            var wanted = field.Id == "level" ? Levels : isNumber ? Numeric : Worded;
            if (!declared.TryGetValue(named.Text, out var kind))
            {
                problems.Add(named, $"no field {named.Text}{Nearest.Hint(named.Text, declared.Keys)}", $"a field of {type.Text("case")}");
            }
            else if (kind is not null && !wanted.Contains(kind))
            {
                problems.Add(named, $"{named.Text} is of the type {kind}, and {field.Id} is not", string.Join(" or ", wanted));
            }
        }
    }

    private void CheckNames(MapNode incident)
    {
        foreach (var layer in incident.EntriesOf("layers"))
        {
            TypeCheck.RefuseReserved(layer.Key, problems);
            if (IncidentScope.Numbers.Concat(IncidentScope.Texts).Contains(layer.Id))
            {
                problems.Add(layer.Key, $"{layer.Id} is a fact of incidents", "another name");
            }
        }
    }

    private void CheckExpressions(MapNode incident)
    {
        var scope = IncidentScope.OfIncident(incident.EntriesOf("layers").Select(layer => layer.Id), draft.Plugin);
        Expressions.Check(incident.Scalar("severity"), scope, CelType.String, problems);
        foreach (var part in incident.EntriesOf("risk"))
        {
            Expressions.Check(part.Map.Scalar("value"), scope, CelType.Double, problems);
        }

        Expressions.Check(incident.Map("heat")?.Scalar("value"), IncidentScope.OfHeat(draft.Plugin), CelType.Double, problems);
        foreach (var band in incident.EntriesOf("map"))
        {
            Expressions.Check(band.Value as ScalarNode, IncidentScope.OfRegion(draft.Plugin), CelType.Bool, problems);
        }
    }
}
