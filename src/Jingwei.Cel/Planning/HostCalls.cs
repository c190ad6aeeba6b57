using System.Runtime.CompilerServices;

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
                if (Arguments.Fit(overload.Parameters, values))
                {
                    return place.Mark(overload.Body(values, new CelCall(frame.Host, frame.Meter.Cancellation)));
                }
            }

            return place.Mark(Arguments.NoOverload(function.Name, values));
        };
    }

    [InlineArray(4)]
    private struct Four
    {
        private CelValue _first;
    }
}
