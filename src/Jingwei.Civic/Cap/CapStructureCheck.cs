using System.Text.RegularExpressions;
using System.Xml.Linq;
using Jingwei.Civic.Documents;

namespace Jingwei.Civic.Cap;

/// <summary>What the schema asks of an alert: which elements, in which order, how often, and the form of each.</summary>
internal sealed partial class CapStructureCheck(CapSchema schema, ProblemList problems)
{
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    public void Check(XElement alert) => Group(alert, schema.Alert);

    private void Group(XElement parent, CapElement spec)
    {
        Attributes(parent);
        if (parent.Nodes().OfType<XText>().FirstOrDefault(text => text.Value.AsSpan().IndexOfAnyExcept(CapText.Blanks) >= 0) is { } stray)
        {
            problems.Error(ProblemCode.StrayText, parent, $"Text between the elements of <{spec.Name}>: \"{Short(stray.Value)}\".");
        }

        var counts = new int[spec.Children.Count + 1];
        var reached = 0;
        foreach (var child in parent.Elements())
        {
            var index = IndexOf(child, spec);
            if (index < 0)
            {
                problems.Error(ProblemCode.UnknownElement, child, $"<{child.Name.LocalName}> is no element of <{spec.Name}>{(child.Name.Namespace == schema.Namespace ? "" : $": it is in the namespace \"{child.Name.NamespaceName}\"")}.");
                continue;
            }

            Sequence(child, spec, index, reached, ++counts[index]);
            reached = Math.Max(reached, index);
            if (index < spec.Children.Count)
            {
                Value(child, spec.Children[index]);
            }
        }

        for (var index = 0; index < spec.Children.Count; index++)
        {
            if (counts[index] < spec.Children[index].Min)
            {
                problems.Error(ProblemCode.Missing, parent, $"<{spec.Name}> lacks <{spec.Children[index].Name}>.");
            }
        }
    }

    // Signatures come after everything else of an alert; CAP 1.1 allows them in words (3.3.2.1) and has them not in its schema.
    private int IndexOf(XElement child, CapElement spec)
    {
        for (var index = 0; child.Name.Namespace == schema.Namespace && index < spec.Children.Count; index++)
        {
            if (spec.Children[index].Name == child.Name.LocalName)
            {
                return index;
            }
        }

        return ReferenceEquals(spec, schema.Alert) && child.Name.Namespace == CapSchema.Signature ? spec.Children.Count : -1;
    }

    private void Sequence(XElement child, CapElement spec, int index, int reached, int count)
    {
        if (index < spec.Children.Count && count > spec.Children[index].Max)
        {
            problems.Error(ProblemCode.Repeated, child, $"<{spec.Name}> has only one <{child.Name.LocalName}>.");
        }
        else if (index < reached)
        {
            var before = reached < spec.Children.Count ? spec.Children[reached].Name : "Signature";
            problems.Error(ProblemCode.OutOfOrder, child, $"<{child.Name.LocalName}> belongs before <{before}>.");
        }
    }

    private void Value(XElement element, CapElement spec)
    {
        if (spec.Content == CapContent.Group)
        {
            Group(element, spec);
            return;
        }

        Attributes(element);
        if (element.Elements().FirstOrDefault() is { } inner)
        {
            problems.Error(ProblemCode.UnknownElement, inner, $"<{spec.Name}> holds text and no elements.");
        }

        var text = element.Value;
        switch (spec.Content)
        {
            case CapContent.Time:
                Time(element, text);
                break;
            case CapContent.Choice when !spec.Choices.Contains(text):
                problems.Error(ProblemCode.InvalidChoice, element, $"\"{Short(text)}\" is none of {string.Join(", ", spec.Choices)}.");
                break;
            case CapContent.Language when !LanguageTag().IsMatch(text.Trim(CapText.Blanks)):
                problems.Error(ProblemCode.InvalidLanguage, element, $"\"{Short(text)}\" is no language tag as \"zh-CN\".");
                break;
            case CapContent.Integer when !IntegerForm().IsMatch(text.Trim(CapText.Blanks)):
                problems.Error(ProblemCode.InvalidNumber, element, $"\"{Short(text)}\" is no whole number.");
                break;
            case CapContent.Decimal when !DecimalForm().IsMatch(text.Trim(CapText.Blanks)):
                problems.Error(ProblemCode.InvalidNumber, element, $"\"{Short(text)}\" is no decimal number.");
                break;
        }
    }

    private void Time(XElement element, string text)
    {
        if (CapText.Time(text) is null)
        {
            problems.Error(ProblemCode.InvalidTime, element, $"\"{Short(text)}\" is no time as \"2002-05-24T16:49:00-07:00\".");
        }
        else if (schema.IsCurrent && text.TrimEnd(CapText.Blanks).EndsWith("+00:00", StringComparison.Ordinal))
        {
            // 3.3.2: a MUST, but there is no doubt on what it means, and the schema allows it.
            problems.Warning(ProblemCode.InvalidTime, element, "UTC is written \"-00:00\".");
        }
    }

    private void Attributes(XElement element)
    {
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            if (attribute.Name != Instance + "schemaLocation" && attribute.Name != Instance + "noNamespaceSchemaLocation")
            {
                problems.Error(ProblemCode.UnknownAttribute, attribute, $"<{element.Name.LocalName}> has no attributes.");
            }
        }
    }

    internal static string Short(string text) => text.Length <= 60 ? text : $"{text.AsSpan(0, 60)}...";

    [GeneratedRegex("^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex LanguageTag();

    [GeneratedRegex("^[-+]?[0-9]+\\z")]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex DecimalForm();
}
