using System.Security.Cryptography;
using System.Text;
using Jingwei.Identifiers.Handle.Wire;
using Jingwei.Server;
using Jingwei.Server.Identifiers.Registration;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Tests.Identifiers.Node;

public sealed class ErasureTests : IDisposable
{
    private const int Kept = 1;
    private const int Erased = 2;

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-erasure-").FullName;
    private readonly ManualTime time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly Database database;
    private readonly ServerOptions options;
    private readonly IdentifierStore store;

    // No compression finds anything in it to shorten, so that it lies in a file as it is.
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(64);

    public ErasureTests()
    {
        options = new(folder, new(0, 0), new(0, 0), null, null) { Identifiers = new() { HotBytes = 1 << 20, CacheBytes = 1 << 20 } };
        database = new(options.DatabaseFile);
        store = new(IdentifierStore.Open(options), options.Identifiers, new(), new(database), time);
    }

    public void Dispose()
    {
        store.Dispose();
        database.Dispose();
        System.IO.Directory.Delete(folder, true);
    }

    [Fact]
    public void A_value_goes_out_of_every_version_and_every_file_and_each_commitment_stays()
    {
        for (var version = 1; version <= 3; version++)
        {
            Write("p/1", (Kept, [(byte)version]), (Erased, secret));
        }

        Write("p/2", (Kept, "beside"u8.ToArray()));
        Assert.NotEmpty(FilesWith(secret));
        Assert.Equal(ErasureOutcome.Done, store.Erase("p/1"u8, new(Erased, null, "asked for"), "officer"));
        Assert.Empty(FilesWith(secret));

        // The newest is another now, as after any change.
        var versions = Versions("p/1");
        Assert.Equal([(1, 2, 1), (2, 2, 1), (3, 2, 1), (4, 1, 0)], versions.Select(each => ((int)each.Version, each.Places, each.Notes.Count)));
        Assert.All(versions, each => Assert.Equal([Kept], each.Indexes));
        Assert.All(versions.Take(3), each => Assert.Equal((Erased, (uint)time.GetUtcNow().ToUnixTimeSeconds(), "asked for"), ((int)each.Notes[0].Index, each.Notes[0].At, each.Notes[0].Reason)));
        AssertCommitments();

        // Again: there is nothing, and the version stays.
        Assert.Equal(ErasureOutcome.Nothing, store.Erase("p/1"u8, new(Erased, null, "again"), "officer"));
        Assert.Equal(4, Versions("p/1").Count);
        Assert.Equal(ErasureOutcome.Missing, store.Erase("p/9"u8, new(Erased, null, "again"), "officer"));
    }

    [Fact]
    public void All_of_an_earlier_version_goes_and_of_the_newest_only_values()
    {
        Write("p/1", (Kept, "a"u8.ToArray()), (Erased, secret));
        Write("p/1", (Kept, "b"u8.ToArray()));
        Assert.Equal(ErasureOutcome.IsNewest, store.Erase("p/1"u8, new(null, 2, "reason"), "officer"));
        // First one value of it, and then what is left: each keeps its own reason.
        Assert.Equal(ErasureOutcome.Done, store.Erase("p/1"u8, new(Kept, 1, "first"), "officer"));
        Assert.NotEmpty(FilesWith(secret));
        Assert.Equal(ErasureOutcome.Done, store.Erase("p/1"u8, new(null, 1, "then"), "officer"));
        Assert.Empty(FilesWith(secret));
        var versions = Versions("p/1");
        Assert.Equal(["first", "then"], versions[0].Notes.Select(note => note.Reason));
        Assert.Equal((2, 0), (versions.Count, versions[0].Indexes.Count));
        Assert.Equal([Kept], versions[1].Indexes);
        AssertCommitments();
    }

    [Fact]
    public void What_was_erased_may_be_many_values_of_a_record()
    {
        var random = new Random(3);
        var values = Enumerable.Range(1, IdentifierRecord.MostValues).Select(index => (index, Encoding.UTF8.GetBytes($"value {index}"))).ToArray();
        Write("p/1", values);
        Write("p/1", (Kept, "b"u8.ToArray()));
        var left = new SortedSet<int>(values.Select(value => value.index));
        foreach (var index in Enumerable.Range(0, 40).Select(_ => random.Next(1, IdentifierRecord.MostValues + 1)))
        {
            Assert.Equal(left.Remove(index) ? ErasureOutcome.Done : ErasureOutcome.Nothing, store.Erase("p/1"u8, new(index, 1, $"reason {index}"), "officer"));
        }

        Assert.Equal(left, Versions("p/1")[0].Indexes);
        Assert.All(Versions("p/1")[0].Notes, note => Assert.Equal($"reason {note.Index}", note.Reason));
        AssertCommitments();
    }

    private void Write(string name, params (int Index, byte[] Data)[] values)
    {
        using var batch = new RegistrationBatch();
        var row = new RowWriter();
        row.Begin();
        Assert.Null(row.Name(Encoding.UTF8.GetBytes(name)));
        foreach (var (index, data) in values)
        {
            Assert.Null(row.Value(index, "T"u8, data, 60, null));
        }

        row.AddTo(batch, WriteMode.Put, 0);
        store.Write(batch, "tester");
    }

    private List<(uint Version, int Places, List<int> Indexes, List<ErasureNote> Notes)> Versions(string name)
    {
        var versions = new List<(uint, int, List<int>, List<ErasureNote>)>();
        var key = Encoding.UTF8.GetBytes(name);
        store.WalkVersions(key, (_, record) =>
        {
            versions.Add(Seen(record));
            return true;
        });
        Span<byte> scratch = stackalloc byte[HotRecords.RecordBytes];
        using var newest = store.Find(key, scratch);
        versions.Add(Seen(IdentifierRecord.Read(newest.Bytes)));
        return versions;
    }

    private static (uint, int, List<int>, List<ErasureNote>) Seen(in IdentifierRecord record)
    {
        var indexes = new List<int>();
        for (var rest = record.Values; HandleValueWire.TryNext(ref rest, out var value);)
        {
            indexes.Add(value.Index);
        }

        return (record.Head.Version, record.Places, indexes, record.Erased.Notes());
    }

    // Every version has the commitment that was logged when it was written.
    private void AssertCommitments()
    {
        var logged = new Dictionary<ulong, string>();
        store.WalkLog(0, (sequence, commitment) =>
        {
            logged.Add(sequence, Convert.ToHexString(commitment));
            return true;
        });
        using var snapshot = new IdentifierSnapshot(options.IdentifiersFolder);
        var seen = 0;
        snapshot.Walk((key, bytes) =>
        {
            var record = IdentifierRecord.Read(bytes);
            Span<byte> commitment = stackalloc byte[RecordCommitment.Bytes];
            RecordCommitment.Of(key, record, commitment);
            Assert.Equal(logged[record.Head.Sequence], Convert.ToHexString(commitment));
            seen++;
        });
        Assert.Equal(logged.Count, seen);
    }

    private List<string> FilesWith(byte[] bytes) =>
        [.. System.IO.Directory.GetFiles(options.IdentifiersFolder).Where(file => Path.GetFileName(file) != "LOCK" && Read(file).AsSpan().IndexOf(bytes) >= 0)];

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
