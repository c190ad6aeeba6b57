using System.Collections.Frozen;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Drafts;

/// <summary>Everything that a pack's files say, read but not yet known to be right.</summary>
internal sealed class PackDraft
{
    private readonly Dictionary<Section, FrozenDictionary<string, MapNode>> byId = [];
    private readonly Dictionary<Section, List<MapNode>> all;

    public PackDraft(MapNode manifest, Dictionary<Section, List<MapNode>> files, MapNode zh, MapNode en, ListNode? maturity, string digest)
    {
        (Manifest, Digest) = (manifest, digest);
        all = files;
        Zh = zh;
        En = en;
        Maturity = maturity;
        foreach (var section in Section.All)
        {
            byId[section] = files[section]
                .Where(file => file.Scalar(section.Key) is not null)
                .DistinctBy(file => file.Text(section.Key))
                .ToFrozenDictionary(file => file.Text(section.Key)!);
        }

        Types = new TypeDrafts(byId[Section.Things]);
    }

    /// <summary>pack.yaml.</summary>
    public MapNode Manifest { get; }

    /// <summary>The pack's plug-in; null where there is none, or it could not be loaded.</summary>
    public PackPlugin? Plugin { get; init; }

    /// <summary>False when the pack has a plug-in that was not loaded: then nobody can tell whether expressions are right.</summary>
    public bool KnowsFunctions { get; init; } = true;

    /// <summary>Whether there is a README.md that says something.</summary>
    public bool HasReadme { get; init; }

    /// <summary>Whether there is a program that plays the industry.</summary>
    public bool HasDemo { get; init; }

    /// <summary>SHA-256 of all files with their names.</summary>
    public string Digest { get; }

    public TypeDrafts Types { get; }

    /// <summary>text/zh.yaml; an empty mapping where there is none.</summary>
    public MapNode Zh { get; }

    /// <summary>text/en.yaml; an empty mapping where there is none.</summary>
    public MapNode En { get; }

    /// <summary>maturity.yaml; null where there is none.</summary>
    public ListNode? Maturity { get; }

    /// <summary>How many YAML files there are; those that could not be read are not counted.</summary>
    public int FileCount =>
        all.Values.Sum(files => files.Count) + new[] { Manifest, Zh, En }.Count(file => file.File.Text.Length > 0) + (Maturity is null ? 0 : 1);

    /// <summary>The files of a folder in the order of their names, those with the same id twice included.</summary>
    public IReadOnlyList<MapNode> Files(Section section) => all[section];

    /// <summary>The files of a folder by id; of two with the same id the first.</summary>
    public FrozenDictionary<string, MapNode> ById(Section section) => byId[section];

    /// <summary>
    /// Reports a reference to something that this pack does not declare; true when it does.
    /// A missing reference is the schema's to report.
    /// </summary>
    public bool Knows(Section section, ScalarNode? reference, string what, ProblemList problems)
    {
        if (reference is null)
        {
            return false;
        }

        var known = byId[section].ContainsKey(reference.Text);
        if (!known)
        {
            problems.Add(reference, $"no {what} {reference.Text}{Nearest.Hint(reference.Text, byId[section].Keys)}", $"{(what[0] == 'i' ? "an" : "a")} {what} of this pack");
        }

        return known;
    }
}
