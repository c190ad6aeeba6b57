namespace Jingwei.Text.Routing;

/// <summary>Says which of several offices a citizen's message is for. Safe to use from several threads.</summary>
public sealed class Router
{
    private readonly TermVectors vectors;
    private readonly RouteWeights weights;

    internal Router(TermVectors vectors, RouteWeights weights) => (this.vectors, this.weights) = (vectors, weights);

    /// <summary>The labels that it knows.</summary>
    public IReadOnlyList<string> Labels => weights.Labels;

    /// <summary>The labels of a message with their shares, the likeliest first; of one that says nothing all shares are equal.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="title">Its title; empty where it has none.</param>
    public IReadOnlyList<Route> Of(string text, string title = "")
    {
        var shares = weights.Shares(vectors.Of(title, text));
        return [.. weights.Labels.Select((label, i) => new Route(label, shares[i])).OrderByDescending(route => route.Share).ThenBy(route => route.Label, StringComparer.Ordinal)];
    }
}

/// <summary>A label for a message.</summary>
/// <param name="Label">The label.</param>
/// <param name="Share">From 0 to 1: how much speaks for it among all labels.</param>
public readonly record struct Route(string Label, double Share);
