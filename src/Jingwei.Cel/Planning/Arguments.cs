using Jingwei.Cel.Library;

namespace Jingwei.Cel.Planning;

/// <summary>Choosing an overload by the values that arrive.</summary>
internal static class Arguments
{
    /// <summary>Whether the values are of the types; type parameters and dyn take any.</summary>
    public static bool Fit(IReadOnlyList<CelType> types, ReadOnlySpan<CelValue> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var type = types[i];
            if (type.Kind is not (CelTypeKind.Dyn or CelTypeKind.Parameter) && Rendering.TypeOf(values[i]) is var actual
                && (actual.Kind != type.Kind || (type.Kind is CelTypeKind.Object or CelTypeKind.Abstract && actual.Name != type.Name)))
            {
                return false;
            }
        }

        return true;
    }

    public static CelValue NoOverload(string function, ReadOnlySpan<CelValue> values)
    {
        var types = new List<string>();
        foreach (ref readonly var value in values)
        {
            types.Add(Rendering.TypeOf(value).ToString());
        }

        return CelValue.Error(CelErrorCode.NoMatchingOverload, $"no such overload: {function}({string.Join(", ", types)})");
    }
}
