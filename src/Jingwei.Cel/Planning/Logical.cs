using Jingwei.Cel.Library;

namespace Jingwei.Cel.Planning;

/// <summary>&amp;&amp;, || and ?: . An operand that decides the result makes errors of the others not count.</summary>
internal static class Logical
{
    public static Evaluator Chain(bool isAnd, Evaluator[] operands, Place[] places) =>
        operands.Length == 2 ? Pair(isAnd, operands[0], operands[1], places) : Many(isAnd, operands, places);

    public static Evaluator Choice(Evaluator test, Evaluator whenTrue, Evaluator whenFalse, Place place) =>
        (ref Frame frame) =>
        {
            var chosen = test(ref frame);
            return chosen.Kind == CelKind.Bool ? chosen.IsTrue ? whenTrue(ref frame) : whenFalse(ref frame)
                : NotBool("?:", chosen, place);
        };

    /// <summary>The error that a value which is no boolean stands for.</summary>
    public static CelValue NotBool(string name, in CelValue value, Place place) =>
        value.Kind == CelKind.Error ? value : place.Mark(Overload.None(name, value));

    private static Evaluator Pair(bool isAnd, Evaluator first, Evaluator second, Place[] places)
    {
        var name = isAnd ? "&&" : "||";
        return (ref Frame frame) =>
        {
            var left = first(ref frame);
            if (left.Kind == CelKind.Bool && left.IsTrue != isAnd)
            {
                return left;
            }

            var right = second(ref frame);
            if (right.Kind == CelKind.Bool && (left.Kind == CelKind.Bool || right.IsTrue != isAnd))
            {
                return right;
            }

            return left.Kind == CelKind.Bool ? NotBool(name, right, places[1]) : NotBool(name, left, places[0]);
        };
    }

    private static Evaluator Many(bool isAnd, Evaluator[] operands, Place[] places)
    {
        var name = isAnd ? "&&" : "||";
        return (ref Frame frame) =>
        {
            var undecided = CelValue.Of(isAnd);
            for (var i = 0; i < operands.Length; i++)
            {
                var value = operands[i](ref frame);
                if (value.Kind == CelKind.Bool)
                {
                    if (value.IsTrue != isAnd)
                    {
                        return value;
                    }
                }
                else if (!undecided.IsError)
                {
                    undecided = NotBool(name, value, places[i]);
                }
            }

            return undecided;
        };
    }
}
