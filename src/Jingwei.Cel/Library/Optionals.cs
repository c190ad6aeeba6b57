using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>Reading what may not be there: container[?key], item.?field, and both of an optional container or item.</summary>
internal static class Optionals
{
    public static CelValue None { get; } = CelValue.Of(CelOptional.None);

    /// <summary>An optional with this value; none of an unset one.</summary>
    public static CelValue Of(in CelValue value) => value.Kind == CelKind.Unset ? None : CelValue.Of(CelOptional.Of(value));

    public static CelValue Index(in CelValue container, in CelValue key, ref Meter meter)
    {
        switch (container.Kind)
        {
            case CelKind.Map:
                return container.AsMap().TryGet(key, out var value) ? Of(value) : None;
            case CelKind.List:
                var found = Access.Find(container.AsList(), key);
                return found.IsError ? found : Of(found);
            case CelKind.Optional:
                return container.AsOptional() is { HasValue: true } present ? Index(present.Value, key, ref meter) : None;
            default:
                return Overload.None("[?]", container, key);
        }
    }

    public static CelValue Field(in CelValue value, in CelValue name)
    {
        switch (value.Kind)
        {
            case CelKind.Map:
                return value.AsMap().TryGet(name, out var found) ? Of(found) : None;
            case CelKind.Object:
                var item = value.AsObject();
                var index = item.Type.IndexOf(name.Text);
                return index < 0 ? Access.NoSuchField(item, name.Text) : Of(item[index]);
            case CelKind.Optional:
                return value.AsOptional() is { HasValue: true } present ? Field(present.Value, name) : None;
            default:
                return Access.NoFields(value, name.Text);
        }
    }
}
