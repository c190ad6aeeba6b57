using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks that ids are used once in all packs together: types, rules and the rest are named without their pack.</summary>
internal static class SetCheck
{
    public static void Check(IReadOnlyCollection<PackDraft> drafts, ProblemList problems)
    {
        RequireUnique(drafts.Select(draft => draft.Manifest.Scalar("id")), "pack", problems);
        foreach (var section in Section.All.Where(section => section != Section.Tests))
        {
            var ids = drafts.SelectMany(draft => draft.Files(section)).Select(file => file.Scalar(section.Key));
            RequireUnique(ids, section.Key, problems);
        }

        var databases = drafts.SelectMany(draft => draft.Files(Section.Channels)).Select(file => file.Scalar("database"));
        RequireUnique(databases, "database", problems);
        RequireUnique(drafts.SelectMany(draft => draft.Files(Section.Channels)).Select(file => file.Scalar("group")), "group", problems);
    }

    private static void RequireUnique(IEnumerable<ScalarNode?> ids, string what, ProblemList problems)
    {
        var first = new Dictionary<string, ScalarNode>(StringComparer.Ordinal);
        foreach (var id in ids.OfType<ScalarNode>().Where(id => !first.TryAdd(id.Text, id)))
        {
            var other = first[id.Text];
            problems.Add(id, $"duplicate {what} {id.Text}, first at {other.File.Path}:{other.At.Line}", "every id once in all packs");
        }
    }
}
