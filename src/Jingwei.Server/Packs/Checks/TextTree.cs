namespace Jingwei.Server.Packs.Checks;

/// <summary>The texts that a pack must have: a leaf is a text, the others hold more.</summary>
internal sealed class TextTree
{
    private readonly Dictionary<string, TextTree> children = new(StringComparer.Ordinal);

    /// <summary>Keys that may be there and need not be.</summary>
    public HashSet<string> Optional { get; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, TextTree> Children => children;

    /// <summary>The tree under a key, made where it is not there yet.</summary>
    public TextTree this[string key]
    {
        get
        {
            if (!children.TryGetValue(key, out var child))
            {
                child = children[key] = new TextTree();
            }

            return child;
        }
    }

    /// <summary>Adds leaves.</summary>
    public void Add(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            _ = this[key];
        }
    }
}
