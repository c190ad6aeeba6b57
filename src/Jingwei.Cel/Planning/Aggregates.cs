namespace Jingwei.Cel.Planning;

/// <summary>Making lists, maps and objects. A part that gives an unset value is an optional one without value, and is left out.</summary>
internal static class Aggregates
{
    public static Evaluator List(Evaluator[] elements) => (ref Frame frame) =>
    {
        var values = new CelValue[elements.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            values[i] = elements[i](ref frame);
            if (values[i].Kind == CelKind.Error)
            {
                return values[i];
            }
        }

        return CelValue.Of(new CelList(values));
    };

    /// <summary>A list some of whose elements are optional.</summary>
    public static Evaluator ListOfPresent(Evaluator[] elements) => (ref Frame frame) =>
    {
        var values = new CelValue[elements.Length];
        var count = 0;
        foreach (var element in elements)
        {
            ref var value = ref values[count];
            value = element(ref frame);
            if (value.Kind == CelKind.Error)
            {
                return value;
            }

            count += value.Kind == CelKind.Unset ? 0 : 1;
        }

        return CelValue.Of(new CelList(values[..count]));
    };

    public static Evaluator Map(Evaluator[] keys, Evaluator[] values, Place place) => (ref Frame frame) =>
    {
        var entries = new KeyValuePair<CelValue, CelValue>[keys.Length];
        var count = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i](ref frame);
            var value = key.IsError ? key : values[i](ref frame);
            if (value.IsError)
            {
                return value;
            }

            entries[count] = new(key, value);
            count += value.Kind == CelKind.Unset ? 0 : 1;
        }

        return place.Mark(CelMap.Create(entries.AsSpan(0, count)));
    };

    public static Evaluator Object(CelObjectType type, int[] indexes, Evaluator[] values) => (ref Frame frame) =>
    {
        var fields = new CelValue[type.Fields.Count];
        for (var i = 0; i < indexes.Length; i++)
        {
            var value = values[i](ref frame);
            if (value.IsError)
            {
                return value;
            }

            // Null leaves a field without value, unless null is what the field holds.
            var unset = value.Kind == CelKind.Null && type.Fields[indexes[i]].Type.Kind is not (CelTypeKind.Null or CelTypeKind.Dyn);
            fields[indexes[i]] = unset ? default : value;
        }

        return CelValue.Of(new CelObject(type, fields));
    };
}
