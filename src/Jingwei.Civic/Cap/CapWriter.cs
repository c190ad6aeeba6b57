using System.Text;
using System.Xml;
using System.Xml.Linq;
using Jingwei.Civic.Documents;

namespace Jingwei.Civic.Cap;

/// <summary>Writes alerts as CAP 1.2 in UTF-8.</summary>
public static class CapWriter
{
    /// <summary>What keeps an alert from being written, and what the standard advises against; nothing when it is as it should be.</summary>
    public static IReadOnlyList<DocumentProblem> Check(CapAlert alert) => Problems(alert, CapComposition.Alert(alert)).InOrder();

    /// <summary>Writes an alert. Fractions of seconds are left out, as the schema has none.</summary>
    /// <exception cref="ArgumentException">The alert breaks the standard (<see cref="Check"/> has errors); nothing was written.</exception>
    public static void Write(CapAlert alert, Stream stream)
    {
        using var writer = XmlWriter.Create(stream, Settings);
        new XDocument(Element(alert)).Save(writer);
    }

    /// <summary>An alert as a part of another document.</summary>
    /// <exception cref="ArgumentException">As <see cref="Write"/>.</exception>
    internal static XElement Element(CapAlert alert)
    {
        var root = CapComposition.Alert(alert);
        var problems = Problems(alert, root);
        return problems.HasErrors
            ? throw new ArgumentException(string.Join(Environment.NewLine, problems.InOrder().Where(problem => problem.Level == ProblemLevel.Error)), nameof(alert))
            : root;
    }

    // A carriage return that is no reference would be read as a line feed.
    internal static XmlWriterSettings Settings { get; } = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize };

    private static ProblemList Problems(CapAlert alert, XElement root)
    {
        var problems = new ProblemList(DocumentLimits.Alert.Problems);
        new CapStructureCheck(CapSchema.V12, problems).Check(root);
        new CapRuleCheck(CapSchema.V12, problems).Check(root);
        foreach (var (name, values) in new[] { ("addresses", alert.Addresses), ("incidents", alert.Incidents) })
        {
            if (values.FirstOrDefault(value => !CapText.FitsList(value)) is { } unfit)
            {
                problems.Error(ProblemCode.InvalidList, root, $"<{name}> cannot hold \"{unfit}\": a value is not empty and has no double quote.");
            }
        }

        foreach (var element in root.DescendantsAndSelf().Where(element => !element.HasElements && !ReferenceEquals(Repair.Legal(element.Value), element.Value)))
        {
            problems.Error(ProblemCode.IllegalCharacter, element, "The text holds a character that is not allowed in XML.");
        }

        return problems;
    }
}
