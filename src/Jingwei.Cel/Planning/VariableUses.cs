namespace Jingwei.Cel.Planning;

/// <summary>Which variables a program reads, and of which of them only fields.</summary>
internal sealed class VariableUses(CelEnvironment environment)
{
    /// <summary>Fields by slot; null for a variable that is used as a whole.</summary>
    private readonly SortedDictionary<int, SortedSet<string>?> _fields = [];

    public void Add(int slot, string? field)
    {
        if (field is null)
        {
            _fields[slot] = null;
        }
        else if (!_fields.TryGetValue(slot, out var known))
        {
            _fields[slot] = new SortedSet<string>(StringComparer.Ordinal) { field };
        }
        else
        {
            known?.Add(field);
        }
    }

    public List<CelVariableUse> ToList() =>
        [.. _fields.Select(entry => new CelVariableUse(environment.Variables[entry.Key].Name, entry.Key, entry.Value?.ToList()))];
}
