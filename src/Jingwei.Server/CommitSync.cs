namespace Jingwei.Server;

/// <summary>
/// Makes a store's commits last: one sync of its write-ahead log for all that were made before it, while the next transaction is being
/// written. A later commit stands behind an earlier one in the log, so none can be on disk without those that it builds on.
/// </summary>
/// <param name="sync">Brings what is in the log to the disk; throws <see cref="IOException"/> where the disk does not take it.</param>
internal sealed class CommitSync(Action sync)
{
    private readonly Lock syncing = new();
    private long committed;
    private long synced;
    private volatile bool broken;

    /// <summary>Called under the store's lock after a commit; gives its number.</summary>
    public long Committed() => Interlocked.Increment(ref committed);

    /// <summary>Waits until everything that was committed by now is on disk.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public void Settle() => Await(Interlocked.Read(ref committed));

    /// <summary>Waits until a commit, and all before it, are on disk.</summary>
    /// <exception cref="IOException">The disk did not take it, or an earlier one.</exception>
    public void Await(long commit)
    {
        if (Interlocked.Read(ref synced) >= commit)
        {
            return;
        }

        lock (syncing)
        {
            if (synced >= commit)
            {
                return;
            }

            ThrowIfBroken();
            var last = Interlocked.Read(ref committed);
            try
            {
                sync();
            }
            catch (IOException)
            {
                broken = true;
                throw;
            }

            Interlocked.Exchange(ref synced, last);
        }
    }

    /// <summary>
    /// After a sync that failed the kernel may hold for written what is not, and whatever comes later would build on it: nothing is written
    /// until a restart finds out what is there.
    /// </summary>
    public void ThrowIfBroken()
    {
        if (broken)
        {
            throw new IOException("The disk did not take what was written to the store. Mend the cause, and start again.");
        }
    }
}
