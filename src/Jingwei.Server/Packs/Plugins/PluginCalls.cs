using System.Runtime.CompilerServices;
using Jingwei.Cel;

namespace Jingwei.Server.Packs.Plugins;

/// <summary>Makes functions of expressions of what a plug-in brings. A call allocates nothing; an exception is an error value, as it may harm nobody else.</summary>
internal static class PluginCalls
{
    /// <summary>The type in expressions; null for one that they do not have.</summary>
    public static CelType? TypeOf(Type type) =>
        type == typeof(double) ? CelType.Double
        : type == typeof(long) ? CelType.Int
        : type == typeof(bool) ? CelType.Bool
        : type == typeof(string) ? CelType.String
        : null;

    public static CelFunctionBody Of<T, TResult>(Func<T, TResult> body) =>
        (arguments, _) =>
        {
            try
            {
                return To(body(From<T>(arguments[0])));
            }
#pragma warning disable CA1031 // Whatever a plug-in throws.
            catch (Exception error)
#pragma warning restore CA1031
            {
                return Failed(error);
            }
        };

    public static CelFunctionBody Of<T1, T2, TResult>(Func<T1, T2, TResult> body) =>
        (arguments, _) =>
        {
            try
            {
                return To(body(From<T1>(arguments[0]), From<T2>(arguments[1])));
            }
#pragma warning disable CA1031 // Whatever a plug-in throws.
            catch (Exception error)
#pragma warning restore CA1031
            {
                return Failed(error);
            }
        };

    public static CelFunctionBody Of<T1, T2, T3, TResult>(Func<T1, T2, T3, TResult> body) =>
        (arguments, _) =>
        {
            try
            {
                return To(body(From<T1>(arguments[0]), From<T2>(arguments[1]), From<T3>(arguments[2])));
            }
#pragma warning disable CA1031 // Whatever a plug-in throws.
            catch (Exception error)
#pragma warning restore CA1031
            {
                return Failed(error);
            }
        };

    public static CelFunctionBody Of<T1, T2, T3, T4, TResult>(Func<T1, T2, T3, T4, TResult> body) =>
        (arguments, _) =>
        {
            try
            {
                return To(body(From<T1>(arguments[0]), From<T2>(arguments[1]), From<T3>(arguments[2]), From<T4>(arguments[3])));
            }
#pragma warning disable CA1031 // Whatever a plug-in throws.
            catch (Exception error)
#pragma warning restore CA1031
            {
                return Failed(error);
            }
        };

    private static CelValue Failed(Exception error) => CelValue.Error(CelErrorCode.Host, $"the plug-in failed: {error.GetType().Name}: {error.Message}");

    // The types are known when the call is compiled, so nothing of this is left but the one way.
    private static T From<T>(in CelValue value)
    {
        if (typeof(T) == typeof(double))
        {
            return As<double, T>(value.AsDouble());
        }

        if (typeof(T) == typeof(long))
        {
            return As<long, T>(value.AsInt());
        }

        return typeof(T) == typeof(bool) ? As<bool, T>(value.AsBool()) : As<string, T>(value.AsString());
    }

    private static CelValue To<T>(T result)
    {
        if (typeof(T) == typeof(double))
        {
            return CelValue.Of(As<T, double>(result));
        }

        if (typeof(T) == typeof(long))
        {
            return CelValue.Of(As<T, long>(result));
        }

        return typeof(T) == typeof(bool) ? CelValue.Of(As<T, bool>(result))
            : As<T, string?>(result) is { } text ? CelValue.Of(text)
            : CelValue.Error(CelErrorCode.Host, "the plug-in gave no text");
    }

    private static TTo As<TFrom, TTo>(TFrom value) => Unsafe.As<TFrom, TTo>(ref value);
}
