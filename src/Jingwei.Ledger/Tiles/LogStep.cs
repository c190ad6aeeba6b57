namespace Jingwei.Ledger.Tiles;

/// <summary>Steps of a log's writer, each of which a crash can come before or after.</summary>
internal enum LogStep
{
    /// <summary>A batch is written to the journal.</summary>
    WriteBatch,

    /// <summary>The journal is synced.</summary>
    SyncJournal,

    /// <summary>A new segment of the journal is begun.</summary>
    BeginSegment,

    /// <summary>A tile or entry bundle is put in place.</summary>
    WriteTile,

    /// <summary>All that was put in place is synced.</summary>
    SyncTiles,

    /// <summary>The checkpoint is written beside its place, and synced.</summary>
    WriteCheckpoint,

    /// <summary>The checkpoint is moved to its place.</summary>
    MoveCheckpoint,

    /// <summary>The folder is synced, and with it the checkpoint's place.</summary>
    SyncCheckpoint,

    /// <summary>Partial tiles of which the full one is there are removed.</summary>
    RemovePartial,

    /// <summary>A segment of the journal, all of whose entries are in tiles, is removed.</summary>
    RemoveSegment,
}

/// <summary>Is told of each step before and after it, so that tests can break there.</summary>
internal delegate void StepHook(LogStep step, bool done);

/// <summary>Takes steps.</summary>
internal static class Steps
{
    public static void Take(this StepHook? hook, LogStep step, Action action)
    {
        hook?.Invoke(step, false);
        action();
        hook?.Invoke(step, true);
    }
}
