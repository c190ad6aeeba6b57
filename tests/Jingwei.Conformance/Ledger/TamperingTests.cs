using System.Text;
using Jingwei.Ledger;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Proofs;
using Jingwei.Ledger.Tiles;
using Jingwei.Ledger.Verification;
using Jingwei.Tests;

namespace Jingwei.Conformance.Ledger;

/// <summary>A log of ours is accepted by a verifier that shares nothing with it, and every tampering is refused by that one and by our own.</summary>
public sealed class TamperingTests(HonestLog honest) : IClassFixture<HonestLog>
{
    public static TheoryData<string> EveryKind => [.. Tampering.Kinds.Keys];

    [Fact]
    public async Task A_log_as_written_is_accepted_by_both()
    {
        using var log = new TamperedLog(honest);
        Assert.Equal([], Ours(log).Findings);
        Assert.Null(await Foreign(log));
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public async Task Tampering_is_refused_by_both(string kind)
    {
        using var log = new TamperedLog(honest);
        Tampering.Kinds[kind](log);
        Assert.False(Ours(log).Sound);
        Assert.NotNull(await Foreign(log));
    }

    [Theory]
    [InlineData("a row changed", "tile/0/100", LedgerProblemCode.WrongHash, 77 * 32)]
    [InlineData("a bit flipped in a full tile of level 1", "tile/1/000", LedgerProblemCode.WrongHash, 255 * 32)]
    [InlineData("a bundle missing", "tile/entries/100", LedgerProblemCode.Missing, -1)]
    [InlineData("a bundle cut within an entry", "tile/entries/256", LedgerProblemCode.WrongLength, -1)]
    [InlineData("an older partial tile changed", "tile/0/257.p/8", LedgerProblemCode.WrongHash, -1)]
    [InlineData("a file that is no tile", "tile/0/100.bak", LedgerProblemCode.UnexpectedFile, -1)]
    [InlineData("history forked behind the first checkpoint", "checkpoint", LedgerProblemCode.Inconsistent, -1)]
    [InlineData("an older checkpoint with the newest tiles", "checkpoint", LedgerProblemCode.RolledBack, -1)]
    [InlineData("another origin signed by the right key", "checkpoint", LedgerProblemCode.OtherOrigin, -1)]
    [InlineData("signed by another key of the same name", "checkpoint", LedgerProblemCode.NoKnownSignature, -1)]
    [InlineData("a bit of the signature flipped", "checkpoint", LedgerProblemCode.WrongSignature, -1)]
    [InlineData("the root changed by the right key", "checkpoint", LedgerProblemCode.WrongRoot, -1)]
    [InlineData("the cosignature removed", "checkpoint", LedgerProblemCode.NoQuorum, -1)]
    public void What_was_tampered_with_is_named_first(string kind, string file, LedgerProblemCode code, long position)
    {
        using var log = new TamperedLog(honest);
        Tampering.Kinds[kind](log);
        var policy = kind == "the cosignature removed";
        var finding = policy ? Ours(log).Findings[0] : Ours(log).Findings.First(one => one.Problem.Code != LedgerProblemCode.NoQuorum);
        Assert.Equal((file, code, position), (finding.File, finding.Problem.Code, finding.Problem.Position));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_536)]
    public async Task Logs_of_every_shape_are_accepted_by_both(int size)
    {
        using var log = new TamperedLog(honest);
        log.Fork(HonestLog.Entry, size);
        Assert.Null(await GoVerifier.RefusalAsync(honest.Key.Verifier.ToString(), log.Folder, "--witness", honest.Witness.Verifier.ToString()));
        Assert.Equal([], LogVerification.Run(log.Folder, new(HonestLog.Origin, [honest.Key.Verifier])).Findings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_535)]
    [InlineData(65_999)]
    public async Task Entries_are_where_they_were_put(int index)
    {
        using var log = new TamperedLog(honest);
        var file = Path.Combine(log.Seen, "entry");
        await File.WriteAllBytesAsync(file, new TileReader(log.Folder).ReadEntry(index, HonestLog.Size));
        Assert.Null(await Foreign(log, "--entry", $"{index}", file));
        Assert.NotNull(await Foreign(log, "--entry", $"{(index + 1) % HonestLog.Size}", file));
        await File.WriteAllTextAsync(file, "another");
        Assert.NotNull(await Foreign(log, "--entry", $"{index}", file));
    }

    [Fact]
    public async Task What_a_crash_left_before_a_checkpoint_is_accepted_by_both()
    {
        using var log = new TamperedLog(honest);
        log.Fork(HonestLog.Entry, 300, 600);
        // Tiles of 600 entries are in place, and the checkpoint is still that of 300.
        log.Write("checkpoint", log.Read("checkpoint.300"));
        Assert.Null(await GoVerifier.RefusalAsync(honest.Key.Verifier.ToString(), log.Folder));
        Assert.Equal([], LogVerification.Run(log.Folder, new(HonestLog.Origin, [honest.Key.Verifier])).Findings);
    }

    [Fact]
    [Trait("Category", "Vectors")]
    public void A_foreign_log_is_accepted_and_is_what_ours_writes()
    {
        var foreign = External.Vectors("tlog", "open", "tessera-log");
        using var log = new TamperedLog(honest);
        Directory.Delete(log.Folder, recursive: true);
        string[] words = ["one", "two", "three", "four", "five", "six", "seven"];
        HonestLog.Write(log.Folder, honest.Key, index => Encoding.UTF8.GetBytes(words[index]), 1, 2, 3, 4, 5, 6, 7).Dispose();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(foreign, "tile"), "*", SearchOption.AllDirectories))
        {
            Assert.Equal(File.ReadAllBytes(path), log.Read(Path.GetRelativePath(foreign, path)));
        }

        HonestLog.CopyPublic(foreign, log.Folder);
        log.Write("checkpoint", log.Read("checkpoint.7"));
        var key = NoteVerifier.Read("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx").Require();
        var older = Enumerable.Range(0, 7).Select(size => CheckpointNote.Read(log.Read($"checkpoint.{size}")).Require()).ToArray();
        Assert.Equal([], LogVerification.Run(log.Folder, new("example.com/log/testdata", [key]) { Older = older }).Findings);
        // The published newest checkpoint speaks of entries that are not published with it.
        log.Write("checkpoint", File.ReadAllBytes(Path.Combine(foreign, "checkpoint")));
        Assert.Contains(LogVerification.Run(log.Folder, new("example.com/log/testdata", [key])).Findings, finding => finding.Problem.Code == LedgerProblemCode.Missing);
    }

    private LogFindings Ours(TamperedLog log)
    {
        var policy = LogPolicy.Read(Encoding.UTF8.GetBytes($"log {honest.Key.Verifier}\nwitness w {honest.Witness.Verifier}\nquorum w\n")).Require();
        var older = Directory.GetFiles(log.Seen).Where(file => Path.GetFileName(file) is "first" or "second").Order(StringComparer.Ordinal)
            .Select(file => CheckpointNote.Read(File.ReadAllBytes(file)).Require());
        return LogVerification.Run(log.Folder, new(HonestLog.Origin, [honest.Key.Verifier]) { Older = [.. older], Policy = policy });
    }

    private Task<string?> Foreign(TamperedLog log, params IEnumerable<string> more) => GoVerifier.RefusalAsync(
        honest.Key.Verifier.ToString(), log.Folder,
        ["--old", Path.Combine(log.Seen, "first"), "--old", Path.Combine(log.Seen, "second"), "--witness", honest.Witness.Verifier.ToString(), .. more]);
}
