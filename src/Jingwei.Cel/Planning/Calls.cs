namespace Jingwei.Cel.Planning;

/// <summary>Calls of standard functions: arguments first, an error among them is the result.</summary>
internal static class Calls
{
    public static Step Plan(Unary function, Step argument, Place place)
    {
        var run = argument.Run;
        return new((ref Frame frame) =>
        {
            var value = run(ref frame);
            if (value.Kind == CelKind.Error)
            {
                return value;
            }

            var result = function(value, ref frame.Meter);
            return result.Kind == CelKind.Error ? place.Mark(result) : result;
        });
    }

    public static Step Plan(string name, Nary function, IReadOnlyList<CelType>[] forms, Evaluator[] arguments, Place place) =>
        new((ref Frame frame) =>
        {
            var values = new CelValue[arguments.Length];
            for (var i = 0; i < arguments.Length; i++)
            {
                values[i] = arguments[i](ref frame);
                if (values[i].Kind == CelKind.Error)
                {
                    return values[i];
                }
            }

            foreach (var form in forms)
            {
                if (Arguments.Fit(form, values))
                {
                    return place.Mark(function(values, ref frame.Meter));
                }
            }

            return place.Mark(Arguments.NoOverload(name, values));
        });

    public static Step Plan(Binary function, Step first, Step second, Place place)
    {
        var (left, right) = (first.Run, second.Run);
        return new((ref Frame frame) =>
        {
            var a = left(ref frame);
            if (a.Kind == CelKind.Error)
            {
                return a;
            }

            var b = right(ref frame);
            return Finish(function, a, b, place, ref frame.Meter);
        });
    }

    /// <summary>The call itself, once both arguments are there.</summary>
    public static CelValue Finish(Binary function, in CelValue left, in CelValue right, Place place, ref Meter meter)
    {
        if (left.Kind == CelKind.Error)
        {
            return left;
        }

        if (right.Kind == CelKind.Error)
        {
            return right;
        }

        var result = function(left, right, ref meter);
        return result.Kind == CelKind.Error ? place.Mark(result) : result;
    }
}
