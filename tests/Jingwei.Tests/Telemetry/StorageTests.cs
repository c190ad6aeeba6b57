using Jingwei.Server;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Keeping;

namespace Jingwei.Tests.Telemetry;

public sealed class StorageTests
{
    private const long GiB = 1L << 30;

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Growth_is_told_where_it_was_measured_that_long_ago()
    {
        StorageSample[] history = [At(days: 1, readings: 10 * GiB, rest: 0), At(days: 1 / 24.0, readings: 19 * GiB, rest: 0)];
        Assert.Equal(new StorageGrowth(GiB, 10 * GiB, null), StorageForecast.Growth(history, At(0, 20 * GiB, 0)));
    }

    // 10 GiB a day, of which readings 8: 100 GiB are full after 10 days. With readings of 15 days kept and the oldest 10 days old, it grows by
    // 10 a day for 5 days, and by 2 a day from then on: 50 / 2 = 25 days more.
    [Fact]
    public void The_disk_is_full_when_the_line_meets_what_is_free()
    {
        StorageSample[] history = [At(days: 1, readings: 72 * GiB, rest: 18 * GiB)];
        var now = At(0, 80 * GiB, 20 * GiB);

        var forecast = StorageForecast.Of(history, now, TimeSpan.FromDays(15), TimeSpan.FromDays(10));

        Assert.Equal(new StorageForecast(Now.AddDays(10), Now.AddDays(30)), forecast);
        Assert.Equal(new StorageForecast(Now.AddDays(10), Now.AddDays(10)), StorageForecast.Of(history, now, null, TimeSpan.FromDays(10)));
        Assert.Equal(new StorageForecast(Now.AddDays(10), Now.AddDays(10)), StorageForecast.Of(history, now, TimeSpan.FromDays(90), TimeSpan.FromDays(10)));
    }

    [Fact]
    public void Nothing_is_foretold_without_growth_or_without_measurements()
    {
        Assert.Equal(new StorageForecast(null, null), StorageForecast.Of([], At(0, GiB, GiB), null, TimeSpan.Zero));
        Assert.Equal(new StorageForecast(null, null), StorageForecast.Of([At(1, GiB, GiB)], At(0, GiB, GiB), TimeSpan.FromDays(1), TimeSpan.FromDays(9)));
    }

    [Theory]
    [InlineData(11, 100, DiskState.Ok)]
    [InlineData(9, 100, DiskState.Low)]
    [InlineData(0, 100, DiskState.Critical)]
    public void The_state_of_the_disk_is_told_by_what_is_free(long free, long total, DiskState state) =>
        Assert.Equal(state, StorageUse.StateOf((free * GiB, total * GiB), new TelemetryOptions()));

    [Fact]
    public void Samples_of_eight_days_are_kept_and_the_first_of_each_day_before()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("jingwei-storage-");
        using (var database = new Database(Path.Combine(folder.FullName, "jingwei.db")))
        {
            var history = new StorageHistory(database);
            for (var hour = 0; hour <= 24 * 20; hour++)
            {
                history.Add(new StorageSample(Now.AddHours(hour), 1, 2, 3, 4, 5));
            }

            var kept = history.All;
            var end = Now.AddHours(24 * 20);
            Assert.Equal((24 * 8) + 1, kept.Count(sample => sample.At >= end.AddDays(-8)));
            Assert.Equal(Enumerable.Range(0, 12).Select(day => day == 0 ? Now : Now.AddHours(-8).AddDays(day)), kept.Take(12).Select(sample => sample.At));
            Assert.Equal(new StorageSample(end, 1, 2, 3, 4, 5), kept[^1]);
        }

        folder.Delete(recursive: true);
    }

    private static StorageSample At(double days, long readings, long rest) => new(Now.AddDays(-days), 0, readings, readings, rest, 100 * GiB);
}
