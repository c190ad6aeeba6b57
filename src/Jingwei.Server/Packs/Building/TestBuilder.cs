using System.Collections.Immutable;
using System.Globalization;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Building;

/// <summary>Builds a pack's tests.</summary>
internal static class TestBuilder
{
    /// <summary>What a value may differ by where a test does not say: the last digits of a double.</summary>
    private const double DefaultWithin = 1e-9;

    public static PackTest Build(MapNode node)
    {
        var expect = node.Map("expect")!;
        return new PackTest(
            node.Text("test")!,
            node.File.Path,
            TimeZoneInfo.FindSystemTimeZoneById(node.Text("zone") ?? "UTC"),
            [.. node.MapsOf("things").Select(thing => new TestThing(thing.Text("id")!, thing.Text("type")!, thing.Text("parent")))],
            [.. node.MapsOf("readings").Select(Reading)],
            [.. expect.MapsOf("indicators").Select(Indicator)],
            [.. expect.MapsOf("alarms").Select(Alarm)],
            [.. expect.MapsOf("cases").Select(Case)]);
    }

    /// <summary>The instant that a text of the schema's form names, or null for one that no calendar has.</summary>
    public static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static TestReading Reading(MapNode node) => new(
        node.Text("thing")!,
        At(node),
        node.EntriesOf("values").ToImmutableDictionary(value => value.Id, value => Value(value.Value)))
    {
        Payload = node.Text("payload") is { } bytes ? Convert.FromHexString(bytes) : null,
        Line = node.At.Line,
    };

    private static object Value(Node node) => node switch
    {
        ListNode list => list.Items.OfType<ScalarNode>().Select(item => item.Number).ToArray(),
        ScalarNode { Kind: ScalarKind.Boolean } scalar => scalar.IsTrue,
        ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Number } scalar => scalar.Number,
        _ => ((ScalarNode)node).Text,
    };

    private static ExpectedIndicator Indicator(MapNode node) => new(
        node.Text("indicator")!,
        node.Text("thing")!,
        At(node),
        node.Scalar("value")?.Number,
        node.Scalar("within")?.Number ?? DefaultWithin,
        node.Text("band") is { } band ? Enum.Parse<Band>(band, ignoreCase: true) : null,
        node.At.Line);

    private static ExpectedAlarm Alarm(MapNode node) =>
        new(node.Text("rule")!, node.Text("thing")!, At(node), node.Text("state") == "raised", node.At.Line);

    private static ExpectedCase Case(MapNode node) =>
        new(node.Text("case")!, node.Text("thing")!, node.Text("state")!, node.At.Line);

    private static DateTimeOffset At(MapNode node) => Time(node.Text("at")!)!.Value;
}
