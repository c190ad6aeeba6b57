using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Maturity;

/// <summary>Whether the words of a pack are said in both languages, and not the same in both: only what has no small letters, such as OEE or m/s², may be.</summary>
internal sealed class TranslatedTexts(PackDraft draft)
{
    // What pack.yaml says itself.
    private static readonly string[] Inline = ["name", "description"];

    public IEnumerable<string> Lacks() => Lacks(draft.Zh, draft.En, "").Concat(Inline.SelectMany(key => Lacks(draft.Manifest.Map(key), key)));

    private static IEnumerable<string> Lacks(MapNode zh, MapNode en, string path) => zh.Entries.SelectMany(entry => (entry.Value, en[entry.Id]) switch
    {
        (MapNode inner, MapNode other) => Lacks(inner, other, $"{path}{entry.Id}."),
        (ScalarNode one, ScalarNode other) when IsSame(one, other) => [$"{path}{entry.Id} is \"{one.Text}\" in both languages ({one.File.Path}:{one.At.Line})"],
        _ => [],
    });

    private static IEnumerable<string> Lacks(MapNode? label, string key) =>
        label?.Scalar("zh") is { } zh && label.Scalar("en") is { } en && IsSame(zh, en) ? [$"{key} is \"{zh.Text}\" in both languages ({zh.File.Path}:{zh.At.Line})"] : [];

    private static bool IsSame(ScalarNode one, ScalarNode other) => one.Text == other.Text && one.Text.Any(char.IsLower);
}
