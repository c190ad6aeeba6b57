namespace Jingwei.Cel;

/// <summary>What a host function may use of the evaluation that calls it.</summary>
/// <param name="Host">The object that was passed to <see cref="CelProgram.Evaluate"/>.</param>
/// <param name="Cancellation">Asked for when the evaluation should stop.</param>
public readonly record struct CelCall(object? Host, CancellationToken Cancellation);

/// <summary>The body of a host function. Failure is an error value; an exception is not caught.</summary>
public delegate CelValue CelFunctionBody(ReadOnlySpan<CelValue> arguments, CelCall call);

/// <summary>One signature of a function.</summary>
/// <param name="Parameters">Types of the arguments; of a member function the first is the receiver.</param>
/// <param name="Result">Type of the result.</param>
/// <param name="Body">What runs.</param>
/// <param name="IsMember">Called as x.f(y) instead of f(x, y).</param>
public sealed record CelOverload(
    IReadOnlyList<CelType> Parameters, CelType Result, CelFunctionBody Body, bool IsMember = false);

/// <summary>A function that the host adds to the language.</summary>
/// <param name="Name">A simple or dotted name.</param>
/// <param name="Documentation">One sentence for authors of expressions.</param>
/// <param name="Overloads">At least one.</param>
/// <param name="Cost">Steps counted for each call; default 1.</param>
public sealed record CelFunction(
    string Name, string Documentation, IReadOnlyList<CelOverload> Overloads, int Cost = 1);

/// <summary>A call of a host function in a program, for example to learn which windows a rule needs.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Arguments">The argument where it is constant; unset where it is computed.</param>
/// <param name="Line">Where the call stands, 1-based.</param>
/// <param name="Column">1-based, in code points.</param>
public sealed record CelCallSite(string Function, IReadOnlyList<CelValue> Arguments, int Line, int Column);

/// <summary>A variable of an environment; its place in the list is its slot.</summary>
public sealed record CelVariable(string Name, CelType Type, string? Documentation = null);
