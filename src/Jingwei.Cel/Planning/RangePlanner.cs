using Jingwei.Cel.Checking;
using Jingwei.Cel.Syntax;

namespace Jingwei.Cel.Planning;

/// <summary>
/// Interval arithmetic for conditions: comparisons of numbers, and what joins them. Whatever it does not know leaves the result open, unless the
/// other side of an &amp;&amp; or || decides it alone, as it does when it is evaluated. IEEE operations round monotonically, so results at the ends bound
/// all those between.
/// </summary>
internal sealed class RangePlanner(CelEnvironment environment)
{
    // Integers up to here are doubles as they stand.
    private const long Exact = 1L << 53;

    private static readonly CelRange Unknown = new(double.NaN);

    private readonly Names names = new(environment);

    private delegate CelRange NumberOver(ReadOnlySpan<CelRange> slots);

    /// <summary>The condition over ranges; null when no range decides it.</summary>
    public CelTruthOver? Plan(Expr expression) => expression switch
    {
        Literal { Value.Kind: CelKind.Bool } literal when literal.Value.IsTrue is var value => _ => value,
        Logic logic => Chain(logic.IsAnd, [.. logic.Operands.Select(Plan)]),
        Conditional choice when (Plan(choice.Test), Plan(choice.WhenTrue), Plan(choice.WhenFalse)) is ({ } test, var one, var other) =>
            slots => test(slots) is not { } chosen ? null : chosen ? one?.Invoke(slots) : other?.Invoke(slots),
        Call { Target: null, Arguments: [var operand] } call when call.Function == "!_" && Plan(operand) is { } condition => slots => !condition(slots),
        Call { Target: null, Arguments: [var left, var right] } call => Compare(call.Function, left, right),
        _ when Variable(expression, CelTypeKind.Bool) is >= 0 and var slot => slots => slots[slot] switch
        {
            (1, 1) => true,
            (0, 0) => false,
            _ => null,
        },
        _ => null,
    };

    private static CelTruthOver? Chain(bool isAnd, CelTruthOver?[] operands) => operands.All(operand => operand is null) ? null : slots =>
    {
        bool? result = isAnd;
        foreach (var operand in operands)
        {
            var value = operand?.Invoke(slots);
            if (value == !isAnd)
            {
                return value;
            }

            result = value is null ? null : result;
        }

        return result;
    };

    private CelTruthOver? Compare(string function, Expr left, Expr right)
    {
        if (function is "_==_" or "_!=_" && (Plan(left), Plan(right)) is ({ } one, { } other))
        {
            return slots => one(slots) is { } a && other(slots) is { } b ? a == b == (function == "_==_") : null;
        }

        if ((Operand(left), Operand(right)) is not ({ } low, { } high))
        {
            return null;
        }

        return function switch
        {
            "_<_" => slots => Less(low(slots), high(slots)),
            "_>=_" => slots => !Less(low(slots), high(slots)),
            "_>_" => slots => Less(high(slots), low(slots)),
            "_<=_" => slots => !Less(high(slots), low(slots)),
            "_==_" => slots => Equal(low(slots), high(slots)),
            "_!=_" => slots => !Equal(low(slots), high(slots)),
            _ => null,
        };
    }

    private static bool? Less(CelRange left, CelRange right) => left.High < right.Low ? true : left.Low >= right.High ? false : null;

    private static bool? Equal(CelRange left, CelRange right) =>
        left.High < right.Low || left.Low > right.High ? false
        : left.Low == left.High && right.Low == right.High && left.Low == right.Low ? true
        : null;

    // Only comparisons take integers beside doubles.
    private NumberOver? Operand(Expr expression) => expression switch
    {
        Literal { Value.Kind: CelKind.Int } literal when literal.Value.AsInt() is > -Exact and < Exact and var whole => Constant(whole),
        Literal { Value.Kind: CelKind.Uint } literal when literal.Value.AsUint() is < Exact and var whole => Constant(whole),
        Call { Target: null, Arguments: [Literal { Value.Kind: CelKind.Int } literal] } call
            when call.Function == "-_" && literal.Value.AsInt() is > -Exact and < Exact and var whole => Constant(-whole),
        _ => Number(expression),
    };

    private NumberOver? Number(Expr expression) => expression switch
    {
        Literal { Value.Kind: CelKind.Double } literal => Constant(literal.Value.AsDouble()),
        Call { Target: null, Arguments: [var operand] } call when call.Function == "-_" && Number(operand) is { } number =>
            slots => number(slots) is var range ? new CelRange(-range.High, -range.Low) : Unknown,
        Call { Target: null, Arguments: [var left, var right] } call when (Number(left), Number(right)) is ({ } one, { } other) => call.Function switch
        {
            "_+_" => slots => Combine(one(slots), other(slots), static (a, b) => a + b),
            "_-_" => slots => Combine(one(slots), other(slots), static (a, b) => a - b),
            "_*_" => slots => Combine(one(slots), other(slots), static (a, b) => a * b),
            "_/_" => slots => other(slots) is var by && (by.Low > 0 || by.High < 0) ? Combine(one(slots), by, static (a, b) => a / b) : Unknown,
            _ => null,
        },
        _ when Variable(expression, CelTypeKind.Double) is >= 0 and var slot => slots => slots[slot],
        _ => null,
    };

    // From infinities NaN may come in between, though not at the ends.
    private static CelRange Combine(CelRange left, CelRange right, Func<double, double, double> operation)
    {
        if (!double.IsFinite(left.Low) || !double.IsFinite(left.High) || !double.IsFinite(right.Low) || !double.IsFinite(right.High))
        {
            return Unknown;
        }

        var range = new CelRange(operation(left.Low, right.Low));
        return range.With(operation(left.Low, right.High)).With(operation(left.High, right.Low)).With(operation(left.High, right.High));
    }

    private static NumberOver Constant(double value) => _ => new CelRange(value);

    private int Variable(Expr expression, CelTypeKind kind) =>
        Names.Dotted(expression, null) is { } dotted && names.Variable(dotted.Name, dotted.Absolute) is >= 0 and var slot
            && environment.Variables[slot].Type.Kind == kind ? slot : -1;
}
