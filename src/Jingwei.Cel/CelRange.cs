namespace Jingwei.Cel;

/// <summary>All numbers from one to another, both included; a boolean is 0 or 1. With a NaN in it nothing is known.</summary>
public readonly record struct CelRange(double Low, double High)
{
    /// <summary>One number alone.</summary>
    public CelRange(double value) : this(value, value)
    {
    }

    /// <summary>The range with another number in it.</summary>
    public CelRange With(double value) => new(Math.Min(Low, value), Math.Max(High, value));
}

/// <summary>What a condition is, if that is one thing only, while its variables stay within ranges; null when it may be both, or fail.</summary>
/// <param name="slots">As in <see cref="CelProgram.Evaluate"/>; only numbers and booleans are looked at, and those have a value.</param>
public delegate bool? CelTruthOver(ReadOnlySpan<CelRange> slots);
