using Jingwei.Server.Packs.Building;
using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks that a pack's tests speak of what there is.</summary>
internal sealed class TestCheck(PackDraft draft, ProblemList problems)
{
    public void Check()
    {
        foreach (var test in draft.Files(Section.Tests))
        {
            if (test.Scalar("zone") is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone.Text, out _))
            {
                problems.Add(zone, $"no time zone {zone.Text}", "an IANA zone such as Asia/Shanghai");
            }

            var things = CheckThings(test);
            foreach (var reading in test.MapsOf("readings"))
            {
                CheckTime(reading);
                CheckReading(reading, things);
            }

            CheckExpected(test.Map("expect") ?? MapNode.Empty(test), things);
        }
    }

    /// <summary>Refuses a type that cannot have things.</summary>
    public static void RefuseAbstract(PackDraft draft, ScalarNode type, ProblemList problems)
    {
        if (draft.Types[type.Text]?.Node.IsTrue("abstract") is true)
        {
            problems.Add(type, $"{type.Text} is abstract", "a type that can have things");
        }
    }

    private Dictionary<string, TypeDraft?> CheckThings(MapNode test)
    {
        var things = new Dictionary<string, TypeDraft?>(StringComparer.Ordinal);
        foreach (var thing in test.MapsOf("things"))
        {
            var type = thing.Scalar("type");
            if (draft.Knows(Section.Things, type, "thing type", problems))
            {
                RefuseAbstract(draft, type!, problems);
            }

            RequireThing(thing.Scalar("parent"), things, "a thing above it in the list");
            if (thing.Scalar("id") is { } id && !things.TryAdd(id.Text, draft.Types[type?.Text]))
            {
                problems.Add(id, $"duplicate thing {id.Text}", "every id once");
            }
        }

        return things;
    }

    private void CheckReading(MapNode reading, Dictionary<string, TypeDraft?> things)
    {
        if (!RequireThing(reading.Scalar("thing"), things) || things[reading.Text("thing")!] is not { } type)
        {
            return;
        }

        if (reading.Scalar("payload") is { } payload && !draft.Files(Section.Channels).Any(channel => Decodes(channel, type)))
        {
            problems.Add(payload, $"no channel of {type.Id} has a decoder", "values, or a channel that names a decoder");
        }

        foreach (var value in reading.EntriesOf("values"))
        {
            if (type.Property(value.Id) is { } property)
            {
                Values.Check(value.Value, property.Node, problems);
                continue;
            }

            var hint = Nearest.Hint(value.Id, type.Properties.Select(each => each.Id));
            problems.Add(value.Key, $"no property {value.Id} on {type.Id}{hint}", $"a property of {type.Id}");
        }
    }

    private static bool Decodes(MapNode channel, TypeDraft type) =>
        channel["decoder"] is not null && (channel["types"] is null || channel.TextsOf("types").Any(type.Is));

    private void CheckExpected(MapNode expect, Dictionary<string, TypeDraft?> things)
    {
        foreach (var indicator in expect.MapsOf("indicators"))
        {
            CheckTime(indicator);
            RequireThing(indicator.Scalar("thing"), things);
            draft.Knows(Section.Indicators, indicator.Scalar("indicator"), "indicator", problems);
        }

        foreach (var alarm in expect.MapsOf("alarms"))
        {
            CheckTime(alarm);
            RequireThing(alarm.Scalar("thing"), things);
            draft.Knows(Section.Rules, alarm.Scalar("rule"), "rule", problems);
        }

        foreach (var expected in expect.MapsOf("cases"))
        {
            RequireThing(expected.Scalar("thing"), things);
            if (draft.Knows(Section.Cases, expected.Scalar("case"), "case type", problems))
            {
                CheckState(expected);
            }
        }
    }

    private void CheckState(MapNode expected)
    {
        var states = draft.ById(Section.Cases)[expected.Text("case")!].EntriesOf("states").Select(state => state.Id).ToList();
        if (expected.Scalar("state") is { } state && !states.Contains(state.Text))
        {
            problems.Add(state, $"no state {state.Text}{Nearest.Hint(state.Text, states)}", $"one of {string.Join(", ", states)}");
        }
    }

    private void CheckTime(MapNode node)
    {
        if (node.Scalar("at") is { Kind: ScalarKind.Text } at && TestBuilder.Time(at.Text) is null)
        {
            problems.Add(at, $"found {at.Description}", "a time that a calendar has");
        }
    }

    private bool RequireThing(ScalarNode? id, Dictionary<string, TypeDraft?> things, string expected = "a thing of this test")
    {
        if (id is null)
        {
            return false;
        }

        var known = things.ContainsKey(id.Text);
        if (!known)
        {
            problems.Add(id, $"no thing {id.Text}{Nearest.Hint(id.Text, things.Keys)}", expected);
        }

        return known;
    }
}
