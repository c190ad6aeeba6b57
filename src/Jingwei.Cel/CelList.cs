using System.Collections;

namespace Jingwei.Cel;

/// <summary>An immutable list of values.</summary>
public sealed class CelList : IReadOnlyList<CelValue>
{
    private readonly CelValue[] _values;

    /// <summary>Takes the array over; it must not change afterwards.</summary>
    public CelList(CelValue[] values)
    {
        _values = values;
    }

    public static CelList Empty { get; } = new([]);

    public int Count => _values.Length;

    public CelValue this[int index] => _values[index];

    public ReadOnlySpan<CelValue> Span => _values;

    public IEnumerator<CelValue> GetEnumerator() => ((IEnumerable<CelValue>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();
}
