using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks that both languages have every word that a user sees, and no other.</summary>
internal sealed class TextCheck(PackDraft draft, ProblemList problems)
{
    private static readonly string[] IncidentParts = ["sources", "layers", "risk"];

    public void Check()
    {
        var wanted = new TextTree();
        wanted["types"].Add(Ids(Section.Things));
        wanted["channels"].Add(Ids(Section.Channels));
        wanted["views"].Add(Ids(Section.Views));
        wanted["shifts"].Add(draft.Manifest.MapsOf("shifts").Select(shift => shift.Text("shift")).OfType<string>());
        wanted["calendars"].Add(CalendarCheck.Ids(draft));
        foreach (var (rule, declared) in draft.ById(Section.Rules))
        {
            wanted["rules"][rule].Add(["name", "advice"]);
            if (declared["parameters"] is not null)
            {
                wanted["rules"][rule]["parameters"].Add(declared.EntriesOf("parameters").Select(parameter => parameter.Id));
            }
        }

        foreach (var notification in Ids(Section.Notifications))
        {
            wanted["notifications"][notification].Add(["subject", "body"]);
        }

        WantIncidents(wanted["incidents"]);
        WantProperties(wanted);
        // What one language names for one type alone, the other does as well.
        var own = new[] { draft.Zh, draft.En }.SelectMany(file => file.EntriesOf("properties")).Select(entry => entry.Id);
        wanted["properties"].Add(own.Where(wanted["properties"].Optional.Contains).ToList());
        WantIndicators(wanted["indicators"]);
        WantCases(wanted);
        foreach (var file in new[] { draft.Zh, draft.En }.Where(file => file.File.Text.Length > 0))
        {
            Compare(file, wanted, "", file);
        }
    }

    private IEnumerable<string> Ids(Section section) => draft.ById(section).Keys.Order(StringComparer.Ordinal);

    private void WantProperties(TextTree wanted)
    {
        foreach (var file in draft.Files(Section.Things))
        {
            var type = file.Text("type");
            Want(file.EntriesOf("properties"));
            wanted["properties"].Optional.UnionWith(file.EntriesOf("properties").Select(property => $"{type}.{property.Id}"));
            wanted["commands"].Add(file.EntriesOf("commands").Select(command => command.Id));
            foreach (var command in file.EntriesOf("commands"))
            {
                Want(command.Map.EntriesOf("parameters"));
            }
        }

        void Want(IEnumerable<Entry> properties)
        {
            foreach (var property in properties)
            {
                wanted["properties"].Add([property.Id]);
                WantValues(wanted, property);
            }
        }
    }

    private static void WantValues(TextTree wanted, Entry property)
    {
        if (property.Map["values"] is not null)
        {
            wanted["values"][property.Id].Add(property.Map.TextsOf("values"));
        }
    }

    private void WantIndicators(TextTree wanted)
    {
        foreach (var (id, indicator) in draft.ById(Section.Indicators))
        {
            wanted[id].Add(["name", "meaning"]);
            wanted[id]["inputs"].Add(indicator.EntriesOf("inputs").Select(input => input.Id));
            if (indicator["bands"] is not null)
            {
                wanted[id]["bands"].Add(indicator.EntriesOf("bands").Select(band => band.Id));
            }
        }
    }

    private void WantIncidents(TextTree wanted)
    {
        foreach (var (id, incident) in draft.ById(Section.Incidents))
        {
            wanted[id].Add(["name"]);
            foreach (var part in IncidentParts.Where(part => incident[part] is not null))
            {
                wanted[id][part].Add(incident.EntriesOf(part).Select(entry => entry.Id));
            }
        }
    }

    private void WantCases(TextTree wanted)
    {
        foreach (var (id, type) in draft.ById(Section.Cases))
        {
            var texts = wanted["cases"][id];
            texts.Add(["name"]);
            texts["states"].Add(type.EntriesOf("states").Select(state => state.Id));
            texts["transitions"].Add(type.EntriesOf("transitions").Select(transition => transition.Id));
            foreach (var (section, key) in new[] { ("roles", "roles"), ("tasks", "plan"), ("evidence", "evidence") }.Where(each => type[each.Item2] is not null))
            {
                texts[section].Add(type.EntriesOf(key).Select(entry => entry.Id));
            }

            if (type["checklist"] is not null)
            {
                texts["checklist"].Add(type.TextsOf("checklist"));
            }

            foreach (var field in type.EntriesOf("fields"))
            {
                texts["fields"].Add([field.Id]);
                WantValues(wanted, field);
            }
        }
    }

    /// <param name="at">Where a missing key is reported: the key that it should stand under.</param>
    private void Compare(MapNode texts, TextTree wanted, string path, Node at)
    {
        foreach (var key in wanted.Children.Keys.Where(key => texts[key] is null && !IsEmptySection(path, wanted.Children[key])))
        {
            var inner = wanted.Children[key].Children.Keys;
            var which = inner.Any() ? $" ({string.Join(", ", inner)})" : "";
            problems.Add(at, $"no text for {path}{key}{which}", "every word in both languages");
        }

        foreach (var entry in texts.Entries)
        {
            if (wanted.Children.TryGetValue(entry.Id, out var child))
            {
                if (entry.Value is MapNode inner && (path.Length == 0 || child.Children.Count > 0))
                {
                    Compare(inner, child, $"{path}{entry.Id}.", entry.Key);
                }
            }
            else if (!wanted.Optional.Contains(entry.Id) && !IsEmptyMap(path, entry))
            {
                var hint = Nearest.Hint(entry.Id, wanted.Children.Keys);
                problems.Add(entry.Key, $"text for {path}{entry.Id}, which the pack does not have{hint}", "only what the pack declares");
            }
        }
    }

    // A section such as channels is a leaf of the tree when the pack has none.
    private static bool IsEmptySection(string path, TextTree child) => path.Length == 0 && child.Children.Count == 0;

    private static bool IsEmptyMap(string path, Entry entry) => path.Length == 0 && entry.Value is MapNode { Entries.Length: 0 };
}
