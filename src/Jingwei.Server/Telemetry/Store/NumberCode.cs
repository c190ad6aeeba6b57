using System.Globalization;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>
/// How a number lies in the engine: one of at most six decimals, as sensors and meters give them, as that many millionths; any other one as
/// the bits of its double. Both differ little from neighbour to neighbour, so that the engine can pack the differences bit by bit, and every
/// double but a NaN comes back as it was.
/// </summary>
/// <remarks>
/// As signed integers the bits of doubles (IEEE 754, 3.4) fill what lies between with subnormal ones from 1 on, and with NaNs below 0. NaNs are
/// not stored, and subnormal ones are moved to where the positive quiet NaNs are.
/// </remarks>
internal static class NumberCode
{
    /// <summary>
    /// What neighbours have as common divisor is left out, so that whole numbers and tenths are no longer than they must be; of the differences
    /// the engine leaves out the bits that 64 neighbours have in common, and packs the rest by their place. Bytes a value of random walks, and
    /// what Gorilla takes: whole numbers 0.29 (0.62), tenths 0.42 (1.67), hundredths 0.80 (4.5), thousandths 0.67 (5.3).
    /// </summary>
    public const string Codec = "CODEC(GCD, Delta, T64('bit'), ZSTD(1))";

    // Codes below are decimals; the bits of doubles that are no subnormal ones begin at 2^52.
    private const long Limit = 1L << 51;
    private const long Scale = 1_000_000;
    private const long Subnormals = 0x7FF8_0000_0000_0000;
    private const long MinusZero = long.MinValue;

    public static long Of(double number)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var code = (long)Math.Round(number * Scale);
        return code is > -Limit and < Limit && (double)code / Scale == number && bits != MinusZero ? code
            : bits is > 0 and < Limit ? bits + Subnormals
            : bits;
    }

    public static double Number(long code) =>
        IsDecimal(code) ? (double)code / Scale : BitConverter.Int64BitsToDouble(code > Subnormals ? code - Subnormals : code);

    public static bool IsDecimal(long code) => code is > -Limit and < Limit;

    /// <summary>The same in SQL.</summary>
    /// <param name="number">A Float64.</param>
    public static string Of(string number) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        multiIf(abs({number}) < {Limit} / {Scale} AND toInt64(round({number} * {Scale})) / {Scale} = {number} AND reinterpretAsInt64({number}) != {MinusZero},
                toInt64(round({number} * {Scale})),
            reinterpretAsInt64({number}) > 0 AND reinterpretAsInt64({number}) < {Limit}, reinterpretAsInt64({number}) + {Subnormals},
            reinterpretAsInt64({number}))
        """);

    /// <summary>Whether a code is that of a decimal, in SQL.</summary>
    public static string IsDecimal(string code) => string.Create(CultureInfo.InvariantCulture, $"({code} > -{Limit} AND {code} < {Limit})");

    /// <summary>The number of a code, in SQL.</summary>
    public static string Number(string code) => string.Create(
        CultureInfo.InvariantCulture,
        $"multiIf({IsDecimal(code)}, {code} / {Scale}, {code} > {Subnormals}, reinterpretAsFloat64({code} - {Subnormals}), reinterpretAsFloat64({code}))");
}
