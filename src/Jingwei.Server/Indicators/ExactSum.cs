namespace Jingwei.Server.Indicators;

/// <summary>
/// A sum of doubles that is not rounded until it is read, and then once: the same for the same numbers, whatever their order and
/// however they were grouped. Held as doubles that do not overlap (J. R. Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997).
/// </summary>
public readonly struct ExactSum : IEquatable<ExactSum>
{
    // Least significant first; null as long as the head alone is the sum, which is nearly always.
    private readonly double[]? rest;
    private readonly double head;

    private ExactSum(double head, double[]? rest) => (this.head, this.rest) = (head, rest);

    /// <summary>The double nearest to the sum; of two as near the even one.</summary>
    public double Value => rest is null ? head : Rounded();

    /// <summary>Doubles that add up to the sum: what is stored of it.</summary>
    public IReadOnlyList<double> Terms => rest is null ? [head] : [.. rest, head];

    public static ExactSum Of(double number) => new(number, null);

    public static ExactSum OfTerms(IEnumerable<double> terms) => terms.Aggregate(default(ExactSum), (sum, term) => sum.Plus(term));

    public ExactSum Plus(double number)
    {
        var (sum, error) = TwoSum(head, number);
        return rest is null && error == 0 ? new(sum, null) : Grown(number);
    }

    public ExactSum Plus(ExactSum other)
    {
        var sum = Plus(other.head);
        foreach (var term in other.rest ?? [])
        {
            sum = sum.Plus(term);
        }

        return sum;
    }

    public bool Equals(ExactSum other) => Plus(new ExactSum(-other.head, other.rest?.Select(term => -term).ToArray())).Value == 0;

    public override bool Equals(object? obj) => obj is ExactSum other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode();

    public static bool operator ==(ExactSum left, ExactSum right) => left.Equals(right);

    public static bool operator !=(ExactSum left, ExactSum right) => !left.Equals(right);

    private ExactSum Grown(double number)
    {
        var terms = new List<double>();
        foreach (var term in Terms)
        {
            (number, var error) = TwoSum(number, term);
            if (error != 0)
            {
                terms.Add(error);
            }
        }

        return new(number, terms.Count == 0 ? null : [.. terms]);
    }

    // Adds from the greatest down until something is lost; what is lost may still decide a tie.
    private double Rounded()
    {
        var (sum, lost, left) = (head, 0.0, rest!.Length);
        while (left > 0 && lost == 0)
        {
            (sum, lost) = TwoSum(sum, rest[--left]);
        }

        if (left > 0 && lost != 0 && Math.Sign(lost) == Math.Sign(rest[left - 1]))
        {
            var twice = lost * 2;
            var next = sum + twice;
            return next - sum == twice ? next : sum;
        }

        return sum;
    }

    private static (double Sum, double Error) TwoSum(double a, double b)
    {
        var sum = a + b;
        var part = sum - a;
        return (sum, (a - (sum - part)) + (b - part));
    }
}
