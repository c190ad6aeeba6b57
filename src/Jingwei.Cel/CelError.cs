namespace Jingwei.Cel;

/// <summary>Why an evaluation gave no value.</summary>
public enum CelErrorCode
{
    /// <summary>No overload fits the run-time types (CEL: no_matching_overload).</summary>
    NoMatchingOverload,
    /// <summary>A map key, list index or field is not there (CEL: no_such_field).</summary>
    NotFound,
    /// <summary>A variable has no value.</summary>
    Unbound,
    /// <summary>An integer, timestamp, duration or conversion left its range.</summary>
    Range,
    DivideByZero,
    /// <summary>A value cannot be read as what was asked for: a malformed number, time, pattern or UTF-8.</summary>
    Invalid,
    /// <summary>The evaluation took more steps than <see cref="CelLimits.EvaluationSteps"/>.</summary>
    CostExceeded,
    /// <summary>A function of the host failed.</summary>
    Host,
}

/// <summary>An error value: what went wrong and where in the source (1-based; 0 when the place is not known).</summary>
public sealed record CelError(CelErrorCode Code, string Message, int Line = 0, int Column = 0)
{
    public override string ToString() => Line == 0 ? Message : $"{Line}:{Column}: {Message}";
}
