using System.Runtime.CompilerServices;
using Jingwei.Cel.Library;

namespace Jingwei.Cel.Planning;

/// <summary>Calls of host functions: the overload is chosen by the values that arrive.</summary>
internal static class HostCalls
{
    public static Evaluator Plan(CelFunction function, bool isMember, Evaluator[] arguments, Place place)
    {
        var overloads = function.Overloads
            .Where(overload => overload.IsMember == isMember && overload.Parameters.Count == arguments.Length).ToArray();
        return (ref Frame frame) =>
        {
            if (!frame.Meter.Spend(function.Cost))
            {
                return Meter.Exceeded;
            }

            // Up to four arguments stay on the stack.
            var four = default(Four);
            Span<CelValue> values = arguments.Length <= 4 ? four : new CelValue[arguments.Length];
            values = values[..arguments.Length];
            for (var i = 0; i < arguments.Length; i++)
            {
                values[i] = arguments[i](ref frame);
                if (values[i].IsError)
                {
                    return values[i];
                }
            }

            foreach (var overload in overloads)
            {
                if (Fits(overload, values))
                {
                    return place.Mark(overload.Body(values, new CelCall(frame.Host, frame.Meter.Cancellation)));
                }
            }

            return place.Mark(NoOverload(function, values));
        };
    }

    private static bool Fits(CelOverload overload, ReadOnlySpan<CelValue> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var type = overload.Parameters[i];
            if (type.Kind is not (CelTypeKind.Dyn or CelTypeKind.Parameter) && Rendering.TypeOf(values[i]) is var actual
                && (actual.Kind != type.Kind || (type.Kind == CelTypeKind.Object && actual.Name != type.Name)))
            {
                return false;
            }
        }

        return true;
    }

    private static CelValue NoOverload(CelFunction function, ReadOnlySpan<CelValue> values)
    {
        var types = new List<string>();
        foreach (ref readonly var value in values)
        {
            types.Add(Rendering.TypeOf(value).ToString());
        }

        return CelValue.Error(CelErrorCode.NoMatchingOverload, $"no such overload: {function.Name}({string.Join(", ", types)})");
    }

    [InlineArray(4)]
    private struct Four
    {
        private CelValue _first;
    }
}
