using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Maturity;

/// <summary>What a pack's tests expect: rules that are raised, indicators that have a value, cases that are opened.</summary>
internal sealed class TestedIds
{
    /// <summary>What can be tested.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["rules", "indicators", "cases"];

    private readonly Dictionary<string, (HashSet<string> Ids, string Lack)> byKind;

    public TestedIds(PackDraft draft)
    {
        var expected = draft.Files(Section.Tests).Select(test => test.Map("expect")).OfType<MapNode>().ToList();
        HashSet<string> Ids(string kind, string key, Func<MapNode, bool> counts) =>
            [.. expected.SelectMany(expect => expect.MapsOf(kind)).Where(counts).Select(each => each.Text(key)).OfType<string>()];
        byKind = new(StringComparer.Ordinal)
        {
            ["rules"] = (Ids("alarms", "rule", alarm => alarm.Text("state") == "raised"), "no test expects that {0} is raised"),
            ["indicators"] = (Ids("indicators", "indicator", indicator => indicator.Scalar("value") is not null), "no test expects a value of {0}"),
            ["cases"] = (Ids("cases", "case", _ => true), "no test expects a case {0}"),
        };
    }

    /// <summary>Those of these that no test expects.</summary>
    /// <param name="kind">rules, indicators or cases.</param>
    public IEnumerable<string> Lacks(string kind, IEnumerable<string> ids)
    {
        var (tested, lack) = byKind[kind];
        return ids.Where(id => !tested.Contains(id)).Order(StringComparer.Ordinal).Select(id => string.Format(System.Globalization.CultureInfo.InvariantCulture, lack, id));
    }
}
