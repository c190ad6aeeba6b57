using Jingwei.Server.Telemetry.Queries;

namespace Jingwei.Server.Telemetry;

/// <summary>Writes buckets as points: time, mean, minimum, maximum and count, or time and one of the aggregates.</summary>
internal static class BucketPoints
{
    public static IReadOnlyList<string> Aggregates { get; } = ["mean", "min", "max", "sum", "count", "first", "last"];

    public static async Task WriteAsync(JsonStream json, IAsyncEnumerable<BucketPage> pages, string? aggregate, CancellationToken cancellation)
    {
        var isFirst = true;
        await foreach (var page in pages)
        {
            for (var index = 0; index < page.Count;)
            {
                index = Write(json, page.Buckets, index, aggregate, isFirst);
                isFirst = false;
                if (json.IsFull)
                {
                    await json.FlushAsync(cancellation);
                }
            }
        }
    }

    // Up to the end of the page or of a piece; the index after the last one written.
    private static int Write(JsonStream json, ReadOnlySpan<Bucket> buckets, int index, string? aggregate, bool isFirst)
    {
        for (; index < buckets.Length && !json.IsFull; index++, isFirst = false)
        {
            ref readonly var bucket = ref buckets[index];
            json.Raw(isFirst ? "["u8 : ",["u8);
            json.Milliseconds(bucket.Start);
            json.Raw(","u8);
            Write(json, bucket, aggregate);
            json.Raw("]"u8);
        }

        return index;
    }

    private static void Write(JsonStream json, in Bucket bucket, string? aggregate)
    {
        switch (aggregate)
        {
            case null:
                json.Number(bucket.Mean);
                json.Raw(","u8);
                json.Number(bucket.Min);
                json.Raw(","u8);
                json.Number(bucket.Max);
                json.Raw(","u8);
                json.Number(bucket.Count);
                break;
            case "count":
                json.Number(bucket.Count);
                break;
            default:
                json.Number(aggregate switch
                {
                    "mean" => bucket.Mean,
                    "min" => bucket.Min,
                    "max" => bucket.Max,
                    "sum" => bucket.Sum,
                    "first" => bucket.First,
                    _ => bucket.Last,
                });
                break;
        }
    }
}
