namespace Jingwei.Cel.Planning;

/// <summary>The short ways of a rule: operators where both sides are doubles, and text compared with a constant.</summary>
internal static class ShortWays
{
    /// <summary>An operator with a short way for doubles or text; null when it has none.</summary>
    public static Step? TryPlan(string name, Binary general, Step left, Step right, Place place) => name switch
    {
        "_>_" => Doubles<Greater>(general, left, right, place),
        "_>=_" => Doubles<GreaterOrEqual>(general, left, right, place),
        "_<_" => Doubles<Less>(general, left, right, place),
        "_<=_" => Doubles<LessOrEqual>(general, left, right, place),
        "_+_" => Doubles<Sum>(general, left, right, place),
        "_-_" => Doubles<Difference>(general, left, right, place),
        "_*_" => Doubles<Product>(general, left, right, place),
        "_/_" => Doubles<Quotient>(general, left, right, place),
        "_==_" => Text(general, left, right, place, whenEqual: true),
        "_!=_" => Text(general, left, right, place, whenEqual: false),
        _ => null,
    };

    private static Step Doubles<TOperation>(Binary general, Step left, Step right, Place place)
        where TOperation : struct, IDoubleOperation
    {
        var (first, second) = (left.Run, right.Run);
        if (right.Constant is not { Kind: CelKind.Double } constant)
        {
            return new((ref Frame frame) =>
            {
                var a = first(ref frame);
                var b = second(ref frame);
                return a.Kind == CelKind.Double && b.Kind == CelKind.Double
                    ? TOperation.Apply(a.RawDouble, b.RawDouble)
                    : Calls.Finish(general, a, b, place, ref frame.Meter);
            });
        }

        var number = constant.RawDouble;
        if (left.Slot < 0)
        {
            return new((ref Frame frame) =>
            {
                var a = first(ref frame);
                return a.Kind == CelKind.Double
                    ? TOperation.Apply(a.RawDouble, number)
                    : Calls.Finish(general, a, constant, place, ref frame.Meter);
            });
        }

        var slot = left.Slot;
        var otherwise = Calls.Plan(general, left, right, place).Run;
        return new((ref Frame frame) =>
        {
            ref readonly var value = ref frame.Slots[slot];
            return value.Kind == CelKind.Double ? TOperation.Apply(value.RawDouble, number) : otherwise(ref frame);
        });
    }

    private static Step? Text(Binary general, Step left, Step right, Place place, bool whenEqual)
    {
        if (left.Slot < 0 || right.Constant is not { Kind: CelKind.String } constant)
        {
            return null;
        }

        var (slot, text) = (left.Slot, constant.Text);
        var otherwise = Calls.Plan(general, left, right, place).Run;
        return new((ref Frame frame) =>
        {
            ref readonly var value = ref frame.Slots[slot];
            return value.Kind == CelKind.String ? CelValue.Of((value.Text == text) == whenEqual) : otherwise(ref frame);
        });
    }
}
