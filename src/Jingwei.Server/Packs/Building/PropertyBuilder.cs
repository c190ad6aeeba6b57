using Jingwei.Server.Access;
using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Building;

/// <summary>Builds thing types, their properties and commands, and the like fields of cases.</summary>
internal sealed class PropertyBuilder(Texts texts)
{
    /// <summary>Longest text where a property does not say: a few lines.</summary>
    private const int DefaultMaxLength = 1000;

    public ThingType Type(TypeDraft type, TypeDrafts types, string pack) => new(
        type.Id,
        pack,
        type.Node.Text("extends"),
        type.Node.IsTrue("abstract"),
        type.Lineage.Select(each => types[each]!.Node.Text("icon")).FirstOrDefault(icon => icon is not null),
        texts.At("types", type.Id),
        [.. type.Lineage],
        [.. type.Properties.Select(property => Property(property.Id, property.Node, texts.OfProperty(property.Type, property.Id)))],
        [.. type.Lineage.Reverse().SelectMany(each => types[each]!.Node.EntriesOf("commands")).Select(Command)]);

    /// <summary>A field of a case.</summary>
    public Property Field(string caseType, Entry field) =>
        Property(field.Id, field.Map, texts.At("cases", caseType, "fields", field.Id));

    private Command Command(Entry command) => new(
        command.Id,
        [.. command.Map.EntriesOf("parameters").Select(each => Property(each.Id, each.Map, texts.At("properties", each.Id)))],
        texts.At("commands", command.Id))
    {
        Within = command.Map.Text("within") is { } within ? Duration.Parse(within) : null,
        Retries = command.Map.Scalar("retries") is { } retries ? (int)retries.Number : 0,
        Confirm = command.Map.Text("confirm") is { } confirm ? Enum.Parse<Confirmation>(confirm, ignoreCase: true) : Confirmation.None,
        Right = command.Map.Text("right") is { } right ? Enum.Parse<Right>(right, ignoreCase: true) : Right.Operate,
    };

    private Property Property(string id, MapNode node, Label name)
    {
        var range = node.ScalarsOf("range").Select(limit => (double?)limit.Number).ToList();
        return new Property(
            id,
            Enum.Parse<PropertyKind>(node.Text("type")!, ignoreCase: true),
            node.Text("unit"),
            range.FirstOrDefault(),
            range.LastOrDefault(),
            node.IsTrue("counter"),
            [.. node.TextsOf("values").Select(value => new EnumerationValue(value, texts.At("values", id, value)))],
            node.Scalar("maxLength") is { } most ? (int)most.Number : DefaultMaxLength,
            name)
        {
            Retention = node.Text("retention") is { } retention ? Duration.Parse(retention) : null,
        };
    }
}
