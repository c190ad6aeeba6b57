using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>Indexes and fields.</summary>
internal static class Access
{
    public static CelValue Index(in CelValue container, in CelValue key, ref Meter _) => container.Kind switch
    {
        CelKind.Map => container.AsMap().TryGet(key, out var value) ? value : NoSuchKey(key),
        CelKind.List => At(container.AsList(), key),
        _ => Overload.None("[]", container, key),
    };

    public static CelValue Field(in CelValue value, in CelValue name)
    {
        switch (value.Kind)
        {
            case CelKind.Map:
                return value.AsMap().TryGet(name, out var found) ? found : NoSuchKey(name);
            case CelKind.Object:
                var item = value.AsObject();
                var index = item.Type.IndexOf(name.Text);
                var field = index < 0 ? default : item[index];
                return field.Kind != CelKind.Unset ? field
                    : CelValue.Error(CelErrorCode.NotFound, index < 0
                        ? $"no such field: '{name.Text}' in {item.Type.Name}"
                        : $"the field '{name.Text}' of {item.Type.Name} has no value");
            default:
                return NoFields(value, name.Text);
        }
    }

    public static CelValue Has(in CelValue value, in CelValue name)
    {
        switch (value.Kind)
        {
            case CelKind.Map:
                return CelValue.Of(value.AsMap().TryGet(name, out _));
            case CelKind.Object:
                var index = value.AsObject().Type.IndexOf(name.Text);
                return index < 0
                    ? CelValue.Error(CelErrorCode.NotFound, $"no such field: '{name.Text}' in {value.AsObject().Type.Name}")
                    : CelValue.Of(value.AsObject()[index].Kind != CelKind.Unset);
            default:
                return NoFields(value, name.Text);
        }
    }

    private static CelValue At(CelList list, in CelValue key)
    {
        long index;
        switch (key.Kind)
        {
            case CelKind.Int or CelKind.Uint:
                index = key.Bits;
                break;
            case CelKind.Double when key.RawDouble == Math.Floor(key.RawDouble) && Math.Abs(key.RawDouble) < int.MaxValue:
                index = (long)key.RawDouble;
                break;
            default:
                return key.Kind == CelKind.Double
                    ? CelValue.Error(CelErrorCode.Invalid, $"invalid_argument: a list index is a whole number, not {key}")
                    : Overload.None("[]", CelValue.Of(list), key);
        }

        return (ulong)index < (ulong)list.Count
            ? list[(int)index]
            : CelValue.Error(CelErrorCode.NotFound, $"index out of bounds: {key} of {list.Count} elements");
    }

    private static CelValue NoSuchKey(in CelValue key) =>
        CelValue.Error(CelErrorCode.NotFound, key.Kind == CelKind.String ? $"no such key: '{key.Text}'" : $"no such key: {key}");

    private static CelValue NoFields(in CelValue value, string name) =>
        CelValue.Error(CelErrorCode.NoMatchingOverload, $"no such overload: .{name} of {Rendering.TypeOf(value)}");
}
