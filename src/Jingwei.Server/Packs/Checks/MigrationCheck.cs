using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Installing;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks the renames of pack.yaml: to versions that the pack has reached, once each, and to names that it declares.</summary>
internal static class MigrationCheck
{
    public static void Check(PackDraft draft, ProblemList problems)
    {
        var steps = draft.Manifest.MapsOf("migrations").ToList();
        foreach (var (step, index) in steps.Select((step, index) => (step, index)))
        {
            if (step.Scalar("to") is { } to && draft.Manifest.Text("version") is { } version)
            {
                CheckVersion(to, version, steps.Take(index).Select(earlier => earlier.Text("to")), problems);
            }

            // A name that a later step renames again is not declared any more.
            var later = steps.Where(other => other != step).ToList();
            CheckTargets(step, "types", later, name => draft.Types[name] is not null, "a type of this pack", problems);
            CheckTargets(step, "indicators", later, draft.ById(Section.Indicators).ContainsKey, "an indicator of this pack", problems);
            foreach (var rename in step.EntriesOf("properties").Where(rename => rename.Id.Split('.').Length != 2))
            {
                problems.Add(rename.Value, $"{rename.Id} names no property", "type.property, as it was called");
            }
        }
    }

    private static void CheckVersion(ScalarNode to, string version, IEnumerable<string?> earlier, ProblemList problems)
    {
        if (PackVersion.Compare(to.Text, version) > 0)
        {
            problems.Add(to, $"the pack has not reached version {to.Text}", $"at most {version}, its own");
        }

        if (earlier.Contains(to.Text))
        {
            problems.Add(to, $"two steps to version {to.Text}", "one for each version");
        }
    }

    private static void CheckTargets(MapNode step, string key, List<MapNode> others, Predicate<string> isDeclared, string expected, ProblemList problems)
    {
        foreach (var target in step.EntriesOf(key).Select(rename => rename.Value).OfType<ScalarNode>())
        {
            if (!isDeclared(target.Text) && !others.Any(other => other.EntriesOf(key).Any(rename => rename.Id == target.Text)))
            {
                problems.Add(target, $"nothing is called {target.Text}", expected);
            }
        }
    }
}
