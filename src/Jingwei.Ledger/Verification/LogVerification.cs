using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Tiles;

namespace Jingwei.Ledger.Verification;

/// <summary>
/// Verifies a log's folder, or a copy of it, offline: the checkpoint's signature, every entry against its hash, every
/// tile against those below, the root against the checkpoint, and what was seen before against what is there now.
/// </summary>
public static class LogVerification
{
    private const string CheckpointFile = "checkpoint";

    /// <summary>Verifies. Damage of whatever kind is a finding, never an exception.</summary>
    public static LogFindings Run(string folder, LogVerificationSettings settings)
    {
        var found = new FoundList(settings.Findings);
        var files = new TileFiles(folder, found);
        var checkpoint = ReadCheckpoint(files, settings, found);
        if (checkpoint is null)
        {
            return new(null, found.All);
        }

        var (_, size, root, _) = checkpoint.Checkpoint;
        if (new TreeWalk(files, size, found).Run() is { } made && made != root)
        {
            found.Add(CheckpointFile, LedgerProblemCode.WrongRoot, $"The tiles of {size} entries make the root {made}, not {root}.");
        }

        new StrayFiles(folder, files, size, found).Run();
        foreach (var older in settings.Older)
        {
            CheckOlder(folder, checkpoint.Checkpoint, older, settings, found);
        }

        return new(checkpoint, found.All);
    }

    private static CheckpointNote? ReadCheckpoint(TileFiles files, LogVerificationSettings settings, FoundList found)
    {
        if (files.ReadFile(CheckpointFile, NoteLimits.Default.Bytes) is not { } bytes)
        {
            return null;
        }

        var (checkpoint, problem) = CheckpointNote.Open(bytes, settings.Origin, settings.Keys);
        if (problem is null && settings.Policy is { } policy)
        {
            problem = policy.Logs.Count > 0 ? policy.Check(checkpoint!) : settings.Keys.Select(key => policy.Check(checkpoint!, key)).MinBy(one => one is not null);
        }

        if (problem is not null)
        {
            found.Add(CheckpointFile, problem.Code, problem.Message, problem.Position);
        }

        return checkpoint;
    }

    // The tiles are held to the newest checkpoint already: of an older tree only the root is to be seen.
    private static void CheckOlder(string folder, Checkpoint newest, CheckpointNote older, LogVerificationSettings settings, FoundList found)
    {
        var (origin, size, root, _) = older.Checkpoint;
        if (origin != settings.Origin || older.Note.Verify(settings.Keys).Problem is not null)
        {
            found.Add(CheckpointFile, LedgerProblemCode.OtherOrigin, $"The older checkpoint of {size} entries is not by this log.");
            return;
        }

        if (size > newest.Size)
        {
            found.Add(CheckpointFile, LedgerProblemCode.RolledBack, $"A checkpoint of {size} entries was seen before; now there are {newest.Size}.");
            return;
        }

        try
        {
            if (new TileReader(folder).ReadRoot(size) != root)
            {
                found.Add(CheckpointFile, LedgerProblemCode.Inconsistent, $"The first {size} entries are not those of the older checkpoint.");
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            found.Add(CheckpointFile, LedgerProblemCode.Inconsistent, $"The first {size} entries cannot be held to the older checkpoint: {error.Message}");
        }
    }
}
