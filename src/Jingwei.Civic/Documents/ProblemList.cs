using System.Xml;
using System.Xml.Linq;

namespace Jingwei.Civic.Documents;

/// <summary>The problems of a document as they are found, up to a limit.</summary>
internal sealed class ProblemList(int limit)
{
    private readonly List<DocumentProblem> problems = [];

    public bool HasErrors { get; private set; }

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<DocumentProblem> InOrder() => [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    public void Error(ProblemCode code, XObject place, string message) => Add(code, ProblemLevel.Error, place, message);

    public void Warning(ProblemCode code, XObject place, string message) => Add(code, ProblemLevel.Warning, place, message);

    public void Error(ProblemCode code, string message, int line = 0, int column = 0) => Add(new(code, ProblemLevel.Error, "", message, line, column));

    public void Warning(ProblemCode code, string message, int line = 0, int column = 0) => Add(new(code, ProblemLevel.Warning, "", message, line, column));

    /// <summary>What an XML reader stopped at.</summary>
    public void Broken(XmlException broken, string text)
    {
        // The reader says no line only of what it found before the first element.
        if (broken.LineNumber == 0 && text.IndexOf("<!DOCTYPE", StringComparison.Ordinal) is var at and >= 0)
        {
            var (line, column) = Repair.Position(text, at);
            Error(ProblemCode.DtdProhibited, "Document type declarations are not read.", line, column);
        }
        else
        {
            Error(ProblemCode.NotWellFormed, broken.Message, broken.LineNumber, broken.LinePosition);
        }
    }

    public void AddRange(IEnumerable<DocumentProblem> others)
    {
        foreach (var problem in others)
        {
            Add(problem);
        }
    }

    public void Add(DocumentProblem problem)
    {
        HasErrors |= problem.Level == ProblemLevel.Error;
        if (problems.Count < limit)
        {
            problems.Add(problem);
        }
        else if (problems.Count == limit)
        {
            problems.Add(new(ProblemCode.TooManyProblems, ProblemLevel.Error, "", $"There are more than {limit} problems; the rest is not listed.", problem.Line, problem.Column));
        }
    }

    private void Add(ProblemCode code, ProblemLevel level, XObject place, string message)
    {
        if (problems.Count > limit)
        {
            // A path costs a walk over the brothers: not for what is not listed.
            HasErrors |= level == ProblemLevel.Error;
            return;
        }

        var element = place as XElement ?? place.Parent!;
        var path = place is XAttribute attribute ? $"{element.Path()}/@{attribute.Name.LocalName}" : element.Path();
        var (line, column) = element.Annotation<Place>() is { } at ? (at.Line, at.Column) : (0, 0);
        Add(new(code, level, path, message, line, column));
    }
}
