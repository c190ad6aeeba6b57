using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Identifiers.Gs1.DigitalLinks;

/// <summary>Builds a Digital Link of elements. The position of a problem is the index of its element.</summary>
internal static class LinkOfElements
{
    internal static Gs1Reading<DigitalLink> Build(IReadOnlyList<Gs1Element> elements, string stem, Gs1Limits limits)
    {
        if (elements.Count > limits.Elements)
        {
            return new Gs1Problem(Gs1ProblemCode.TooManyElements, $"There are at most {limits.Elements} elements.", limits.Elements);
        }

        ApplicationIdentifier? key = null;
        var keyAt = 0;
        for (var i = 0; i < elements.Count; i++)
        {
            if (limits.Identifier(elements[i].Identifier) is not { } identifier)
            {
                return new Gs1Problem(Gs1ProblemCode.UnknownIdentifier, "No Application Identifier.", i);
            }

            if (identifier.Check(elements[i].Value) is { } problem)
            {
                return problem with { Position = i };
            }

            (key, keyAt) = key is null && identifier.IsLinkKey ? (identifier, i) : (key, keyAt);
        }

        return key is null
            ? new Gs1Problem(Gs1ProblemCode.NoPrimaryKey, "None of the elements is a primary key of Digital Links.", 0)
            : Build(elements, key, keyAt, stem);
    }

    private static Gs1Reading<DigitalLink> Build(IReadOnlyList<Gs1Element> elements, ApplicationIdentifier key, int keyAt, string stem)
    {
        var path = new List<Gs1Element> { elements[keyAt] };
        foreach (var qualifier in QualifierOrder.MostOf(key, elements))
        {
            path.AddRange(elements.Where(element => element.Identifier == qualifier).Take(1));
        }

        var attributes = new List<Gs1Element>();
        for (var i = 0; i < elements.Count; i++)
        {
            var element = elements[i];
            var written = path.Concat(attributes).FirstOrDefault(other => other.Identifier == element.Identifier);
            if (written.Identifier is not null)
            {
                if (written.Value != element.Value)
                {
                    return new Gs1Problem(Gs1ProblemCode.Repeated, $"({element.Identifier}) is there with two values.", i);
                }

                continue;
            }

            if (ApplicationIdentifier.Find(element.Identifier) is { IsLinkAttribute: false })
            {
                return new Gs1Problem(Gs1ProblemCode.NoAttribute, $"({element.Identifier}) can neither be in this path nor an attribute.", i);
            }

            attributes.Add(element);
        }

        return new DigitalLink
        {
            Stem = stem.TrimEnd('/'),
            Path = path,
            Attributes = [.. attributes.OrderBy(element => ApplicationIdentifier.Find(element.Identifier) is { IsPredefinedLength: true } ? 0 : 1)],
        };
    }
}
