namespace Jingwei.Cel;

/// <summary>A named field of an object type.</summary>
public sealed record CelField(string Name, CelType Type, string? Documentation = null);

/// <summary>A named set of typed fields, for example a thing type and its properties. Immutable.</summary>
public sealed class CelObjectType
{
    private readonly Dictionary<string, int> _indexes;

    /// <exception cref="ArgumentException">Two fields have one name.</exception>
    public CelObjectType(string name, IEnumerable<CelField> fields)
    {
        Name = name;
        Fields = [.. fields];
        _indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Fields.Count; i++)
        {
            if (!_indexes.TryAdd(Fields[i].Name, i))
            {
                throw new ArgumentException($"The object type {name} declares {Fields[i].Name} twice.", nameof(fields));
            }
        }

        Type = CelType.Object(name);
    }

    public string Name { get; }

    public CelType Type { get; }

    public IReadOnlyList<CelField> Fields { get; }

    /// <summary>The position of a field in <see cref="Fields"/>, or -1.</summary>
    public int IndexOf(string field) => _indexes.GetValueOrDefault(field, -1);
}

/// <summary>An object: its type, and one value a field in the type's order; an unset value means that the field is not there.</summary>
public sealed class CelObject
{
    private readonly CelValue[] _values;

    /// <exception cref="ArgumentException">The number of values is not that of the fields.</exception>
    public CelObject(CelObjectType type, params ReadOnlySpan<CelValue> values)
    {
        if (values.Length != type.Fields.Count)
        {
            throw new ArgumentException($"{type.Name} has {type.Fields.Count} fields, not {values.Length}.", nameof(values));
        }

        Type = type;
        _values = values.ToArray();
    }

    public CelObjectType Type { get; }

    /// <summary>The value at a field's position; unset when the field is not there.</summary>
    public CelValue this[int index] => _values[index];
}
