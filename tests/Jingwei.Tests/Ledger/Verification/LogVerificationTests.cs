using Jingwei.Ledger;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Verification;
using Jingwei.Tests.Ledger.Merkle;
using Jingwei.Tests.Ledger.Tiles;

namespace Jingwei.Tests.Ledger.Verification;

/// <summary>Beside what is tampered with on purpose: damage of every byte, and folders that are no log.</summary>
public sealed class LogVerificationTests
{
    private const int Rounds = 200;
    private static readonly LogVerificationSettings Settings = new(ScratchLog.Origin, [ScratchLog.Signer.Verifier]);

    [Fact]
    public void Every_published_size_of_an_honest_log_is_sound_and_continues_those_before()
    {
        using var scratch = new ScratchLog().Published();
        List<CheckpointNote> older = [];
        foreach (var size in (int[])[1, 255, 256, 300, 513])
        {
            using (var log = Jingwei.Ledger.Tiles.TileLog.Open(scratch.Folder, ScratchLog.Settings))
            {
                log.Append(Model.Entries(log.Size, size));
                older.Add(log.Publish());
            }

            var findings = LogVerification.Run(scratch.Folder, Settings with { Older = [.. older] });
            Assert.Equal([], findings.Findings);
            Assert.Equal(size, findings.Checkpoint!.Checkpoint.Size);
        }
    }

    /// <summary>A bit of any file flipped, or the file cut or grown anywhere, is found, and is never an exception.</summary>
    [Fact]
    public void Damage_anywhere_is_found()
    {
        using var scratch = new ScratchLog().Published(100, 513);
        var random = new Random(1);
        var files = scratch.PublicFiles();
        for (var round = 0; round < Rounds; round++)
        {
            var file = files[random.Next(files.Length)];
            var before = File.ReadAllBytes(scratch.PathOf(file));
            File.WriteAllBytes(scratch.PathOf(file), Damage(before, random));
            var findings = LogVerification.Run(scratch.Folder, Settings);
            Assert.False(findings.Sound, $"{file} in round {round}");
            File.WriteAllBytes(scratch.PathOf(file), before);
        }

        Assert.True(LogVerification.Run(scratch.Folder, Settings).Sound);
    }

    [Fact]
    public void A_folder_that_is_not_there_or_is_no_log_has_no_checkpoint()
    {
        using var scratch = new ScratchLog();
        var nothing = LogVerification.Run(scratch.PathOf("nothing"), Settings);
        Assert.Null(nothing.Checkpoint);
        Assert.Equal(("checkpoint", LedgerProblemCode.Missing), (Assert.Single(nothing.Findings).File, nothing.Findings[0].Problem.Code));
        Assert.False(LogVerification.Run(scratch.Folder, Settings).Sound);
        Directory.CreateDirectory(scratch.PathOf("checkpoint"));
        Assert.False(LogVerification.Run(scratch.Folder, Settings).Sound);
    }

    [Fact]
    public void Folders_in_the_place_of_tiles_are_found()
    {
        using var scratch = new ScratchLog().Published(300);
        File.Delete(scratch.PathOf("tile/0/000"));
        Directory.CreateDirectory(scratch.PathOf("tile/0/000"));
        Assert.Contains(LogVerification.Run(scratch.Folder, Settings).Findings, finding => finding.File == "tile/0/000");
    }

    [Fact]
    public void Verification_ends_at_its_limit_of_findings()
    {
        using var scratch = new ScratchLog().Published(513);
        Directory.Delete(scratch.PathOf("tile"), recursive: true);
        Assert.Equal(3, LogVerification.Run(scratch.Folder, Settings with { Findings = 3 }).Findings.Count);
        // Three bundles, their three tiles, and the one above.
        Assert.Equal(3 + 3 + 1, LogVerification.Run(scratch.Folder, Settings).Findings.Count(finding => finding.Problem.Code == LedgerProblemCode.Missing));
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        switch (random.Next(3))
        {
            case 0:
                var flipped = bytes.ToArray();
                flipped[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return bytes[..random.Next(bytes.Length)];
            default:
                return [.. bytes, .. new byte[random.Next(1, 40)]];
        }
    }
}
