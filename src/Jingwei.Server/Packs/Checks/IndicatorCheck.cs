using Jingwei.Cel;
using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks indicators: inputs, formula, bands, and that none is made of itself.</summary>
internal sealed class IndicatorCheck(PackDraft draft, ProblemList problems)
{
    private static readonly string[] Numeric = ["increase", "times", "mean", "last", "min", "max", "sum"];

    public void Check()
    {
        foreach (var indicator in draft.Files(Section.Indicators))
        {
            foreach (var type in indicator.ScalarsOf("types"))
            {
                draft.Knows(Section.Things, type, "thing type", problems);
            }

            if (indicator.Text("window") == "shift" && draft.Manifest.ItemsOf("shifts").IsEmpty)
            {
                problems.Add(indicator["window"]!, "the pack has no shifts", "shifts in pack.yaml");
            }

            foreach (var input in indicator.EntriesOf("inputs"))
            {
                TypeCheck.RefuseReserved(input.Key, problems);
                CheckInput(indicator, input.Map);
            }

            if (draft.KnowsFunctions)
            {
                var scope = ExpressionScope.OfInputs(indicator.EntriesOf("inputs").Select(input => input.Id), draft.Plugin);
                Expressions.Check(indicator.Scalar("formula"), scope, CelType.Double, problems);
            }

            CheckWeights(indicator);
            CheckPlaces(indicator);
            BandCheck.Check(indicator.EntriesOf("bands"), problems);
            CheckCircle(indicator);
        }
    }

    // Without a formula it is the weighted mean of its inputs, and then each has a weight.
    private void CheckWeights(MapNode indicator)
    {
        var hasFormula = indicator["formula"] is not null;
        foreach (var input in indicator.EntriesOf("inputs").Where(input => (input.Map["weight"] is null) != hasFormula))
        {
            problems.Add(
                input.Key,
                hasFormula ? $"{input.Id} has a weight beside a formula" : $"{input.Id} has no weight, and there is no formula",
                "a formula, or a weight for every input");
        }
    }

    // What a place is made from must be known of places, too.
    private void CheckPlaces(MapNode indicator)
    {
        foreach (var place in indicator.TextsOf("places"))
        {
            foreach (var source in indicator.EntriesOf("inputs").Select(input => input.Map.Scalar("indicator")).OfType<ScalarNode>())
            {
                if (draft.ById(Section.Indicators).TryGetValue(source.Text, out var made) && !made.TextsOf("places").Contains(place))
                {
                    problems.Add(source, $"{source.Text} is not computed for a {place}", $"an indicator with {place} among its places");
                }
            }
        }
    }

    private void CheckStates(MapNode input, string key)
    {
        if (input.Scalar(key) is not { } property || Declared(property) is not { } states)
        {
            return;
        }

        RequireKind(property, states, each => each.Kind is "enumeration" or "boolean", "an enumeration or a boolean");
        var known = states.SelectMany(each => each.Kind == "boolean" ? ["true", "false"] : each.Node.TextsOf("values")).Distinct().ToList();
        foreach (var state in input.ScalarsOf("in").Concat(input.ScalarsOf("notIn")).Where(state => !known.Contains(state.Text)))
        {
            problems.Add(state, $"{property.Text} has no value {state.Text}{Nearest.Hint(state.Text, known)}", $"one of {string.Join(", ", known)}");
        }
    }

    private void CheckInput(MapNode indicator, MapNode input)
    {
        CheckStates(input, "duration");
        CheckStates(input, "entries");
        CheckStates(input, "after");
        if (input["in"] is { } states && input["duration"] is null && input["entries"] is null && input["after"] is null)
        {
            problems.Add(states, "in says which states of a duration, of entries or of after", "one of these beside it");
        }


        foreach (var property in Numeric.Select(input.Scalar).OfType<ScalarNode>())
        {
            RequireKind(property, Declared(property), each => each.Kind == "number", "a number");
        }

        if (input.Scalar("increase") is { } counter)
        {
            RequireKind(counter, Declared(counter, report: false), each => each.IsCounter || each.Kind != "number", "a counter");
        }

        if (input.Scalar("count") is { } count)
        {
            Declared(count);
        }

        CheckSource(indicator, input.Scalar("children"), ofSame: false);
        CheckSource(indicator, input.Scalar("by"), ofSame: false);
        CheckSource(indicator, input.Scalar("indicator"), ofSame: true);
    }

    // An input sums over a thing and all below it, so any type of the pack may have the property.
    private List<PropertyDraft>? Declared(ScalarNode property, bool report = true)
    {
        var found = draft.Types.Properties[property.Text].ToList();
        if (found.Count > 0)
        {
            return found;
        }

        if (report)
        {
            var hint = Nearest.Hint(property.Text, draft.Types.Properties.Select(each => each.Key));
            problems.Add(property, $"no property {property.Text}{hint}", "a property of a thing type of this pack");
        }

        return null;
    }

    private void RequireKind(ScalarNode property, List<PropertyDraft>? declared, Func<PropertyDraft, bool> fits, string kind)
    {
        if (declared?.FirstOrDefault(each => !fits(each)) is { } wrong)
        {
            problems.Add(property, $"{wrong.Type}.{property.Text} is not {kind}", kind);
        }
    }

    private void CheckSource(MapNode indicator, ScalarNode? reference, bool ofSame)
    {
        if (!draft.Knows(Section.Indicators, reference, "indicator", problems))
        {
            return;
        }

        var source = draft.ById(Section.Indicators)[reference!.Text];
        if (source.Text("window") != indicator.Text("window"))
        {
            problems.Add(reference, $"{reference.Text} has the window {source.Text("window")}", $"{indicator.Text("window")}, as here");
        }

        var lacking = indicator.TextsOf("types").FirstOrDefault(type => !Covers(source, type));
        if (ofSame && lacking is not null)
        {
            problems.Add(reference, $"{reference.Text} is not computed for {lacking}", $"an indicator for {lacking}");
        }
    }

    private bool Covers(MapNode source, string type) =>
        draft.Types[type] is not { } known || source.TextsOf("types").Any(known.Is);

    private void CheckCircle(MapNode indicator)
    {
        if (indicator.Text("indicator") is { } id && PathBack(id, id, []) is { } path)
        {
            problems.Add(indicator["indicator"]!, $"{id} is made of itself: {string.Join(" -> ", [id, .. path])}", "indicators without a circle");
        }
    }

    private List<string>? PathBack(string from, string to, HashSet<string> seen)
    {
        if (!draft.ById(Section.Indicators).TryGetValue(from, out var indicator))
        {
            return null;
        }

        var sources = indicator.EntriesOf("inputs")
            .SelectMany(input => new[] { input.Map.Text("indicator"), input.Map.Text("children"), input.Map.Text("by") })
            .OfType<string>();
        foreach (var source in sources)
        {
            if (source == to)
            {
                return [source];
            }

            if (seen.Add(source) && PathBack(source, to, seen) is { } rest)
            {
                return [source, .. rest];
            }
        }

        return null;
    }
}
