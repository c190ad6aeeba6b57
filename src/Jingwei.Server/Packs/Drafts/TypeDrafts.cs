using System.Collections.Frozen;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Drafts;

/// <summary>A property as declared, with the type that declares it.</summary>
internal sealed record PropertyDraft(ScalarNode Key, MapNode Node, string Type)
{
    public string Id => Key.Text;

    public string Kind => Node.Text("type") ?? "";

    /// <summary>The kind; null where the file has a word that is none.</summary>
    public PropertyKind? KnownKind => Enum.TryParse<PropertyKind>(Kind, ignoreCase: true, out var kind) ? kind : null;

    public bool IsCounter => Node.IsTrue("counter");
}

/// <summary>A thing type as declared, with what it inherits.</summary>
internal sealed class TypeDraft
{
    private readonly Dictionary<string, PropertyDraft> byId = new(StringComparer.Ordinal);

    /// <param name="lineage">The type itself and those it extends, nearest first.</param>
    public TypeDraft(IReadOnlyList<MapNode> lineage)
    {
        Node = lineage[0];
        Lineage = [.. lineage.Select(type => type.Text("type")!)];
        // The furthest ancestor's properties come first: what all machines have stands above what one kind adds.
        foreach (var type in lineage.Reverse())
        {
            foreach (var property in type.EntriesOf("properties").Where(entry => entry.Value is MapNode))
            {
                byId.TryAdd(property.Id, new PropertyDraft(property.Key, property.Map, type.Text("type")!));
            }
        }
    }

    public MapNode Node { get; }

    public string Id => Lineage[0];

    public IReadOnlyList<string> Lineage { get; }

    public IReadOnlyCollection<PropertyDraft> Properties => byId.Values;

    public PropertyDraft? Property(string id) => byId.GetValueOrDefault(id);

    public bool Is(string type) => Lineage.Contains(type);
}

/// <summary>All thing types of a pack, with inheritance followed; a cycle is cut where it closes.</summary>
internal sealed class TypeDrafts
{
    private readonly FrozenDictionary<string, TypeDraft> byId;

    public TypeDrafts(FrozenDictionary<string, MapNode> files)
    {
        byId = files.ToFrozenDictionary(file => file.Key, file => new TypeDraft([.. LineageOf(file.Value, files)]));
        Properties = byId.Values
            .SelectMany(type => type.Properties)
            .Distinct()
            .ToLookup(property => property.Id, StringComparer.Ordinal);
    }

    public IEnumerable<TypeDraft> All => byId.Values;

    public IEnumerable<string> Ids => byId.Keys;

    /// <summary>The declarations of each property id; several types may declare the same one.</summary>
    public ILookup<string, PropertyDraft> Properties { get; }

    public TypeDraft? this[string? id] => id is null ? null : byId.GetValueOrDefault(id);

    /// <summary>A type and all that extend it.</summary>
    public IEnumerable<TypeDraft> Family(string type) => All.Where(each => each.Is(type));

    private static IEnumerable<MapNode> LineageOf(MapNode type, FrozenDictionary<string, MapNode> files)
    {
        var seen = new HashSet<MapNode>();
        for (var each = type; each is not null && seen.Add(each); each = Parent(each, files))
        {
            yield return each;
        }
    }

    private static MapNode? Parent(MapNode type, FrozenDictionary<string, MapNode> files) =>
        type.Text("extends") is { } parent ? files.GetValueOrDefault(parent) : null;
}
