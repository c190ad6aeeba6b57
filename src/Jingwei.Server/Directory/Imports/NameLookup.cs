using Jingwei.Server.Packs;

namespace Jingwei.Server.Directory.Imports;

/// <summary>Finds what a cell means, by id or by a name that only one has.</summary>
internal sealed class NameLookup(string what)
{
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> names = new(StringComparer.Ordinal);

    public void Add(string id, params ReadOnlySpan<string> called)
    {
        ids.Add(id);
        foreach (var name in called)
        {
            // Null: several have it.
            names[name] = names.TryGetValue(name, out var other) && other != id ? null : id;
        }
    }

    /// <summary>The id that is meant; else null, and what was expected.</summary>
    public string? Find(string cell, out string expected)
    {
        expected = "";
        if (ids.Contains(cell))
        {
            return cell;
        }

        var isName = names.TryGetValue(cell, out var id);
        expected = isName ? $"the id: several have that name" : $"the id or name of {what}{Nearest.Hint(cell, ids)}";
        return id;
    }
}
