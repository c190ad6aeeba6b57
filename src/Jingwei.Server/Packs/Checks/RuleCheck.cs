using Jingwei.Cel;
using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Functions;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks rules: the type, the expressions over its properties, and the case that is opened.</summary>
internal sealed class RuleCheck(PackDraft draft, ProblemList problems)
{
    public void Check()
    {
        foreach (var rule in draft.Files(Section.Rules))
        {
            if (draft.Knows(Section.Things, rule.Scalar("type"), "thing type", problems))
            {
                CheckOver(draft.Types[rule.Text("type")]!, rule);
            }

            if (rule.Map("opens") is { } opens)
            {
                CheckOpens(opens);
            }
        }
    }

    private void CheckOver(TypeDraft type, MapNode rule)
    {
        var properties = type.Properties
            .Where(property => property.KnownKind is not null)
            .Select(property => (property.Id, property.KnownKind!.Value))
            .ToList();
        var parameters = rule.EntriesOf("parameters");
        if (draft.KnowsFunctions)
        {
            var scope = ExpressionScope.OfRule(properties, parameters.Select(parameter => parameter.Id), draft.Plugin);
            CheckExpression(rule.Scalar("when"), scope, CelType.Bool);
            CheckExpression(rule.Scalar("clear"), scope, CelType.Bool);
            CheckExpression(rule.Scalar("during"), scope, CelType.Bool);
            CheckExpression(rule.Scalar("severityBy"), scope, CelType.String);
        }

        foreach (var parameter in parameters)
        {
            CheckParameter(type, parameter);
        }

        foreach (var cause in rule.ScalarsOf("causedBy"))
        {
            draft.Knows(Section.Rules, cause, "rule", problems);
        }

        if (rule.Map("absent")?.Scalar("property") is { } absent && type.Property(absent.Text) is null)
        {
            var hint = Nearest.Hint(absent.Text, type.Properties.Select(property => property.Id));
            problems.Add(absent, $"no property {absent.Text} on {type.Id}{hint}", $"a property of {type.Id}");
        }
    }

    private void CheckExpression(ScalarNode? expression, CelEnvironment scope, CelType wanted)
    {
        foreach (var call in Expressions.Check(expression, scope, wanted, problems)?.Calls ?? [])
        {
            if (call is { Function: ThingFunctions.Parent or ThingFunctions.Siblings, Arguments: [{ Kind: CelKind.String } property] }
                && !draft.Types.Properties.Contains(property.AsString()))
            {
                var hint = Nearest.Hint(property.AsString(), draft.Types.Properties.Select(each => each.Key));
                problems.Add(expression!, $"no thing type has a property {property.AsString()}{hint}", "a property of some thing type");
            }
        }
    }

    private void CheckParameter(TypeDraft type, Entry parameter)
    {
        if (type.Property(parameter.Id) is not null)
        {
            problems.Add(parameter.Key, $"{parameter.Id} is a property of {type.Id} already", "another name");
        }

        var limits = parameter.Map.ScalarsOf("range").Select(limit => limit.Number).ToList();
        if (parameter.Map.Scalar("default") is { } value && limits is [var least, var most] && !(value.Number >= least && value.Number <= most))
        {
            problems.Add(value, $"{value.Text} is outside the range", $"a number from {limits[0]} to {limits[1]}");
        }
    }

    private void CheckOpens(MapNode opens)
    {
        if (!draft.Knows(Section.Cases, opens.Scalar("case"), "case type", problems))
        {
            return;
        }

        var fields = draft.ById(Section.Cases)[opens.Text("case")!].EntriesOf("fields").ToDictionary(field => field.Id);
        foreach (var given in opens.EntriesOf("fields"))
        {
            if (fields.TryGetValue(given.Id, out var field))
            {
                Values.Check(given.Value, field.Map, problems);
                continue;
            }

            var hint = Nearest.Hint(given.Id, fields.Keys);
            problems.Add(given.Key, $"no field {given.Id} in {opens.Text("case")}{hint}", "a field of the case");
        }
    }
}
