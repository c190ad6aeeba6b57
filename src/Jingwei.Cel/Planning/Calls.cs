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
            if (b.Kind == CelKind.Error)
            {
                return b;
            }

            var result = function(a, b, ref frame.Meter);
            return result.Kind == CelKind.Error ? place.Mark(result) : result;
        });
    }
}
