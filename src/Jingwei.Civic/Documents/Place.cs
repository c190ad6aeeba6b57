using System.Xml.Linq;

namespace Jingwei.Civic.Documents;

/// <summary>Where an element begins in its document, and which of its like it was there.</summary>
internal sealed record Place(int Line, int Column, string? Path = null);

internal static class Places
{
    /// <summary>The path as <see cref="DocumentProblem.Path"/> has it. A part that was read by itself says in its <see cref="Place"/> where it was.</summary>
    public static string Path(this XElement element)
    {
        var steps = new Stack<string>();
        for (XElement? at = element; at is not null; at = at.Parent)
        {
            if (at.Annotation<Place>()?.Path is { } known)
            {
                steps.Push(known);
                break;
            }

            steps.Push($"/{at.Name.LocalName}[{at.ElementsBeforeSelf(at.Name).Count() + 1}]");
        }

        return string.Concat(steps);
    }
}
