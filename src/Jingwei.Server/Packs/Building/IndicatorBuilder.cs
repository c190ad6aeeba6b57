using System.Globalization;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Building;

/// <summary>Builds indicators.</summary>
internal sealed class IndicatorBuilder(Texts texts, string pack)
{
    public Indicator Build(MapNode node)
    {
        var id = node.Text("indicator")!;
        return new Indicator(
            id,
            pack,
            node.TextsOf("types"),
            Enum.Parse<IndicatorWindow>(node.Text("window")!, ignoreCase: true),
            node.Text("unit")!,
            [.. node.EntriesOf("inputs").Select(input => Input(id, input))],
            node.Text("formula")?.Trim() ?? "",
            [.. node.EntriesOf("bands").Select(band => Limit(id, band))],
            texts.At("indicators", id, "name"),
            texts.At("indicators", id, "meaning"))
        {
            Target = node.Scalar("target")?.Number,
            OfParties = node.TextsOf("places").Contains("party"),
            OfRegions = node.TextsOf("places").Contains("region"),
        };
    }

    private IndicatorInput Input(string indicator, Entry input)
    {
        var kind = Enum.GetValues<InputKind>().First(kind => input.Map[Key(kind)] is not null);
        return new IndicatorInput(
            input.Id,
            kind,
            input.Map.Text(Key(kind))!,
            input.Map["in"] is null ? input.Map.TextsOf("notIn") : input.Map.TextsOf("in"),
            input.Map["notIn"] is not null,
            input.Map.Text("times"),
            input.Map.Text("combine") is { } combine ? Enum.Parse<Combine>(combine, ignoreCase: true) : Combine.Sum,
            texts.At("indicators", indicator, "inputs", input.Id))
        {
            After = input.Map.Text("after"),
            Within = Duration.Parse(input.Map.Text("for")),
            Weight = input.Map.Scalar("weight")?.Number,
            By = input.Map.Text("by"),
        };
    }

    private BandLimit Limit(string indicator, Entry band)
    {
        var (comparison, limit) = BandText.Parse(((ScalarNode)band.Value).Text);
        var colour = Enum.Parse<Band>(band.Id, ignoreCase: true);
        return new BandLimit(colour, comparison, limit, texts.At("indicators", indicator, "bands", band.Id));
    }

    private static string Key(InputKind kind) => kind.ToString().ToLowerInvariant();
}

/// <summary>A band's limit as packs write it: ">= 0.85".</summary>
internal static class BandText
{
    /// <summary>Comparison and number of a text that the schema has accepted.</summary>
    public static (string Comparison, double Limit) Parse(string text)
    {
        var parts = text.Split(' ', 2);
        return (parts[0], double.Parse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture));
    }
}
