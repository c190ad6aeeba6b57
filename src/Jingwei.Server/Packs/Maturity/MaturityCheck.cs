using System.Collections.Immutable;
using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Maturity;

/// <summary>Finds out what lacks of what an item of the maturity card says, by the pack's own files. Nothing is run: what tests expect is looked at, not how they come out.</summary>
internal sealed class MaturityCheck
{
    // Sections whose files an item may name, by the key of the check.
    private static readonly (string Key, Section Section)[] Named =
    [
        ("types", Section.Things), ("channels", Section.Channels), ("rules", Section.Rules), ("indicators", Section.Indicators),
        ("cases", Section.Cases), ("views", Section.Views), ("notifications", Section.Notifications), ("incidents", Section.Incidents),
    ];

    private readonly PackDraft draft;
    private readonly TestedIds tested;
    private readonly Dictionary<string, Func<IEnumerable<string>>> words;

    public MaturityCheck(PackDraft draft)
    {
        this.draft = draft;
        tested = new(draft);
        words = new(StringComparer.Ordinal)
        {
            ["languages"] = () => new TranslatedTexts(draft).Lacks(),
            ["readme"] = () => draft.HasReadme ? [] : ["there is no README.md with text in it"],
            ["demo"] = () => draft.HasDemo ? [] : ["there is no project in demo/"],
            ["units"] = Units,
            ["pages"] = Pages,
            ["rules-tested"] = () => tested.Lacks("rules", draft.ById(Section.Rules).Keys),
            ["indicators-tested"] = () => tested.Lacks("indicators", draft.ById(Section.Indicators).Keys),
            ["cases-tested"] = () => tested.Lacks("cases", draft.ById(Section.Cases).Keys),
        };
        foreach (var (key, section) in Named)
        {
            words[key] = () => draft.Files(section).Count > 0 ? [] : [$"there are no {key}"];
        }
    }

    /// <summary>What an item may say that holds of the whole pack.</summary>
    public IEnumerable<string> Words => words.Keys;

    /// <summary>Everything that lacks; empty when the check holds.</summary>
    public ImmutableArray<string> Lacks(MapNode check) =>
    [
        .. check.TextsOf("holds").SelectMany(word => words.TryGetValue(word, out var lacks) ? lacks() : []),
        .. Named.SelectMany(each => check.TextsOf(each.Key).Where(id => !draft.ById(each.Section).ContainsKey(id)).Select(id => $"there is no {each.Section.Key} {id}")),
        .. check.TextsOf("widgets").Except(draft.Files(Section.Views).SelectMany(view => view.MapsOf("widgets")).Select(widget => widget.Text("widget"))).Select(widget => $"no view has the widget {widget}"),
        .. check.IsTrue("tested") ? TestedIds.Kinds.SelectMany(key => tested.Lacks(key, check.TextsOf(key))) : [],
    ];

    private IEnumerable<string> Units() => draft.Files(Section.Things).SelectMany(type => type.EntriesOf("properties")
        .Where(property => property.Map.Text("type") == "number")
        .SelectMany(property => new[]
        {
            property.Map["unit"] is null ? "unit" : null,
            property.Map["range"] is null && !property.Map.IsTrue("counter") ? "range" : null,
        }.OfType<string>().Select(what => $"{type.Text("type")}.{property.Id} has no {what} ({property.Key.File.Path}:{property.Key.At.Line})")));

    private IEnumerable<string> Pages()
    {
        var shown = draft.Files(Section.Views).Where(view => view.Text("kind") == "thing").Select(view => view.Text("type")).OfType<string>().ToList();
        return draft.Types.All
            .Where(type => !type.Node.IsTrue("abstract") && !shown.Any(type.Is))
            .Select(type => $"things of {type.Id} have no page")
            .Order(StringComparer.Ordinal);
    }
}
