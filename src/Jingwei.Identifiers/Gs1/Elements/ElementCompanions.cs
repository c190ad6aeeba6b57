using System.Collections.Immutable;

namespace Jingwei.Identifiers.Gs1.Elements;

/// <summary>Which elements must and must not be together on one object (General Specifications, 4.13). The position of a problem is the index of its element.</summary>
internal static class ElementCompanions
{
    internal static IReadOnlyList<Gs1Problem> Check(IReadOnlyList<Gs1Element> elements)
    {
        var problems = new List<Gs1Problem>();
        for (var i = 0; i < elements.Count; i++)
        {
            var code = elements[i].Identifier;
            if (ApplicationIdentifier.Find(code) is not { } identifier)
            {
                continue;
            }

            if (!identifier.Companions.IsEmpty && !identifier.Companions.Any(group => group.All(pattern => Has(elements, pattern))))
            {
                problems.Add(new(Gs1ProblemCode.MissingCompanion, $"({code}) needs {Say(identifier.Companions)}.", i));
            }

            foreach (var pattern in identifier.Exclusions)
            {
                if (elements.FirstOrDefault(other => other.Identifier != code && ApplicationIdentifier.Fits(pattern, other.Identifier)).Identifier is { } excluded)
                {
                    problems.Add(new(Gs1ProblemCode.ExcludedCompanion, $"({code}) does not go with ({excluded}).", i));
                }
            }

            if (elements.Take(i).Any(other => other.Identifier == code && other.Value != elements[i].Value))
            {
                problems.Add(new(Gs1ProblemCode.Repeated, $"({code}) is there with two values.", i));
            }
        }

        return problems;
    }

    private static bool Has(IReadOnlyList<Gs1Element> elements, string pattern) => elements.Any(element => ApplicationIdentifier.Fits(pattern, element.Identifier));

    private static string Say(ImmutableArray<ImmutableArray<string>> groups) =>
        string.Join(" or ", groups.Select(group => string.Join(" with ", group.Select(code => $"({code})"))));
}
