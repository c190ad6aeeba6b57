using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks thing types: what they extend, and that every property is declared once and sensibly.</summary>
internal sealed class TypeCheck(PackDraft draft, ProblemList problems)
{
    // Words that CEL keeps for itself or for languages that embed it (cel-spec, langdef.md, RESERVED and the literals).
    private static readonly HashSet<string> Reserved =
    [
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "namespace", "null",
        "package", "return", "true", "var", "void", "while",
    ];

    public void Check()
    {
        foreach (var file in draft.Files(Section.Things))
        {
            CheckExtends(file);
            foreach (var property in file.EntriesOf("properties"))
            {
                CheckInherited(file, property, "properties", "property");
                CheckProperty(property);
                CheckRetention(property);
            }

            foreach (var command in file.EntriesOf("commands"))
            {
                CheckInherited(file, command, "commands", "command");
                foreach (var parameter in command.Map.EntriesOf("parameters"))
                {
                    CheckProperty(parameter);
                    RefuseCounter(parameter, "parameter", problems);
                    RefuseRetention(parameter, "parameter", problems);
                }
            }
        }
    }

    /// <summary>Checks what a property, a parameter and a case's field have in common.</summary>
    public static void CheckRange(Entry property, ProblemList problems)
    {
        var range = property.Map.ScalarsOf("range").ToList();
        if (range.Count == 2 && range[0].Number >= range[1].Number)
        {
            problems.Add(range[1], $"the range ends at {range[1].Text}", $"more than {range[0].Text}");
        }
    }

    public static void RefuseCounter(Entry property, string what, ProblemList problems)
    {
        if (property.Map.IsTrue("counter"))
        {
            problems.Add(property.Map["counter"]!, $"a {what} cannot be a counter", "no counter");
        }
    }

    public static void RefuseRetention(Entry property, string what, ProblemList problems)
    {
        if (property.Map["retention"] is { } retention)
        {
            problems.Add(retention, $"a {what} has no readings to keep", "no retention");
        }
    }

    /// <summary>Refuses an id that an expression could not name.</summary>
    public static void RefuseReserved(ScalarNode id, ProblemList problems)
    {
        if (Reserved.Contains(id.Text))
        {
            problems.Add(id, $"{id.Text} is a word of CEL", "another id");
        }
    }

    private void CheckProperty(Entry property)
    {
        RefuseReserved(property.Key, problems);
        CheckRange(property, problems);
    }

    // Readings go by whole days.
    private void CheckRetention(Entry property)
    {
        if (property.Map.Scalar("retention") is { } retention && Duration.Parse(retention.Text) < TimeSpan.FromDays(1))
        {
            problems.Add(retention, $"{property.Id} is kept for {retention.Text}", "1d or more");
        }
    }

    private void CheckExtends(MapNode file)
    {
        var parent = file.Scalar("extends");
        if (!draft.Knows(Section.Things, parent, "thing type", problems) || draft.Types[file.Text("type")] is not { } type)
        {
            return;
        }

        // The lineage is cut where it closes: what the last of it extends is in it again.
        var last = draft.Types[type.Lineage[^1]]!.Node.Text("extends");
        if (last == type.Id)
        {
            problems.Add(parent!, $"{type.Id} extends itself: {string.Join(" -> ", [.. type.Lineage, last])}", "a type without a circle");
        }
    }

    private void CheckInherited(MapNode file, Entry entry, string key, string what)
    {
        var ancestors = draft.Types[file.Text("type")]?.Lineage.Skip(1) ?? [];
        var declaring = ancestors.FirstOrDefault(type => draft.Types[type]!.Node.Map(key)?[entry.Id] is not null);
        if (declaring is not null)
        {
            problems.Add(entry.Key, $"{what} {entry.Id} is inherited from {declaring}", "another id");
        }
    }
}
