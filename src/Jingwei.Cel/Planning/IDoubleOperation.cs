namespace Jingwei.Cel.Planning;

/// <summary>An operator on doubles, as a type argument so that it is compiled into its short way.</summary>
internal interface IDoubleOperation
{
    static abstract CelValue Apply(double left, double right);
}

internal readonly struct Greater : IDoubleOperation
{
    public static CelValue Apply(double left, double right) => CelValue.Of(left > right);
}

internal readonly struct GreaterOrEqual : IDoubleOperation
{
    public static CelValue Apply(double left, double right) => CelValue.Of(left >= right);
}

internal readonly struct Less : IDoubleOperation
{
    public static CelValue Apply(double left, double right) => CelValue.Of(left < right);
}

internal readonly struct LessOrEqual : IDoubleOperation
{
    public static CelValue Apply(double left, double right) => CelValue.Of(left <= right);
}

internal readonly struct Sum : IDoubleOperation
{
    public static CelValue Apply(double left, double right) => CelValue.Of(left + right);
}

internal readonly struct Difference : IDoubleOperation
{
    public static CelValue Apply(double left, double right) => CelValue.Of(left - right);
}

internal readonly struct Product : IDoubleOperation
{
    public static CelValue Apply(double left, double right) => CelValue.Of(left * right);
}

internal readonly struct Quotient : IDoubleOperation
{
    public static CelValue Apply(double left, double right) => CelValue.Of(left / right);
}
