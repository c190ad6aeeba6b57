using System.Text;
using Jingwei.Identifiers.Handle.Wire;
using Jingwei.Server;
using Jingwei.Server.Identifiers.Registration;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Tests.Identifiers.Node;

public sealed class IdentifierStoreTests : IDisposable
{
    private const int Handles = 40;

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-identifiers-").FullName;
    private readonly ManualTime time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly Database database;
    private readonly ServerOptions options;

    public IdentifierStoreTests()
    {
        // One bucket, so that handles drive each other out.
        options = new(folder, new(0, 0), new(0, 0), null, null) { Identifiers = new() { HotBytes = HotRecords.BucketBytes, CacheBytes = 1 << 20 } };
        database = new(options.DatabaseFile);
    }

    public void Dispose()
    {
        database.Dispose();
        System.IO.Directory.Delete(folder, true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_holds_what_a_list_would_hold_after_any_writes_and_starts(int seed)
    {
        var random = new Random(seed);
        var model = new Dictionary<string, List<string?>>(StringComparer.Ordinal);
        for (var start = 0; start < 4; start++)
        {
            var counts = new PrefixCounts();
            using var store = Open(counts);
            Assert.Equal(model.Count(each => each.Value[^1] is not null), counts.Of("p"));
            for (var step = 0; step < 100; step++)
            {
                using var batch = new RegistrationBatch();
                var expected = Fill(batch, random, model);
                store.Write(batch, "tester");
                Assert.Equal(expected, batch.Rows.ToArray().Select(row => row.Outcome));
                Check(store, model, $"p/{random.Next(Handles)}");
            }

            foreach (var name in model.Keys)
            {
                Check(store, model, name);
                CheckVersions(store, model[name], name);
            }

            Assert.Equal(model.Count(each => each.Value[^1] is not null), counts.Of("p"));
        }
    }

    [Fact]
    public void Each_write_has_the_next_number_and_a_commitment_that_nobody_else_could_make()
    {
        using var store = Open(new());
        using var batch = new RegistrationBatch();
        Add(batch, WriteMode.Create, "p/1", "a");
        Add(batch, WriteMode.Create, "p/2", "a");
        Add(batch, WriteMode.Create, "p/2", "b");
        Add(batch, WriteMode.Put, "p/1", "b");
        store.Write(batch, "tester");
        var log = new List<(ulong Sequence, string Commitment)>();
        store.WalkLog(0, (sequence, commitment) =>
        {
            log.Add((sequence, Convert.ToHexString(commitment)));
            return true;
        });
        Assert.Equal([1UL, 2UL, 3UL], log.Select(each => each.Sequence));
        Assert.Equal(3, log.Select(each => each.Commitment).Distinct().Count());

        Span<byte> scratch = stackalloc byte[HotRecords.RecordBytes];
        using var found = store.Find("p/1"u8, scratch);
        var record = IdentifierRecord.Read(found.Bytes);
        Span<byte> commitment = stackalloc byte[RecordCommitment.Bytes];
        RecordCommitment.Of("p/1"u8, record, commitment);
        Assert.Equal((3UL, log[2].Commitment), (record.Head.Sequence, Convert.ToHexString(commitment)));
    }

    [Fact]
    public void A_bucket_keeps_nothing_that_was_read_before_a_change_ended()
    {
        using var hot = new HotRecords(1);
        Span<byte> scratch = stackalloc byte[HotRecords.RecordBytes];
        Assert.Equal(-1, hot.TryRead("a"u8, scratch, out var seen));
        hot.BeginChange("a"u8);
        hot.Fill("a"u8, "old"u8, seen);
        Assert.Equal(-1, hot.TryRead("a"u8, scratch, out seen));
        hot.Fill("a"u8, "old"u8, seen);
        Assert.Equal(-1, hot.TryRead("a"u8, scratch, out seen));
        hot.EndChange("a"u8);
        hot.Fill("a"u8, "old"u8, seen);
        Assert.Equal(-1, hot.TryRead("a"u8, scratch, out seen));
        hot.Fill("a"u8, "new"u8, seen);
        Assert.Equal("new", Encoding.UTF8.GetString(scratch[..hot.TryRead("a"u8, scratch, out _)]));
        Assert.Equal(-1, hot.TryRead("b"u8, scratch, out seen));
        hot.Fill("b"u8, new byte[HotRecords.RecordBytes + 1], seen);
        Assert.Equal(-1, hot.TryRead("b"u8, scratch, out _));
        Assert.Equal(3, hot.TryRead("a"u8, scratch, out _));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(200)]
    [InlineData(HotRecords.RecordBytes)]
    public void A_bucket_keeps_the_newest_of_what_it_was_given(int longest)
    {
        using var hot = new HotRecords(1);
        Span<byte> scratch = stackalloc byte[HotRecords.RecordBytes];
        var kept = 0;
        for (var number = 0; number < 500; number++)
        {
            Assert.Equal(-1, hot.TryRead(KeyOf(number), scratch, out var seen));
            hot.Fill(KeyOf(number), RecordOf(number, longest), seen);
            kept = 0;
            for (var earlier = number; earlier >= 0; earlier--)
            {
                if (hot.TryRead(KeyOf(earlier), scratch, out _) is var length and >= 0)
                {
                    Assert.Equal(RecordOf(earlier, longest), scratch[..length]);
                    kept++;
                    continue;
                }

                break;
            }

            Assert.InRange(kept, Math.Min(number + 1, 6), 24);
        }

        hot.BeginChange(KeyOf(499));
        hot.EndChange(KeyOf(499));
        Assert.Equal(-1, hot.TryRead(KeyOf(499), scratch, out _));
        Assert.Equal(RecordOf(498, longest), scratch[..hot.TryRead(KeyOf(498), scratch, out _)]);
    }

    private static byte[] KeyOf(int number) => Encoding.ASCII.GetBytes($"88.118.5/{number * 7919L:x}");

    private static byte[] RecordOf(int number, int longest)
    {
        var record = new byte[1 + (number * 31 % longest)];
        Array.Fill(record, (byte)number);
        return record;
    }

    [Fact]
    public void Readers_beside_a_writer_see_whole_records_and_never_an_earlier_one()
    {
        using var store = Open(new());
        using (var first = new RegistrationBatch())
        {
            Add(first, WriteMode.Create, "p/1", "00000000");
            store.Write(first, "tester");
        }

        var (done, faults) = (false, new System.Collections.Concurrent.ConcurrentQueue<string>());
        var readers = Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            for (var newest = "00000000"; !Volatile.Read(ref done);)
            {
                var read = ValueOf(store, "p/1")!;
                if (string.CompareOrdinal(read, newest) < 0)
                {
                    faults.Enqueue($"{read} after {newest}");
                }

                newest = read;
            }
        })).ToList();
        readers.ForEach(reader => reader.Start());
        for (var number = 1; number <= 2_000; number++)
        {
            using var batch = new RegistrationBatch();
            Add(batch, WriteMode.Put, "p/1", $"{number:d8}");
            store.Write(batch, "tester");
            Assert.Equal($"{number:d8}", ValueOf(store, "p/1"));
        }

        Volatile.Write(ref done, true);
        readers.ForEach(reader => reader.Join());
        Assert.Empty(faults);
    }

    private static List<WriteOutcome> Fill(RegistrationBatch batch, Random random, Dictionary<string, List<string?>> model)
    {
        var expected = new List<WriteOutcome>();
        for (var row = random.Next(1, 8); row > 0; row--)
        {
            var name = $"p/{random.Next(Handles)}";
            var mode = (WriteMode)random.Next(4);
            var value = mode == WriteMode.Delete ? null : $"{random.Next(3)}";
            Add(batch, mode, name, value);
            var versions = model.GetValueOrDefault(name);
            var now = versions?[^1];
            expected.Add((mode, now) switch
            {
                (WriteMode.Create, not null) => WriteOutcome.Exists,
                (WriteMode.Replace or WriteMode.Delete, null) => WriteOutcome.Missing,
                (WriteMode.Delete, _) => WriteOutcome.Deleted,
                (_, null) => WriteOutcome.Created,
                _ => now == value ? WriteOutcome.Unchanged : WriteOutcome.Changed,
            });
            if (expected[^1] is WriteOutcome.Created or WriteOutcome.Changed or WriteOutcome.Deleted)
            {
                (model.TryGetValue(name, out versions) ? versions : model[name] = []).Add(value);
            }
        }

        return expected;
    }

    private static void Check(IdentifierStore store, Dictionary<string, List<string?>> model, string name) =>
        Assert.Equal(model.GetValueOrDefault(name)?[^1], ValueOf(store, name));

    private static void CheckVersions(IdentifierStore store, List<string?> versions, string name)
    {
        var seen = new List<string?>();
        store.WalkVersions(Encoding.UTF8.GetBytes(name), (_, record) =>
        {
            Assert.Equal((uint)seen.Count + 1, record.Head.Version);
            seen.Add(ValueOf(record));
            return true;
        });
        Assert.Equal(versions[..^1], seen);
    }

    private static string? ValueOf(IdentifierStore store, string name)
    {
        Span<byte> scratch = stackalloc byte[HotRecords.RecordBytes];
        using var found = store.Find(Encoding.UTF8.GetBytes(name), scratch);
        return found.Exists ? ValueOf(IdentifierRecord.Read(found.Bytes)) : null;
    }

    private static string? ValueOf(IdentifierRecord record) =>
        HandleValueWire.TryDecode(record.Values, out var values, out _) && values.Count > 0 ? values[0].Text : null;

    private static void Add(RegistrationBatch batch, WriteMode mode, string name, string? value)
    {
        var row = new RowWriter();
        row.Begin();
        Assert.Null(row.Name(Encoding.UTF8.GetBytes(name)));
        if (value is not null)
        {
            Assert.Null(row.Value(1, "T"u8, Encoding.UTF8.GetBytes(value), 60, null));
        }

        row.AddTo(batch, mode, 0);
    }

    private IdentifierStore Open(PrefixCounts counts) => new(IdentifierStore.Open(options), options.Identifiers, counts, new(database), time);
}
