namespace Jingwei.Cel;

/// <summary>An immutable map in the order of its insertion. Keys are int, uint, bool or string; 1, 1u and 1.0 find the same entry.</summary>
public sealed class CelMap
{
    private readonly Dictionary<CelValue, CelValue> _entries;
    private readonly CelValue[] _keys;

    private CelMap(Dictionary<CelValue, CelValue> entries, CelValue[] keys)
    {
        _entries = entries;
        _keys = keys;
    }

    public static CelMap Empty { get; } = new([], []);

    public int Count => _keys.Length;

    public IReadOnlyList<CelValue> Keys => _keys;

    internal ReadOnlySpan<CelValue> KeySpan => _keys;

    /// <summary>A map of these entries, or an error value: a key of another type, or a key twice.</summary>
    public static CelValue Create(ReadOnlySpan<KeyValuePair<CelValue, CelValue>> entries)
    {
        var found = new Dictionary<CelValue, CelValue>(entries.Length);
        var keys = new CelValue[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            var key = entries[i].Key;
            if (key.Kind is not (CelKind.Int or CelKind.Uint or CelKind.Bool or CelKind.String))
            {
                return CelValue.Error(CelErrorCode.Invalid, $"unsupported key type: a map key is an int, uint, bool or string, not {key}");
            }

            if (!found.TryAdd(key, entries[i].Value))
            {
                return CelValue.Error(CelErrorCode.Invalid, $"repeated key: {key}");
            }

            keys[i] = key;
        }

        return CelValue.Of(new CelMap(found, keys));
    }

    /// <summary>A map with text keys; of a key given twice the last counts.</summary>
    public static CelMap FromText(IEnumerable<KeyValuePair<string, CelValue>> entries)
    {
        var found = new Dictionary<CelValue, CelValue>();
        var keys = new List<CelValue>();
        foreach (var (key, value) in entries)
        {
            if (!found.ContainsKey(key))
            {
                keys.Add(key);
            }

            found[key] = value;
        }

        return new CelMap(found, [.. keys]);
    }

    public bool TryGet(CelValue key, out CelValue value) => _entries.TryGetValue(key, out value);
}
