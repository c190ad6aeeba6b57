using System.Collections.Immutable;
using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Identifiers.Gs1.DigitalLinks;

/// <summary>Which elements may follow a key in the path, and in which order (Digital Link URI syntax, key qualifiers).</summary>
internal static class QualifierOrder
{
    /// <summary>Whether the elements behind the key are some of one alternative, in its order.</summary>
    internal static bool IsRight(ApplicationIdentifier key, IReadOnlyList<Gs1Element> path) =>
        path.Count == 1 || key.Qualifiers.Any(order => IsSubsequence(order, path));

    /// <summary>Whether an element could stand in the path together with what stands there.</summary>
    internal static bool CouldFollow(ApplicationIdentifier key, IReadOnlyList<Gs1Element> path, string identifier) =>
        key.Qualifiers.Any(order => order.Contains(identifier) && path.Skip(1).All(element => order.Contains(element.Identifier)));

    /// <summary>The alternative of which the most qualifiers are there; the first of several.</summary>
    internal static ImmutableArray<string> MostOf(ApplicationIdentifier key, IReadOnlyList<Gs1Element> elements) =>
        key.Qualifiers.IsEmpty ? [] : key.Qualifiers.MaxBy(order => order.Count(code => elements.Any(element => element.Identifier == code)));

    private static bool IsSubsequence(ImmutableArray<string> order, IReadOnlyList<Gs1Element> path)
    {
        var at = 0;
        for (var i = 1; i < path.Count; i++)
        {
            at = order.IndexOf(path[i].Identifier, at) + 1;
            if (at == 0)
            {
                return false;
            }
        }

        return true;
    }
}
