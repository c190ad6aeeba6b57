namespace Jingwei.Cel.Planning;

/// <summary>The short way of a rule: a variable compared with a constant, without a call for either side.</summary>
internal static class Comparisons
{
    /// <summary>A comparison of a slot with a constant double or text; null when this is none.</summary>
    public static Step? TryPlan(string name, Binary general, Step left, Step right, Place place)
    {
        if (left.Slot < 0 || right.Constant is not { } constant)
        {
            return null;
        }

        var otherwise = Calls.Plan(general, left, right, place).Run;
        return (name, constant.Kind) switch
        {
            ("_>_", CelKind.Double) => Double<Greater>(left.Slot, constant.RawDouble, otherwise),
            ("_>=_", CelKind.Double) => Double<GreaterOrEqual>(left.Slot, constant.RawDouble, otherwise),
            ("_<_", CelKind.Double) => Double<Less>(left.Slot, constant.RawDouble, otherwise),
            ("_<=_", CelKind.Double) => Double<LessOrEqual>(left.Slot, constant.RawDouble, otherwise),
            ("_==_", CelKind.String) => Text(left.Slot, constant.Text, whenEqual: true, otherwise),
            ("_!=_", CelKind.String) => Text(left.Slot, constant.Text, whenEqual: false, otherwise),
            _ => null,
        };
    }

    private static Step Double<TRelation>(int slot, double constant, Evaluator otherwise)
        where TRelation : struct, IRelation =>
        new((ref Frame frame) =>
        {
            ref readonly var value = ref frame.Slots[slot];
            return value.Kind == CelKind.Double ? CelValue.Of(TRelation.Holds(value.RawDouble, constant)) : otherwise(ref frame);
        });

    private static Step Text(int slot, string constant, bool whenEqual, Evaluator otherwise) =>
        new((ref Frame frame) =>
        {
            ref readonly var value = ref frame.Slots[slot];
            return value.Kind == CelKind.String ? CelValue.Of((value.Text == constant) == whenEqual) : otherwise(ref frame);
        });

    private interface IRelation
    {
        static abstract bool Holds(double left, double right);
    }

    private readonly struct Greater : IRelation
    {
        public static bool Holds(double left, double right) => left > right;
    }

    private readonly struct GreaterOrEqual : IRelation
    {
        public static bool Holds(double left, double right) => left >= right;
    }

    private readonly struct Less : IRelation
    {
        public static bool Holds(double left, double right) => left < right;
    }

    private readonly struct LessOrEqual : IRelation
    {
        public static bool Holds(double left, double right) => left <= right;
    }
}
