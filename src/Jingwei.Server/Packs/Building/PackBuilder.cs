using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Maturity;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Building;

/// <summary>Makes a pack of a draft in which no problem was found.</summary>
internal sealed class PackBuilder(PackDraft draft)
{
    private readonly Texts texts = new(draft.Zh, draft.En);
    private readonly string id = draft.Manifest.Text("id")!;

    public Pack Build()
    {
        var properties = new PropertyBuilder(texts);
        var indicators = new IndicatorBuilder(texts, id);
        ImmutableArray<Shift> shifts = [.. draft.Manifest.MapsOf("shifts").Select(Shift)];
        ImmutableArray<WorkCalendar> calendars = [.. draft.Manifest.MapsOf("calendars").Select(calendar => CalendarBuilder.Build(calendar, shifts, texts))];
        var maturity = new MaturityCheck(draft);
        var cases = new CaseBuilder(texts, properties, id, calendars);
        return new Pack(
            id,
            draft.Manifest.Text("version")!,
            Texts.Inline(draft.Manifest.Map("name")),
            Texts.Inline(draft.Manifest.Map("description")),
            draft.Manifest.TextsOf("standards"),
            shifts,
            [.. draft.Files(Section.Things).Select(type => properties.Type(draft.Types[type.Text("type")]!, draft.Types, id))],
            [.. draft.Files(Section.Channels).Select(Channel)],
            [.. draft.Files(Section.Rules).Select(Rule)],
            [.. draft.Files(Section.Indicators).Select(indicators.Build)],
            [.. draft.Files(Section.Cases).Select(cases.Build)],
            [.. draft.Files(Section.Views).Select(View)],
            [.. draft.Maturity?.Items.OfType<MapNode>().Select(item => Maturity(item, maturity)) ?? []])
        {
            Digest = draft.Digest,
            Plugin = draft.Plugin,
            Notifications = [.. draft.Files(Section.Notifications).Select(Notification)],
            Incidents = [.. draft.Files(Section.Incidents).Select(new IncidentBuilder(texts, id).Build)],
            Calendars = calendars,
            Migrations = [.. draft.Manifest.MapsOf("migrations").Select(Migration)],
            Tests = [.. draft.Files(Section.Tests).Select(TestBuilder.Build)],
        };
    }

    private static PackMigration Migration(MapNode node) => new(
        node.Text("to")!,
        Renames(node, "types"),
        [.. Renames(node, "properties").Select(rename => rename.Key.Split('.') is [var type, var property] ? new PropertyRename(type, property, rename.Value) : null).OfType<PropertyRename>()],
        Renames(node, "indicators"));

    private static ImmutableDictionary<string, string> Renames(MapNode node, string key) =>
        node.EntriesOf(key).ToImmutableDictionary(rename => rename.Id, rename => ((ScalarNode)rename.Value).Text);

    private Shift Shift(MapNode node)
    {
        var shift = node.Text("shift")!;
        return new Shift(shift, Clock(node.Text("from")!), Clock(node.Text("to")!), texts.At("shifts", shift));
    }

    private static TimeOnly Clock(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);

    private ChannelMapping Channel(MapNode node)
    {
        var channel = node.Text("channel")!;
        return new ChannelMapping(
            channel,
            id,
            node.Text("protocol")!,
            node.Text("database"),
            node.Map("thing")?.Text("tag"),
            node.Map("create")?.Text("type"),
            texts.At("channels", channel))
        {
            Group = node.Text("group"),
            Decoder = node.Text("decoder"),
            Types = node["types"] is null ? [] : node.TextsOf("types"),
            CreateBy = node.Map("create")?.Text("by"),
            Names = node.EntriesOf("names").ToImmutableDictionary(name => name.Id, name => ((ScalarNode)name.Value).Text),
        };
    }

    private Rule Rule(MapNode node)
    {
        var rule = node.Text("rule")!;
        return new Rule(
            rule,
            id,
            node.Text("type")!,
            Enum.Parse<Band>(node.Text("severity")!, ignoreCase: true),
            node.Text("when")?.Trim(),
            node.Text("clear")?.Trim(),
            Duration.Parse(node.Text("for")),
            Duration.Parse(node.Text("clearFor")),
            node.Map("absent") is { } absent ? new Absence(absent.Text("property")!, Duration.Parse(absent.Text("for"))) : null,
            node.Map("opens") is { } opens ? new OpensCase(opens.Text("case")!, Fields(opens)) : null,
            texts.At("rules", rule, "name"),
            texts.At("rules", rule, "advice"))
        {
            Lateness = Duration.Parse(node.Text("lateness")),
            Parameters = [.. node.EntriesOf("parameters").Select(parameter => Parameter(rule, parameter))],
            SeverityBy = node.Text("severityBy")?.Trim(),
            During = node.Text("during")?.Trim(),
            CausedBy = [.. node.TextsOf("causedBy")],
        };
    }

    private RuleParameter Parameter(string rule, Entry entry)
    {
        var range = entry.Map.ScalarsOf("range").Select(limit => (double?)limit.Number).ToList();
        return new RuleParameter(entry.Id, entry.Map.Scalar("default")!.Number, entry.Map.Text("unit"), range.FirstOrDefault(), range.LastOrDefault())
        {
            Name = texts.At("rules", rule, "parameters", entry.Id),
        };
    }

    private static ImmutableDictionary<string, string> Fields(MapNode opens) => opens.EntriesOf("fields")
        .ToImmutableDictionary(field => field.Id, field => ((ScalarNode)field.Value).Text);

    private NotificationText Notification(MapNode node)
    {
        var notification = node.Text("notification")!;
        return new NotificationText(
            notification,
            id,
            [.. node.TextsOf("kinds").Select(kind => Enum.Parse<NotificationKind>(kind, ignoreCase: true))],
            node.Text("rule"),
            node.Text("case"),
            texts.At("notifications", notification, "subject"),
            texts.At("notifications", notification, "body"));
    }

    private View View(MapNode node)
    {
        var view = node.Text("view")!;
        var widgets = new JsonArray([.. node.MapsOf("widgets").Select(ToJson)]);
        return new View(view, id, node.Text("kind")!, node.Text("type"), widgets, texts.At("views", view));
    }

    private static JsonNode? ToJson(Node node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Id, ToJson(entry.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(ToJson)]),
        ScalarNode { Kind: ScalarKind.Null } => null,
        ScalarNode { Kind: ScalarKind.Boolean } scalar => JsonValue.Create(scalar.IsTrue),
        ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Number } scalar => JsonValue.Create(scalar.Number),
        ScalarNode scalar => JsonValue.Create(scalar.Text),
        _ => null,
    };

    private static MaturityItem Maturity(MapNode node, MaturityCheck check) =>
        new(node.Text("item")!, node.Text("status")!, node.Text("reason"), node.Map("check") is not null, node.Map("check") is { } wanted ? check.Lacks(wanted) : [])
        {
            File = node.File.Path,
            Line = node.At.Line,
        };
}
