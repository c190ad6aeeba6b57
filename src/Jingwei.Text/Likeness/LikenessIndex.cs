using System.Collections.Concurrent;

namespace Jingwei.Text.Likeness;

/// <summary>
/// Finds, among many profiles, those most like a given one. All in memory: about 3 KB a profile. Safe to use from several threads: readers go on
/// side by side, a writer waits for them and they for it.
/// </summary>
/// <param name="model">Compares.</param>
/// <param name="task">What for.</param>
public sealed class LikenessIndex(LikenessModel model, LikenessTask task) : IDisposable
{
    /// <summary>Profiles that a search compares at most: those that share most by their keys.</summary>
    internal const int MostCompared = 100;

    /// <summary>Entries of one key that a search looks at: the newest.</summary>
    internal const int MostOfKey = 2_000;

    /// <summary>Entries of all keys that a search looks at, those of the rarest keys first.</summary>
    internal const int MostLookedAt = 20_000;

    private readonly ReaderWriterLockSlim gate = new();
    private readonly Dictionary<long, int> slots = [];
    private readonly Dictionary<ulong, Postings> postings = [];
    private readonly Stack<int> free = [];
    private readonly List<(ulong Key, float Worth)> keys = [];
    private readonly ConcurrentBag<IndexSearch> idle = [];
    private ReportProfile?[] profiles = new ReportProfile?[64];
    private long[] ids = new long[64];

    /// <summary>Number of profiles.</summary>
    public int Count
    {
        get
        {
            gate.EnterReadLock();
            try
            {
                return slots.Count;
            }
            finally
            {
                gate.ExitReadLock();
            }
        }
    }

    /// <summary>Adds a profile; what was kept under the id before is replaced.</summary>
    public void Set(long id, ReportProfile profile)
    {
        gate.EnterWriteLock();
        try
        {
            Forget(id);
            var slot = free.TryPop(out var vacant) ? vacant : slots.Count;
            if (slot == profiles.Length)
            {
                Array.Resize(ref profiles, slot * 2);
                Array.Resize(ref ids, slot * 2);
            }

            (slots[id], profiles[slot], ids[slot]) = (slot, profile, id);
            IndexKeys.OfKept(profile, keys);
            foreach (var (key, _) in keys)
            {
                if (!postings.TryGetValue(key, out var list))
                {
                    postings[key] = list = new Postings();
                }

                list.Add(slot);
            }
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>Takes a profile out; false where there was none.</summary>
    public bool Remove(long id)
    {
        gate.EnterWriteLock();
        try
        {
            return Forget(id);
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>The profiles most like one, the best first, each with the score that <see cref="LikenessModel.Compare"/> gives.</summary>
    /// <param name="profile">What is compared; if it is in the index itself, it is found too.</param>
    /// <param name="count">How many at most, 1 to 100.</param>
    public IReadOnlyList<LikenessNeighbour> Nearest(ReportProfile profile, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostCompared);
        var search = idle.TryTake(out var waiting) ? waiting : new IndexSearch();
        gate.EnterReadLock();
        try
        {
            var found = new List<LikenessNeighbour>(MostCompared);
            foreach (var slot in search.Candidates(profile, postings, profiles.Length))
            {
                found.Add(new LikenessNeighbour(ids[slot], model.Compare(profile, profiles[slot]!, task)));
            }

            // Equal scores in the order of ids, so that the same question has the same answer.
            found.Sort((left, right) => left.Score.Logit != right.Score.Logit ? right.Score.Logit.CompareTo(left.Score.Logit) : left.Id.CompareTo(right.Id));
            return found.Count > count ? found.GetRange(0, count) : found;
        }
        finally
        {
            gate.ExitReadLock();
            idle.Add(search);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private bool Forget(long id)
    {
        if (!slots.Remove(id, out var slot))
        {
            return false;
        }

        IndexKeys.OfKept(profiles[slot]!, keys);
        foreach (var (key, _) in keys)
        {
            if (postings.TryGetValue(key, out var list))
            {
                list.Remove(slot);
                if (list.Count == 0)
                {
                    postings.Remove(key);
                }
            }
        }

        profiles[slot] = null;
        free.Push(slot);
        return true;
    }
}

/// <summary>A profile found by likeness.</summary>
/// <param name="Id">Its id in the index.</param>
/// <param name="Score">How alike it is.</param>
public readonly record struct LikenessNeighbour(long Id, LikenessScore Score);
