namespace Jingwei.Cel.Library;

/// <summary>The error "no such overload", said with the operator and the types that met.</summary>
internal static class Overload
{
    public static CelValue None(string name, in CelValue argument) =>
        CelValue.Error(CelErrorCode.NoMatchingOverload, $"no such overload: {name} of {Rendering.TypeOf(argument)}");

    public static CelValue None(string name, in CelValue left, in CelValue right) =>
        CelValue.Error(
            CelErrorCode.NoMatchingOverload,
            $"no such overload: {name} of {Rendering.TypeOf(left)} and {Rendering.TypeOf(right)}");
}
