using System.Collections.Frozen;

namespace Jingwei.Server.Directory.Relations;

/// <summary>A way in which one thing has to do with another.</summary>
/// <param name="Name">Read from the first thing on: A feeds B.</param>
/// <param name="Back">Read from the other: B is fed by A.</param>
public sealed record RelationKind(string Id, Label Name, Label Back)
{
    public static IReadOnlyList<RelationKind> All { get; } =
    [
        new("feeds", new("供料给", "Feeds"), new("来料自", "Fed by")),
        new("powers", new("供电给", "Powers"), new("供电自", "Powered by")),
        new("controls", new("控制", "Controls"), new("受控于", "Controlled by")),
        new("measures", new("测量", "Measures"), new("由其测量", "Measured by")),
        new("contains", new("容纳", "Contains"), new("位于其中", "Within")),
        new("protects", new("保护", "Protects"), new("受保护于", "Protected by")),
        new("spare-of", new("备用于", "Spare of"), new("备用设备", "Has spare")),
        new("replaces", new("替换", "Replaces"), new("被替换为", "Replaced by")),
        new("connects-to", new("连接到", "Connects to"), new("连接自", "Connected from")),
    ];

    private static readonly FrozenDictionary<string, RelationKind> ById = All.ToFrozenDictionary(kind => kind.Id);

    public static RelationKind? Find(string id) => ById.GetValueOrDefault(id);
}

/// <summary>That one thing has to do with another.</summary>
public sealed record Relation(string Thing, string Kind, string Other);
