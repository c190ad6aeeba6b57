using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Tests.Telemetry;

[Collection(EngineTests.Name)]
public sealed class NumberCodeTests(EngineFixture engine)
{
    // At the edges of the codes: zeros, subnormal numbers, 2^51 and 2^53, whole and not, the greatest and the infinite.
    private static readonly double[] Edges =
    [
        0, 1, 0.5, 0.1, 21.37, 100, 1.0 / 3, double.Epsilon, 5e-310, BitConverter.Int64BitsToDouble((1L << 51) - 1), BitConverter.Int64BitsToDouble(1L << 51),
        BitConverter.Int64BitsToDouble((1L << 51) + 1), 2.2250738585072014E-308, (1L << 51) - 1, 1L << 51, (1L << 51) - 0.5, (1L << 53) - 1, 1L << 53, 1e15, 1e18, 9.3e18,
        1e-6, 1e-7, -41.5, 0.1 + 0.2, 2251799813.685247, 2251799813.685248, 1e300, double.MaxValue, double.PositiveInfinity,
    ];

    private static readonly double[] Numbers = [.. Edges, .. Edges.Select(number => -number)];

    [Fact]
    public async Task Every_number_comes_back_bit_by_bit_and_the_engine_makes_the_same_codes()
    {
        using var columns = new ColumnBatch(Numbers.Length);
        Numbers.CopyTo(columns.Add<double>("n"));
        Numbers.Select(NumberCode.Of).ToArray().CopyTo(columns.Add<long>("code"));
        var (codes, numbers) = await engine.Engine.Reader.QueryAsync(
            $"SELECT {NumberCode.Of("n")}, {NumberCode.Number("code")} FROM {EngineConnection.Input}",
            static rows =>
            {
                List<long> codes = [];
                List<double> numbers = [];
                while (rows.More)
                {
                    codes.Add(rows.Int64());
                    numbers.Add(rows.Float64());
                }

                return (codes, numbers);
            },
            columns);

        Assert.Equal(Numbers.Select(BitConverter.DoubleToInt64Bits), numbers.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(Numbers.Select(NumberCode.Of), codes);
    }

    [Fact]
    public void Decimals_are_so_many_millionths()
    {
        Assert.Equal([0, 41_000_000, -41_500_000, 21_370_000, 1, 2_251_799_813_685_247], ((double[])[0, 41, -41.5, 21.37, 0.000001, 2251799813.685247]).Select(NumberCode.Of));
        Assert.Equal(BitConverter.DoubleToInt64Bits(0.1234567), NumberCode.Of(0.1234567));
        Assert.Equal(BitConverter.DoubleToInt64Bits(2251799813.685248), NumberCode.Of(2251799813.685248));
    }

    [Fact]
    public void A_number_is_what_its_code_was_made_of() =>
        Assert.Equal(Numbers.Select(BitConverter.DoubleToInt64Bits), Numbers.Select(number => BitConverter.DoubleToInt64Bits(NumberCode.Number(NumberCode.Of(number)))));

    [Fact]
    public async Task Sums_of_any_numbers_come_back_from_their_table_bit_by_bit()
    {
        var table = new RollupTable(engine.Engine, engine.NewDatabase(), "minutes", Instant.PerMinute);
        await engine.Engine.Writer.ExecuteAsync($"CREATE DATABASE {table.Name.Split('.')[0]}");
        await table.CreateAsync();
        // Each number meets each: neither order nor sense is asked of them.
        List<BucketRow> rows = [];
        foreach (var one in Numbers)
        {
            foreach (var other in Numbers)
            {
                var start = rows.Count * Instant.PerMinute;
                rows.Add(new BucketRow(1, start, new BucketSum(1 + (rows.Count % 60), one + other, Math.Min(one, other), Math.Max(one, other), one, other, start, start)));
            }
        }

        // Infinities of both signs add up to a NaN, of which only that it is one is kept.
        await table.InsertAsync(rows, version: 7);
        var read = await engine.Engine.Reader.QueryAsync(
            $"SELECT bucket, toInt64(count), sum, min, max, first, last FROM {table.Name} ORDER BY bucket",
            static answer =>
            {
                List<BucketRow> read = [];
                while (answer.More)
                {
                    var (start, count) = (answer.Int64(), answer.Int64());
                    read.Add(new BucketRow(1, start, new BucketSum(
                        count, answer.Float64(), answer.Float64(), answer.Float64(), answer.Float64(), answer.Float64(), start, start)));
                }

                return read;
            });

        Assert.Equal(rows.Select(Bits), read.Select(Bits));
    }

    private static (long, long, long, long, long, long, long) Bits(BucketRow row) => (
        row.Start, row.Sum.Count, Of(row.Sum.Sum), Of(row.Sum.Min), Of(row.Sum.Max), Of(row.Sum.First), Of(row.Sum.Last));

    private static long Of(double number) => double.IsNaN(number) ? long.MaxValue : BitConverter.DoubleToInt64Bits(number);
}
