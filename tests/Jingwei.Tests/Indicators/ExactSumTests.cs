using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Jingwei.Server.Indicators;

namespace Jingwei.Tests.Indicators;

public sealed class ExactSumTests
{
    private const double Two53 = 9007199254740992.0;

    // CPython's documentation of math.fsum: sum([.1] * 10) is 0.9999999999999999, fsum([.1] * 10) is 1.0.
    [Fact]
    public void Ten_tenths_are_one() => Assert.Equal(1.0, ExactSum.OfTerms(Enumerable.Repeat(0.1, 10)).Value);

    // CPython, Lib/test/test_math.py, testFsum: values with the sum rounded once.
    [Theory]
    [InlineData(new double[0], 0.0)]
    [InlineData(new[] { 1e100, 1.0, -1e100, 1e-100, 1e50, -1.0, -1e50 }, 1e-100)]
    [InlineData(new[] { Two53, -0.5, -5.551115123125783e-17 }, Two53 - 1)]
    [InlineData(new[] { Two53, 1.0, 7.888609052210118e-31 }, Two53 + 2)]
    [InlineData(new[] { Two53 + 10, 1.0, 7.888609052210118e-31 }, Two53 + 12)]
    [InlineData(new[] { Two53 - 4, 0.5, 5.551115123125783e-17 }, Two53 - 3)]
    public void Sums_are_rounded_once(double[] numbers, double expected) => Assert.Equal(expected, ExactSum.OfTerms(numbers).Value);

    /// <summary>Against whole numbers without a limit: doubles are multiples of a power of two.</summary>
    [Fact]
    public void Sums_do_not_depend_on_order_or_grouping_and_are_the_nearest_double()
    {
        var number = from mantissa in Gen.Choose(-1_000_000_000, 1_000_000_000)
                     from power in Gen.Choose(-60, 60)
                     select mantissa * Math.Pow(2, power);
        Prop.ForAll(Gen.ArrayOf(number).ToArbitrary(), numbers =>
        {
            var forwards = ExactSum.OfTerms(numbers);
            var backwards = ExactSum.OfTerms(numbers.Reverse());
            var half = numbers.Length / 2;
            var grouped = ExactSum.OfTerms(numbers.Take(half)).Plus(ExactSum.OfTerms(numbers.Skip(half)));
            var scaled = numbers.Aggregate(BigInteger.Zero, (sum, each) => sum + new BigInteger(each * Math.Pow(2, 60)));
            Assert.Equal(Nearest(scaled) * Math.Pow(2, -60), forwards.Value);
            Assert.Equal(forwards, backwards);
            Assert.Equal(forwards, grouped);
            Assert.Equal(forwards, ExactSum.OfTerms(forwards.Terms));
        }).QuickCheckThrowOnFailure();
    }

    // To 53 bits, of two as near the even one; (double)BigInteger cuts off instead.
    private static double Nearest(BigInteger number)
    {
        var magnitude = BigInteger.Abs(number);
        var excess = (int)Math.Max(0, magnitude.GetBitLength() - 53);
        var (kept, lost, half) = (magnitude >> excess, magnitude - (magnitude >> excess << excess), excess == 0 ? BigInteger.Zero : BigInteger.One << (excess - 1));
        var up = excess > 0 && (lost > half || (lost == half && !kept.IsEven));
        return number.Sign * (double)(kept + (up ? 1 : 0)) * Math.Pow(2, excess);
    }
}
