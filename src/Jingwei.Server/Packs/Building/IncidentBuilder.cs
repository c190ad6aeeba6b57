using System.Collections.Immutable;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Building;

/// <summary>Builds incidents.</summary>
internal sealed class IncidentBuilder(Texts texts, string pack)
{
    // News of most incidents has ended by then.
    private static readonly TimeSpan Within = TimeSpan.FromDays(7);

    public IncidentType Build(MapNode node)
    {
        var id = node.Text("incident")!;
        return new IncidentType(
            id,
            pack,
            texts.At("incidents", id, "name"),
            node.Text("case")!,
            [.. node.EntriesOf("sources").Select(source => new SourceKind(
                source.Id, source.Map.Scalar("weight")!.Number, source.Map.IsTrue("official"), texts.At("incidents", id, "sources", source.Id)))],
            node.Text("source")!,
            node.Map("alarms") is { } alarms ? new AlarmReports([.. alarms.TextsOf("severities").Select(Severity)], alarms.Text("source")!) : null,
            Match(node.Map("match")),
            node.Text("severity")!.Trim(),
            node.EntriesOf("fields").ToImmutableSortedDictionary(field => field.Id, field => ((ScalarNode)field.Value).Text, StringComparer.Ordinal),
            [.. node.EntriesOf("layers").Select(layer => new LayerKind(
                layer.Id, layer.Map.Scalar("radius")?.Number, layer.Map.IsTrue("resource"), texts.At("incidents", id, "layers", layer.Id)))],
            [.. node.EntriesOf("risk").Select(part => new RiskPart(
                part.Id, part.Map.Scalar("weight")!.Number, part.Map.Text("value")!.Trim(), texts.At("incidents", id, "risk", part.Id)))],
            Duration.Parse(node.Map("heat")!.Text("halfLife")),
            node.Map("heat")!.Text("value")!.Trim(),
            [.. node.EntriesOf("map").Select(band => new MapBand(Severity(band.Id), ((ScalarNode)band.Value).Text.Trim()))]);
    }

    private static IncidentMatch Match(MapNode? node) => new(
        node?.Scalar("merge")?.Number, node?.Scalar("propose")?.Number, node?.Text("within") is { } within ? Duration.Parse(within) : Within);

    private static Band Severity(string name) => Enum.Parse<Band>(name, ignoreCase: true);
}
