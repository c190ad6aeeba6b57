using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Tiles;
using Jingwei.Tests.Ledger.Merkle;

namespace Jingwei.Tests.Ledger.Tiles;

/// <summary>What a log is after its writer ended at any step.</summary>
public sealed class CrashTests
{
    // Batches that end before, at and behind the edge of a tile, and one that fills several.
    private static readonly int[] Batches = [100, 156, 1, 254, 700, 3, 40];
    private static readonly MerkleHash[] Leaves = Model.Leaves(Batches.Sum() + 10);

    /// <summary>The folder is copied before and after every step of a writer's life, as a kill at that instant would leave it, and each copy is opened.</summary>
    [Fact]
    public void After_a_kill_at_any_step_nothing_committed_is_lost_and_the_checkpoint_is_continued()
    {
        using var scratch = new ScratchLog();
        var seen = new HashSet<(LogStep, bool)>();
        var (committed, publishedSize) = (0L, 0L);
        var kills = 0;
        using var log = TileLog.Create(scratch.Folder, ScratchLog.Settings, (step, done) =>
        {
            seen.Add((step, done));
            if (!File.Exists(scratch.PathOf("checkpoint")))
            {
                return;
            }

            kills++;
            using var copy = scratch.Copy();
            Continue(copy, committed, publishedSize);
        });

        foreach (var batch in Batches)
        {
            log.Append(Model.Entries(log.Size, log.Size + batch));
            log.Commit();
            committed = log.Size;
            if (batch != 1)
            {
                publishedSize = log.Publish().Checkpoint.Size;
            }
        }

        Assert.Equal(Enum.GetValues<LogStep>().Length * 2, seen.Count);
        Assert.True(kills > 100, $"{kills} kills");
    }

    public static TheoryData<int, bool> EveryStep
    {
        get
        {
            var steps = new TheoryData<int, bool>();
            foreach (var step in Enum.GetValues<LogStep>())
            {
                steps.Add((int)step, false);
                steps.Add((int)step, true);
            }

            return steps;
        }
    }

    /// <summary>A step fails, done or not done: the log takes nothing more, and what it is opened as goes on.</summary>
    [Theory]
    [MemberData(nameof(EveryStep))]
    public void A_step_that_fails_stops_the_log_until_it_is_opened_anew(int broken, bool persisted)
    {
        using var scratch = new ScratchLog().Published(200);
        var committed = 200L;
        var armed = false;
        using (var log = TileLog.Open(scratch.Folder, ScratchLog.Settings, (step, done) =>
        {
            if (armed && step == (LogStep)broken && done == persisted)
            {
                throw new IOException("The disk is gone.");
            }
        }))
        {
            log.Append(Model.Entries(200, 210));
            log.Commit();
            (committed, armed) = (log.Size, true);
            Assert.Throws<IOException>(() =>
            {
                log.Append(Model.Entries(210, 300));
                log.Commit();
                committed = log.Size;
                log.Publish();
            });
            Assert.Throws<InvalidOperationException>(() => log.Append(Model.Entries(0, 1)));
            Assert.Throws<InvalidOperationException>(log.Commit);
            Assert.Throws<InvalidOperationException>(log.Publish);
        }

        Continue(scratch, committed, 200);
    }

    /// <summary>A batch is torn at every length that a crash can leave of it.</summary>
    [Fact]
    public void A_torn_batch_is_as_if_it_had_not_been_appended()
    {
        using var scratch = new ScratchLog().Published(10);
        var segment = Assert.Single(Directory.GetFiles(scratch.PathOf(".log"), "*.journal"));
        int whole, all;
        using (var log = TileLog.Open(scratch.Folder, ScratchLog.Settings))
        {
            log.Append(Model.Entries(10, 12));
            log.Commit();
            whole = (int)new FileInfo(segment).Length;
            log.Append(Model.Entries(12, 15));
            all = (int)new FileInfo(segment).Length;
        }

        var bytes = File.ReadAllBytes(segment);
        Assert.True(all > whole && whole > 0);
        for (var length = whole; length <= all; length++)
        {
            File.WriteAllBytes(segment, bytes[..length]);
            using var log = TileLog.Open(scratch.Folder, ScratchLog.Settings);
            Assert.Equal(length == all ? 15 : 12, log.Size);
        }

        // What the file system left of it may also be zeroes, or anything.
        File.WriteAllBytes(segment, [.. bytes[..(whole + 9)], .. new byte[all - whole - 9], .. bytes[whole..(all - 1)]]);
        using var zeroed = TileLog.Open(scratch.Folder, ScratchLog.Settings);
        Assert.Equal(12, zeroed.Size);
    }

    [Fact]
    public void Damage_to_what_was_committed_is_not_taken_for_a_torn_batch()
    {
        using var scratch = new ScratchLog().Published(10);
        using (var log = TileLog.Open(scratch.Folder, ScratchLog.Settings))
        {
            log.Append(Model.Entries(10, 12));
            log.Commit();
            log.Append(Model.Entries(12, 15));
            log.Commit();
        }

        var segment = Assert.Single(Directory.GetFiles(scratch.PathOf(".log"), "*.journal"));
        var bytes = File.ReadAllBytes(segment);
        bytes[40] ^= 1;
        File.WriteAllBytes(segment, bytes);
        Assert.Throws<InvalidDataException>(() => TileLog.Open(scratch.Folder, ScratchLog.Settings));
        // Refused, it stays as it was.
        Assert.Equal(bytes, File.ReadAllBytes(segment));
    }

    // Opens what is there, sees that it continues what was promised, and goes on with it.
    private static void Continue(ScratchLog scratch, long committed, long published)
    {
        using var log = TileLog.Open(scratch.Folder, ScratchLog.Settings);
        var found = log.Published.Checkpoint;
        Assert.True(log.Size >= committed && found.Size >= published, $"{log.Size} of {committed} entries, {found.Size} of {published} published");
        Assert.Equal(Model.Root(Leaves.AsSpan(0, (int)found.Size)), found.Root);
        var size = log.Size;
        Assert.Equal(size, log.Append(Model.Entries(size, size + 10)));
        log.Commit();
        var next = log.Publish().Checkpoint;
        Assert.Equal((size + 10, Model.Root(Leaves.AsSpan(0, (int)size + 10))), (next.Size, next.Root));
        Assert.Equal(next.Root, log.Reader.ReadRoot(next.Size));
        for (var index = 0L; index < next.Size; index += 97)
        {
            Assert.Equal(Model.Entry(index), log.Reader.ReadEntry(index, next.Size));
        }
    }
}
