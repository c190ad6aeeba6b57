using System.Collections.Immutable;
using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Building;

/// <summary>Builds case types.</summary>
internal sealed class CaseBuilder(Texts texts, PropertyBuilder properties, string pack, ImmutableArray<WorkCalendar> calendars)
{
    // A photograph of a telephone, or a scan of some pages.
    private const long DefaultBytes = 20_000_000;

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
            texts.At("cases", id, "name"))
        {
            Roles = [.. node.EntriesOf("roles").Select(role => new CaseRole(role.Id, RightOf(role.Map)!.Value, texts.At("cases", id, "roles", role.Id)))],
            Plan = [.. node.EntriesOf("plan").Select(task => Task(id, task))],
            Checklist = [.. node.TextsOf("checklist").Select(item => new CheckItem(item, texts.At("cases", id, "checklist", item)))],
            Evidence = [.. node.EntriesOf("evidence").Select(kind => Evidence(id, kind))],
            Rated = node.IsTrue("rated"),
            Agreement = node.Map("agreement") is { } answered ? new(answered.Text("accepted")!, answered.Text("declined")!) : null,
        };
    }

    /// <summary>Bytes of a size as packs write it: 500KB, 10MB, in powers of ten.</summary>
    public static long Bytes(string size) =>
        long.Parse(size.AsSpan(0, size.Length - 2), CultureInfo.InvariantCulture) * (size.EndsWith("MB", StringComparison.Ordinal) ? 1_000_000 : 1_000);

    private CaseState State(string type, Entry state) => new(
        state.Id,
        state.Map.IsTrue("final"),
        Within(state.Map),
        texts.At("cases", type, "states", state.Id))
    {
        Calendar = Calendar(state.Map),
        Remind = Remind(state.Map),
        WithinBy = WithinBy(state.Map),
        RemindBy = RemindBy(state.Map),
        Escalations = [.. state.Map.MapsOf("escalate").Select(Escalation)],
        Role = state.Map.Text("role"),
    };

    private static Escalation Escalation(MapNode node) => new(
        Duration.Parse(node.Text("after")),
        Enum.Parse<Recipient>(node.Text("notify")!, ignoreCase: true),
        RightOf(node) ?? Right.Operate,
        node.Text("of"),
        node.Text("severity") is { } severity ? BandOf(severity) : null)
    {
        Severities = node["severities"] is null ? null : [.. node.TextsOf("severities").Select(BandOf)],
    };

    private CaseTransition Transition(string type, Entry entry)
    {
        var node = entry.Map;
        return new CaseTransition(
            entry.Id,
            node.TextsOf("from"),
            node.Text("to")!,
            RightOf(node)!.Value,
            node["by"] is not null,
            node.IsTrue("assigns"),
            node.IsTrue("assignsSelf"),
            node.TextsOf("requires"),
            node["comment"] is not null,
            texts.At("cases", type, "transitions", entry.Id))
        {
            Tasks = node.TextsOf("tasks"),
            Checks = node.TextsOf("checks"),
            Evidence = node.TextsOf("evidence"),
        };
    }

    private PlanTask Task(string type, Entry task) => new(
        task.Id, task.Map.Text("role")!, task.Map.TextsOf("after"), Within(task.Map), texts.At("cases", type, "tasks", task.Id))
    {
        Calendar = Calendar(task.Map),
        Remind = Remind(task.Map),
        WithinBy = WithinBy(task.Map),
        RemindBy = RemindBy(task.Map),
        When = task.Map.Text("when"),
        Checks = task.Map.TextsOf("checks"),
        Evidence = task.Map.TextsOf("evidence"),
    };

    private EvidenceKind Evidence(string type, Entry kind) => new(
        kind.Id,
        kind.Map.TextsOf("types"),
        kind.Map.Text("maxSize") is { } size ? Bytes(size) : DefaultBytes,
        texts.At("cases", type, "evidence", kind.Id));

    private static TimeSpan? Within(MapNode node) => node.Text("within") is { } within ? Duration.Parse(within) : null;

    private static ImmutableArray<TimeSpan> Remind(MapNode node, string key = "remind") => [.. node.TextsOf(key).Select(each => Duration.Parse(each))];

    private static ImmutableSortedDictionary<Band, TimeSpan>? WithinBy(MapNode node) =>
        node.Map("within")?.Entries.ToImmutableSortedDictionary(entry => BandOf(entry.Id), entry => Duration.Parse((entry.Value as ScalarNode)?.Text));

    private static ImmutableSortedDictionary<Band, ImmutableArray<TimeSpan>>? RemindBy(MapNode node) => node.Map("remind") is { } remind
        ? remind.Entries.ToImmutableSortedDictionary(entry => BandOf(entry.Id), entry => Remind(remind, entry.Id))
        : null;

    private static Band BandOf(string severity) => Enum.Parse<Band>(severity, ignoreCase: true);

    private static Right? RightOf(MapNode node) => node.Text("right") is { } right ? Enum.Parse<Right>(right, ignoreCase: true) : null;

    private WorkCalendar? Calendar(MapNode node) =>
        node.Text("calendar") is { } id ? calendars.First(each => each.Id == id) : null;
}
