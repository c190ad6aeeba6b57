namespace Jingwei.Cel.Planning;

/// <summary>Making lists, maps and objects.</summary>
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

    public static Evaluator Map(Evaluator[] keys, Evaluator[] values, Place place) => (ref Frame frame) =>
    {
        var entries = new KeyValuePair<CelValue, CelValue>[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i](ref frame);
            var value = key.IsError ? key : values[i](ref frame);
            if (value.IsError)
            {
                return value;
            }

            entries[i] = new(key, value);
        }

        return place.Mark(CelMap.Create(entries));
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
