using System.Diagnostics;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Tiles;
using Jingwei.Ledger.Verification;

namespace Jingwei.Bench.Ledger;

/// <summary>A log of millions of entries: how fast they become durable and public, what a proof takes, and what it takes to verify all of it.</summary>
internal sealed class LedgerRun(int entries, int batch, int seed, TextWriter output) : IDisposable
{
    private const string Origin = "bench.invalid/log";
    private const int EntrySize = 34;
    private const int Asked = 2_000;
    private static readonly TimeSpan PublishedEvery = TimeSpan.FromSeconds(1);
    private const double LeastRate = 100_000;
    private const double MostProof = 1_000;

    private readonly string folder = Directory.CreateTempSubdirectory("jingwei-bench-log-").FullName;
    private readonly NoteSigner key = NoteSigner.Generate(Origin, SignatureType.Ed25519);
    private readonly Random random = new(seed);
    private readonly List<double> commits = [];
    private readonly List<double> publications = [];

    /// <summary>Runs; false where a proof does not verify, or less than is promised comes out.</summary>
    public bool Run()
    {
        using var log = TileLog.Create(folder, new(Origin, [key], TimeProvider.System));
        var right = true;
        foreach (var size in (int[])[entries / 10, entries])
        {
            right &= Append(log, size);
            right &= Prove(log.Reader, log.Published.Checkpoint);
        }

        var started = Stopwatch.GetTimestamp();
        var findings = LogVerification.Run(folder, new(Origin, [key.Verifier]));
        output.WriteLine($"verified {entries:n0} entries in {Stopwatch.GetElapsedTime(started).TotalSeconds:n1} s: {(findings.Sound ? "sound" : findings.Findings[0])}");
        return right && findings.Sound;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private bool Append(TileLog log, int until)
    {
        commits.Clear();
        publications.Clear();
        var first = log.Size;
        using var ended = new ManualResetEventSlim();
        var publisher = new Thread(() =>
        {
            while (!ended.Wait(PublishedEvery))
            {
                publications.Add(Timed(() => log.Publish()));
            }
        });
        var started = Stopwatch.GetTimestamp();
        publisher.Start();
        while (log.Size < until)
        {
            log.Append(Batch((int)Math.Min(batch, until - log.Size)));
            commits.Add(Timed(log.Commit));
        }

        ended.Set();
        publisher.Join();
        publications.Add(Timed(() => log.Publish()));
        var rate = (until - first) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine($"to {until:n0} entries of {EntrySize} bytes in batches of {batch:n0}, each committed, until all are published: {rate:n0} entries/s");
        output.WriteLine($"  commit: {Spread(commits)}; a publication each second: {Spread(publications)}");
        return rate >= LeastRate;
    }

    private bool Prove(TileReader reader, Checkpoint checkpoint)
    {
        var (size, root) = (checkpoint.Size, checkpoint.Root);
        var times = new List<double>(Asked);
        var right = true;
        for (var asked = 0; asked < Asked; asked++)
        {
            var index = random.NextInt64(size);
            MerkleHash[] proof = [];
            times.Add(Timed(() => proof = reader.ProveInclusion(index, size)));
            right &= MerkleProof.VerifyInclusion(MerkleHash.Leaf(reader.ReadEntry(index, size)), index, size, root, proof);
        }

        output.WriteLine($"  inclusion proof at {size:n0}: {Spread(times)}");
        right &= times.Order().ElementAt(Asked / 2) <= MostProof;
        times.Clear();
        for (var asked = 0; asked < Asked; asked++)
        {
            var first = random.NextInt64(1, size);
            times.Add(Timed(() => reader.ProveConsistency(first, size)));
        }

        output.WriteLine($"  consistency proof to {size:n0}: {Spread(times)}");
        return right;
    }

    private ReadOnlyMemory<byte>[] Batch(int count)
    {
        var bytes = new byte[count * EntrySize];
        random.NextBytes(bytes);
        return [.. Enumerable.Range(0, count).Select(at => (ReadOnlyMemory<byte>)bytes.AsMemory(at * EntrySize, EntrySize))];
    }

    private static double Timed(Action action)
    {
        var started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }

    private static string Spread(List<double> times)
    {
        var sorted = times.Order().ToArray();
        return $"median {sorted[sorted.Length / 2]:n0} us, 99 of 100 within {sorted[sorted.Length * 99 / 100]:n0} us";
    }
}
