namespace Jingwei.Server.Access;

/// <summary>Walks from a node to the root of a tree that is held by parent ids.</summary>
internal static class Tree
{
    // Province, city, county, town, site and room to spare; also ends a walk round a cycle.
    public const int MaximumDepth = 32;

    private static readonly TreePath Nowhere = new("/");

    /// <summary>True when nothing may be put below the node of that path.</summary>
    public static bool IsFull(TreePath path) => path.Text.Count(letter => letter == '/') > MaximumDepth;

    /// <summary>The path of <paramref name="id"/>, or a path that covers nothing when it is unknown.</summary>
    public static TreePath PathOf(string id, Func<string, (bool Known, string? Parent)> parentOf)
    {
        var path = "";
        string? next = id;
        for (var depth = 0; next is not null && depth < MaximumDepth; depth++)
        {
            var (known, parent) = parentOf(next);
            if (!known)
            {
                return Nowhere;
            }

            path = $"{next}/{path}";
            next = parent;
        }

        return new("/" + path);
    }
}
