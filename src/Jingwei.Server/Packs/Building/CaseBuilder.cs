using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Building;

/// <summary>Builds case types.</summary>
internal sealed class CaseBuilder(Texts texts, PropertyBuilder properties, string pack)
{
    public CaseType Build(MapNode node)
    {
        var id = node.Text("case")!;
        return new CaseType(
            id,
            pack,
            node.Text("initial")!,
            [.. node.EntriesOf("states").Select(state => State(id, state))],
            [.. node.EntriesOf("transitions").Select(transition => Transition(id, transition))],
            [.. node.EntriesOf("fields").Select(field => properties.Field(id, field))],
            texts.At("cases", id, "name"));
    }

    private CaseState State(string type, Entry state) => new(
        state.Id,
        state.Map.IsTrue("final"),
        state.Map.Text("within") is { } within ? Duration.Parse(within) : null,
        texts.At("cases", type, "states", state.Id));

    private CaseTransition Transition(string type, Entry entry)
    {
        var node = entry.Map;
        return new CaseTransition(
            entry.Id,
            node.TextsOf("from"),
            node.Text("to")!,
            Enum.Parse<Right>(node.Text("right")!, ignoreCase: true),
            node["by"] is not null,
            node.IsTrue("assigns"),
            node.IsTrue("assignsSelf"),
            node.TextsOf("requires"),
            node["comment"] is not null,
            texts.At("cases", type, "transitions", entry.Id));
    }
}
