namespace Jingwei.Cel.Planning;

/// <summary>One evaluation: the caller's slots, the variables of comprehensions, and what may still be spent.</summary>
internal ref struct Frame
{
    public ReadOnlySpan<CelValue> Slots;
    public CelValue[] Locals;
    public Meter Meter;
    public object? Host;
}

/// <summary>A compiled expression.</summary>
internal delegate CelValue Evaluator(ref Frame frame);

/// <summary>A standard function of one or two arguments; arguments are never errors.</summary>
internal delegate CelValue Unary(in CelValue value, ref Meter meter);

/// <summary>A standard function whose arguments are known to fit one of its signatures.</summary>
internal delegate CelValue Nary(ReadOnlySpan<CelValue> arguments, ref Meter meter);

internal delegate CelValue Binary(in CelValue left, in CelValue right, ref Meter meter);
