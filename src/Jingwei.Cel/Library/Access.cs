using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>Indexes and fields.</summary>
internal static class Access
{
    public static CelValue Index(in CelValue container, in CelValue key, ref Meter meter)
    {
        if (container.Kind == CelKind.Map)
        {
            return container.AsMap().TryGet(key, out var value) ? value : NoSuchKey(key);
        }

        return container.Kind == CelKind.List ? At(container.AsList(), key)
            : container.Kind == CelKind.Optional ? Optionals.Index(container, key, ref meter)
            : Overload.None("[]", container, key);
    }

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
                    : index < 0 ? NoSuchField(item, name.Text)
                    : CelValue.Error(CelErrorCode.NotFound, $"the field '{name.Text}' of {item.Type.Name} has no value");
            case CelKind.Optional:
                return Optionals.Field(value, name);
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
                    ? NoSuchField(value.AsObject(), name.Text)
                    : CelValue.Of(value.AsObject()[index].Kind != CelKind.Unset);
            case CelKind.Optional:
                return value.AsOptional() is { HasValue: true } present ? Has(present.Value, name) : CelValue.False;
            default:
                return NoFields(value, name.Text);
        }
    }

    /// <summary>The element at an index: unset beyond the ends, an error where the key is no index.</summary>
    public static CelValue Find(CelList list, in CelValue key)
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

        return unchecked((ulong)index) < (ulong)list.Count ? list[(int)index] : default;
    }

    public static CelValue NoSuchField(CelObject item, string name) =>
        CelValue.Error(CelErrorCode.NotFound, $"no such field: '{name}' in {item.Type.Name}");

    public static CelValue NoFields(in CelValue value, string name) =>
        CelValue.Error(CelErrorCode.NoMatchingOverload, $"no such overload: .{name} of {Rendering.TypeOf(value)}");

    private static CelValue At(CelList list, in CelValue key)
    {
        if (key.Kind == CelKind.Int && unchecked((ulong)key.Bits) < (ulong)list.Count)
        {
            return list[(int)key.Bits];
        }

        var found = Find(list, key);
        return found.Kind != CelKind.Unset ? found
            : CelValue.Error(CelErrorCode.NotFound, $"index out of bounds: {key} of {list.Count} elements");
    }

    private static CelValue NoSuchKey(in CelValue key) =>
        CelValue.Error(CelErrorCode.NotFound, key.Kind == CelKind.String ? $"no such key: '{key.Text}'" : $"no such key: {key}");
}
