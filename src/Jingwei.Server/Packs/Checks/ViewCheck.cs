using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks views: what widgets show exists, and they lie side by side on the grid.</summary>
internal sealed class ViewCheck(PackDraft draft, ProblemList problems)
{
    private const int Columns = 12;

    // The keys that name one indicator.
    private static readonly string[] Single = ["indicator", "total", "rest"];

    public void Check()
    {
        foreach (var view in draft.Files(Section.Views))
        {
            var page = draft.Knows(Section.Things, view.Scalar("type"), "thing type", problems) ? view.Text("type") : null;
            var placed = new List<(MapNode Widget, int[] At)>();
            foreach (var widget in view.MapsOf("widgets"))
            {
                CheckContent(widget, page);
                CheckPlace(widget, placed);
            }
        }
    }

    private void CheckContent(MapNode widget, string? page)
    {
        var of = draft.Knows(Section.Things, widget.Scalar("of"), "thing type", problems) ? widget.Text("of") : null;
        if (draft.Knows(Section.Cases, widget.Scalar("case"), "case type", problems))
        {
            CheckField(widget.Scalar("field"), draft.ById(Section.Cases)[widget.Text("case")!]);
        }

        draft.Knows(Section.Incidents, widget.Scalar("incident"), "incident", problems);
        foreach (var indicator in widget.ScalarsOf("indicators").Concat(Single.Select(widget.Scalar)).OfType<ScalarNode>())
        {
            CheckIndicator(indicator, of);
        }

        // What a line loses is lost by the machines below it: any type may have the property.
        var kind = widget.Text("widget");
        var whose = kind switch { "losses" => null, "machines" or "spc" => of, _ => page };
        CheckProperty(widget.Scalar("state"), whose, mustBeEnumeration: true);
        CheckProperty(widget.Scalar("property"), whose, mustBeEnumeration: kind != "spc");
        CheckProperty(widget.Scalar("inspected"), whose, mustBeEnumeration: false);
        foreach (var property in widget.ScalarsOf("properties"))
        {
            CheckProperty(property, whose, mustBeEnumeration: false);
        }
    }

    private void CheckIndicator(ScalarNode indicator, string? of)
    {
        if (!draft.Knows(Section.Indicators, indicator, "indicator", problems) || of is null)
        {
            return;
        }

        var types = draft.ById(Section.Indicators)[indicator.Text].TextsOf("types");
        if (!draft.Types.Family(of).Any(type => types.Any(type.Is)))
        {
            problems.Add(indicator, $"{indicator.Text} is not computed for {of}", $"an indicator for {of}");
        }
    }

    private void CheckProperty(ScalarNode? property, string? whose, bool mustBeEnumeration)
    {
        if (property is null)
        {
            return;
        }

        var family = whose is null ? draft.Types.All : draft.Types.Family(whose);
        var known = family.SelectMany(type => type.Properties).ToLookup(each => each.Id);
        if (!known.Contains(property.Text))
        {
            var hint = Nearest.Hint(property.Text, known.Select(each => each.Key));
            problems.Add(property, $"no property {property.Text}{hint}", whose is null ? "a property" : $"a property of {whose}");
        }
        else if (mustBeEnumeration && known[property.Text].Any(each => each.Kind != "enumeration"))
        {
            problems.Add(property, $"{property.Text} is not an enumeration", "an enumeration");
        }
    }

    // Cases are counted by fields that have one of a few values.
    private void CheckField(ScalarNode? field, MapNode type)
    {
        var fields = type.EntriesOf("fields").Where(each => each.Map.Text("type") is "enumeration" or "boolean").Select(each => each.Id).ToList();
        if (field is not null && !fields.Contains(field.Text))
        {
            var hint = Nearest.Hint(field.Text, fields);
            problems.Add(field, $"no field {field.Text} of that kind in {type.Text("case")}{hint}", "an enumeration or a boolean among the fields of the case");
        }
    }

    private void CheckPlace(MapNode widget, List<(MapNode Widget, int[] At)> placed)
    {
        var at = widget.ScalarsOf("at").Where(item => double.IsInteger(item.Number)).Select(item => (int)item.Number).ToArray();
        if (at is not [var column, _, var width, var height])
        {
            return;
        }

        if (width < 1 || height < 1 || column + width > Columns)
        {
            problems.Add(widget["at"]!, $"the widget spans columns {column} to {column + width}", $"a width and height from 1 within {Columns} columns");
        }

        var other = placed.FirstOrDefault(each => Overlap(each.At, at)).Widget;
        if (other is not null)
        {
            problems.Add(widget["at"]!, $"the widget overlaps the one on line {other.At.Line}", "a place of its own");
        }

        placed.Add((widget, at));
    }

    private static bool Overlap(int[] a, int[] b) =>
        a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
}
