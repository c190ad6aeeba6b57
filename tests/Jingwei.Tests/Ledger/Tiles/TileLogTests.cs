using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Tiles;
using Jingwei.Tests.Ledger.Merkle;

namespace Jingwei.Tests.Ledger.Tiles;

public sealed class TileLogTests
{
    [Fact]
    public void A_new_log_has_the_checkpoint_of_no_entries()
    {
        using var scratch = new ScratchLog().Published();
        var checkpoint = CheckpointNote.Open(File.ReadAllBytes(scratch.PathOf("checkpoint")), ScratchLog.Origin, [ScratchLog.Signer.Verifier]).Require();
        Assert.Equal($"{ScratchLog.Origin}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", checkpoint.Checkpoint.ToString());
        Assert.Equal(["checkpoint"], scratch.PublicFiles());
    }

    /// <summary>The specification's example of 70,000: 273 full tiles of level 0, and partial ones of 112, 17 and 1.</summary>
    [Fact]
    public void A_log_has_the_tiles_that_the_specification_says()
    {
        using var scratch = new ScratchLog().Published(70_000);
        var files = scratch.PublicFiles();
        var full = Enumerable.Range(0, 273).Select(index => $"{index:d3}").ToArray();
        string[] expected =
        [
            "checkpoint", .. full.Select(index => $"tile/0/{index}"), "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1",
            .. full.Select(index => $"tile/entries/{index}"), "tile/entries/273.p/112",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), files);
        Assert.All(files.Where(file => file.StartsWith("tile/0", StringComparison.Ordinal) && !file.Contains(".p/", StringComparison.Ordinal)),
            file => Assert.Equal(8192, new FileInfo(scratch.PathOf(file)).Length));
        Assert.Equal(17 * 32, new FileInfo(scratch.PathOf("tile/1/001.p/17")).Length);

        var leaves = Model.Leaves(70_000);
        using var log = TileLog.Open(scratch.Folder, ScratchLog.Settings);
        Assert.Equal((70_000, Model.Root(leaves)), (log.Published.Checkpoint.Size, log.Published.Checkpoint.Root));
        Assert.Equal(Model.Root(leaves.AsSpan(0, 65536)).ToArray(), File.ReadAllBytes(scratch.PathOf("tile/2/000.p/1")));
        foreach (var index in (int[])[0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999])
        {
            Assert.Equal(Model.Entry(index), log.Reader.ReadEntry(index, 70_000));
            Assert.Equal(leaves[index], log.Reader.ReadLeaf(index, 70_000));
            Assert.Equal(Model.Inclusion(index, leaves), log.Reader.ProveInclusion(index, 70_000));
        }

        foreach (var size in (int[])[1, 255, 256, 257, 65_536, 69_999])
        {
            Assert.Equal(Model.Consistency(size, leaves), log.Reader.ProveConsistency(size, 70_000));
        }
    }

    [Fact]
    public void Every_published_size_can_be_proven_later_from_partial_or_full_tiles()
    {
        int[] sizes = [1, 2, 255, 256, 257, 511, 512, 600, 770];
        using var scratch = new ScratchLog().Published(sizes);
        using var log = TileLog.Open(scratch.Folder, ScratchLog.Settings);
        var leaves = Model.Leaves(770);
        foreach (var size in sizes)
        {
            Assert.Equal(Model.Root(leaves.AsSpan(0, size)), log.Reader.ReadRoot(size));
            Assert.Equal(Model.Inclusion(size - 1, leaves.AsSpan(0, size)), log.Reader.ProveInclusion(size - 1, size));
            Assert.Equal(Model.Entry(size - 1), log.Reader.ReadEntry(size - 1, size));
        }

        // What is full needs no partial ones; the newest partial tile keeps those of earlier checkpoints beside it.
        Assert.Equal(["tile/0/003.p/2", "tile/1/000.p/1", "tile/1/000.p/2", "tile/1/000.p/3", "tile/entries/003.p/2"],
            scratch.PublicFiles().Where(file => file.Contains(".p/", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_was_committed_and_not_published_is_there_after_opening()
    {
        using var scratch = new ScratchLog().Published(300);
        using (var log = TileLog.Open(scratch.Folder, ScratchLog.Settings))
        {
            Assert.Equal(300, log.Append(Model.Entries(300, 310)));
            Assert.Equal(310, log.Append(Model.Entries(310, 700)));
            log.Commit();
            Assert.Equal((700, 300), (log.Size, log.Published.Checkpoint.Size));
        }

        using var again = TileLog.Open(scratch.Folder, ScratchLog.Settings);
        Assert.Equal((700, 300), (again.Size, again.Published.Checkpoint.Size));
        Assert.Equal((700, ScratchLog.Root(700)), (again.Publish().Checkpoint.Size, again.Published.Checkpoint.Root));
        Assert.Equal(Model.Entry(305), again.Reader.ReadEntry(305, 700));
    }

    [Fact]
    public void Publishing_nothing_new_keeps_the_checkpoint()
    {
        using var scratch = new ScratchLog().Published(3);
        using var log = TileLog.Open(scratch.Folder, ScratchLog.Settings);
        var before = File.ReadAllBytes(scratch.PathOf("checkpoint"));
        Assert.Equal(3, log.Append());
        log.Commit();
        Assert.Equal(before, log.Publish().Note.ToBytes());
        Assert.Equal(before, File.ReadAllBytes(scratch.PathOf("checkpoint")));
    }

    [Fact]
    public void A_log_has_one_writer()
    {
        using var scratch = new ScratchLog();
        using var log = TileLog.Create(scratch.Folder, ScratchLog.Settings);
        Assert.Throws<IOException>(() => TileLog.Open(scratch.Folder, ScratchLog.Settings));
        log.Dispose();
        Assert.Throws<InvalidOperationException>(() => TileLog.Create(scratch.Folder, ScratchLog.Settings));
        Assert.Throws<InvalidOperationException>(() => log.Append(Model.Entries(0, 1)));
        TileLog.Open(scratch.Folder, ScratchLog.Settings).Dispose();
    }

    [Fact]
    public void Entries_up_to_the_format_s_limit_are_taken_and_longer_ones_refused()
    {
        using var scratch = new ScratchLog();
        using var log = TileLog.Create(scratch.Folder, ScratchLog.Settings with { PendingBytes = 1 << 20 });
        var longest = new byte[TileLogSettings.MaxEntry];
        Assert.Throws<ArgumentException>(() => log.Append(new byte[TileLogSettings.MaxEntry + 1]));
        Assert.Throws<ArgumentException>(() => log.Append([.. Enumerable.Repeat(new ReadOnlyMemory<byte>(longest), 9)]));
        Assert.Equal(0, log.Append(longest, Array.Empty<byte>()));
        log.Publish();
        Assert.Equal(longest, log.Reader.ReadEntry(0, 2));
        Assert.Empty(log.Reader.ReadEntry(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Reader.ReadEntry(2, 2));
    }

    [Fact]
    public void What_is_pending_is_published_when_it_reaches_its_limit()
    {
        using var scratch = new ScratchLog();
        using var log = TileLog.Create(scratch.Folder, ScratchLog.Settings with { PendingBytes = 1 << 20 });
        var large = new byte[60_000];
        for (var count = 0; count < 17; count++)
        {
            log.Append(large);
        }

        Assert.Equal((17, 0), (log.Size, log.Published.Checkpoint.Size));
        log.Append(large);
        Assert.Equal((18, 17), (log.Size, log.Published.Checkpoint.Size));
    }

    [Fact]
    public void Many_threads_append_and_commit_while_another_publishes()
    {
        const int Writers = 4, Batches = 50, Entries = 7;
        using var scratch = new ScratchLog();
        using var log = TileLog.Create(scratch.Folder, ScratchLog.Settings);
        var firsts = new System.Collections.Concurrent.ConcurrentDictionary<long, byte[]>();
        Parallel.For(0, Writers + 1, new() { MaxDegreeOfParallelism = Writers + 1 }, writer =>
        {
            for (var batch = 0; batch < Batches; batch++)
            {
                if (writer == Writers)
                {
                    log.Publish();
                    continue;
                }

                byte[] entry = [(byte)writer, (byte)batch];
                firsts[log.Append([.. Enumerable.Repeat(new ReadOnlyMemory<byte>(entry), Entries)])] = entry;
                log.Commit();
            }
        });

        var last = log.Publish().Checkpoint;
        Assert.Equal(Writers * Batches * Entries, last.Size);
        Assert.Equal(Enumerable.Range(0, Writers * Batches).Select(batch => (long)batch * Entries), firsts.Keys.Order());
        Assert.All(firsts, first => Assert.Equal(first.Value, log.Reader.ReadEntry(first.Key + Entries - 1, last.Size)));
        Assert.Equal(last.Root, log.Reader.ReadRoot(last.Size));
    }

    [Fact]
    public void Cosignatures_are_put_under_the_checkpoint_that_they_are_for()
    {
        using var scratch = new ScratchLog().Published(5);
        using var log = TileLog.Open(scratch.Folder, ScratchLog.Settings);
        var witness = NoteSigner.Generate("example.com/witness", SignatureType.Ed25519Cosignature);
        var old = log.Published;
        var cosignature = witness.Sign(old.Note.Text.Span, ScratchLog.Settings.Time);
        Assert.True(log.Cosign(old.Checkpoint, [cosignature]));
        var file = CheckpointNote.Read(File.ReadAllBytes(scratch.PathOf("checkpoint"))).Require();
        Assert.Equal(2, file.Note.Verify(witness.Verifier, ScratchLog.Signer.Verifier).Require().Count);

        log.Append(Model.Entries(5, 6));
        log.Publish();
        Assert.False(log.Cosign(old.Checkpoint, [cosignature]));
        Assert.Single(log.Published.Note.Signatures);
    }

    [Fact]
    public void Another_key_or_origin_opens_no_log()
    {
        using var scratch = new ScratchLog().Published(5);
        var stranger = ScratchLog.Settings with { Signers = [NoteSigner.Generate(ScratchLog.Origin, SignatureType.Ed25519)] };
        Assert.Throws<InvalidDataException>(() => TileLog.Open(scratch.Folder, stranger));
        Assert.Throws<InvalidDataException>(() => TileLog.Open(scratch.Folder, ScratchLog.Settings with { Origin = "example.com/other" }));
    }

    [Theory]
    [InlineData("tile/0/001.p/44")]
    [InlineData("tile/1/000.p/1")]
    [InlineData("tile/entries/001.p/44")]
    public void A_log_whose_right_edge_is_damaged_or_gone_is_not_opened(string file)
    {
        using var scratch = new ScratchLog().Published(300);
        var bytes = File.ReadAllBytes(scratch.PathOf(file));
        bytes[7] ^= 1;
        File.WriteAllBytes(scratch.PathOf(file), bytes);
        Assert.Throws<InvalidDataException>(() => TileLog.Open(scratch.Folder, ScratchLog.Settings));
        File.Delete(scratch.PathOf(file));
        Assert.Throws<InvalidDataException>(() => TileLog.Open(scratch.Folder, ScratchLog.Settings));
    }

    [Fact]
    public void A_log_without_its_checkpoint_is_neither_opened_nor_begun_anew()
    {
        using var scratch = new ScratchLog().Published(3);
        File.Delete(scratch.PathOf("checkpoint"));
        Assert.Throws<FileNotFoundException>(() => TileLog.Open(scratch.Folder, ScratchLog.Settings));
        Assert.Throws<InvalidDataException>(() => TileLog.Create(scratch.Folder, ScratchLog.Settings));
    }
}
