using Jingwei.Cel;
using Jingwei.Server.Packs.Drafts;
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
        Expressions.Check(rule.Scalar("when"), properties, CelType.Bool, problems);
        Expressions.Check(rule.Scalar("clear"), properties, CelType.Bool, problems);
        if (rule.Map("absent")?.Scalar("property") is { } absent && type.Property(absent.Text) is null)
        {
            var hint = Nearest.Hint(absent.Text, type.Properties.Select(property => property.Id));
            problems.Add(absent, $"no property {absent.Text} on {type.Id}{hint}", $"a property of {type.Id}");
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
