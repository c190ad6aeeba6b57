using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Queries;

/// <summary>What an hour of a series comes to.</summary>
internal readonly record struct HourSum(long Start, long Count, double Low, double High, double Last);

/// <summary>The hours of a series that say all that there is to say of their lowest and highest.</summary>
/// <param name="hours">Ascending; hours without readings are left out.</param>
/// <param name="from">Before this nothing is known.</param>
/// <param name="to">From here on nothing is known.</param>
/// <param name="unsure">Hours that hold readings which are not good, and so are in no sum, or that are not summed up yet.</param>
internal sealed class HourSums(List<HourSum> hours, long from, long to, HashSet<long> unsure)
{
    public const long Width = Instant.PerHour;

    private static readonly HourSums None = new([], long.MaxValue, long.MaxValue, []);

    private int next;

    /// <summary>From here on hours are known.</summary>
    public long From => from;

    /// <summary>Whether an hour is among those that are known, by and large.</summary>
    public bool Covers(long hour) => hour >= from && hour + Width <= to;

    /// <summary>Whether all readings of an hour are in its sum.</summary>
    public bool Knows(long hour) => Covers(hour) && !unsure.Contains(hour);

    /// <summary>The sum of an hour; null when it has no reading. Hours are asked for in the order of time, by and large.</summary>
    public HourSum? At(long hour)
    {
        while (next < hours.Count && hours[next].Start < hour)
        {
            next++;
        }

        while (next > 0 && hours[next - 1].Start >= hour)
        {
            next--;
        }

        return next < hours.Count && hours[next].Start == hour ? hours[next] : null;
    }

    /// <summary>The whole hours of many series between two times.</summary>
    public static async Task<IReadOnlyDictionary<long, HourSums>> ReadAsync(
        ReadingStore store, Rollups rollups, IReadOnlyCollection<Series> series, long from, long to)
    {
        var level = rollups.Levels.First(each => each.Width == Width);
        var (first, end) = (level.StartOf(from + Width - 1), level.StartOf(to));
        if (first >= end)
        {
            return series.ToDictionary(each => (long)each.Number, _ => None);
        }

        // Where they are as of now: what changes after that makes them no less right for now.
        var places = series.ToDictionary(each => (long)each.Number, each => rollups.Places(each, level, first, end, withMemory: false));
        var numbers = string.Join(',', places.Keys);
        var sums = SumsAsync(store, level, numbers, first, end);
        var remarks = RemarksAsync(store, numbers, first, end);
        var (found, remarked) = (await sums, await remarks);
        return series.ToDictionary(each => (long)each.Number, each =>
        {
            var place = places[each.Number];
            var unsure = remarked.GetValueOrDefault(each.Number) ?? [];
            unsure.UnionWith(place.Dirty);
            return new HourSums(
                found.GetValueOrDefault(each.Number) ?? [], Math.Max(first, each.ExpiredBefore), Math.Min(end, place.InTable), unsure);
        });
    }

    private static Task<Dictionary<long, List<HourSum>>> SumsAsync(ReadingStore store, RollupLevel level, string series, long from, long to) =>
        store.Engine.Reader.QueryBlocksAsync(
            $"""
            SELECT series, bucket, toInt64(count), min, max, last FROM {level.Table.Name} FINAL
            WHERE series IN ({series}) AND bucket >= {from} AND bucket < {to} AND count > 0 ORDER BY series, bucket
            """,
            static blocks =>
            {
                Dictionary<long, List<HourSum>> found = [];
                while (blocks.Next())
                {
                    var of = blocks.Column<ulong>();
                    var start = blocks.Column<long>();
                    var count = blocks.Column<long>();
                    var low = blocks.Column<double>();
                    var high = blocks.Column<double>();
                    var last = blocks.Column<double>();
                    for (var row = 0; row < of.Length; row++)
                    {
                        if (!found.TryGetValue((long)of[row], out var hours))
                        {
                            found[(long)of[row]] = hours = [];
                        }

                        hours.Add(new HourSum(start[row], count[row], low[row], high[row], last[row]));
                    }
                }

                return found;
            });

    // The one column that is read of nearly all rows is nothing but zeros there.
    private static Task<Dictionary<long, HashSet<long>>> RemarksAsync(ReadingStore store, string series, long from, long to) =>
        store.Engine.Reader.QueryBlocksAsync(
            $"""
            SELECT series, {Instant.BucketSql("time", Width)} AS hour FROM {store.Numbers.Name} PREWHERE quality != {(int)Quality.Good}
            WHERE series IN ({series}) AND time >= {from} AND time < {to} GROUP BY series, hour
            """,
            static blocks =>
            {
                Dictionary<long, HashSet<long>> found = [];
                while (blocks.Next())
                {
                    var of = blocks.Column<ulong>();
                    var hour = blocks.Column<long>();
                    for (var row = 0; row < of.Length; row++)
                    {
                        if (!found.TryGetValue((long)of[row], out var hours))
                        {
                            found[(long)of[row]] = hours = [];
                        }

                        hours.Add(hour[row]);
                    }
                }

                return found;
            });
}
