using System.Buffers.Binary;
using System.Text;
using Jingwei.Identifiers.Epcis;
using RocksDbSharp;

namespace Jingwei.Server.Facts.Store;

/// <content>Erasing what facts said; that there was a fact, and its commitment, stay.</content>
internal sealed partial class FactStore
{
    // An id that is the hash of the content would tell what was erased to whoever guesses it.
    private const string HashId = "ni:///";

    // Keys that begin alike lie in few files, which are written once for all of them: up to the GTIN in a Digital Link.
    private const int Alike = 38;

    private const string NoDigest = "00000000000000000000000000000000";

    /// <summary>
    /// Erases the facts of a party that have an id, an event and what declares it wrong: whole, or members of them. When this returns no file of the
    /// store holds it any more; after an end in between, the next start sees to that.
    /// </summary>
    /// <param name="members">Names of members; null for all.</param>
    /// <param name="author">The number of who erases.</param>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public FactErasureResult Erase(string eventId, uint party, IReadOnlyCollection<string>? members, uint author, string reason)
    {
        FactErasureResult result;
        lock (gate)
        {
            using var run = new ErasureRun(this, party, members, new("", FactTime.Of(clock.GetUtcNow()), author, reason));
            result = run.Run(eventId, [.. WithId(eventId).Where(each => each.Party == party).Select(each => each.Sequence)]);
        }

        if (result.Outcome == FactErasureOutcome.Done)
        {
            KillPoint.Reach("fact-erased");
            FinishErasures();
        }

        return result;
    }

    // Writes the files that hold what was erased anew. Keys say as much as values do: the list of them goes as well.
    private void FinishErasures()
    {
        var keys = new List<byte[]>();
        using (var walk = store.Walk(erasing).SeekToFirst())
        {
            for (; walk.Valid(); walk.Next())
            {
                keys.Add(walk.GetKeySpan().ToArray());
            }
        }

        if (keys.Count == 0)
        {
            return;
        }

        store.Flush();
        foreach (var near in keys.GroupBy(key => Convert.ToHexString(key.AsSpan(0, Math.Min(key.Length, Alike)))))
        {
            store.Compact(store.Family(Families[near.First()[0]]), near.First().AsSpan(1), [.. near.Last().AsSpan(1), 0]);
        }

        using var done = new WriteBatch();
        keys.ForEach(key => done.Delete(key, erasing));
        store.Await(store.Commit(done));
        store.Flush();
        store.Compact(erasing, [0], [byte.MaxValue]);
    }

    /// <summary>An erasure, within the gate.</summary>
    private sealed class ErasureRun(FactStore owner, uint party, IReadOnlyCollection<string>? members, ErasureMark mark) : IDisposable
    {
        private readonly WriteBatch writes = new();

        // Words, and the facts that do not say them any more.
        private readonly Dictionary<(FactWordKind Kind, string Word), HashSet<ulong>> unsaid = [];

        public FactErasureResult Run(string eventId, IReadOnlyList<ulong> facts)
        {
            var isReplaced = members is not null && (eventId.StartsWith(HashId, StringComparison.Ordinal) || members.Contains("eventID"));
            var newId = isReplaced ? $"urn:uuid:{Guid.NewGuid()}" : null;
            var outcome = FactErasureOutcome.Nothing;
            foreach (var number in facts)
            {
                var one = Erase(number, newId);
                if (one == FactErasureOutcome.NoEvent)
                {
                    return new(one);
                }

                outcome = one == FactErasureOutcome.Done ? one : outcome;
            }

            if (outcome == FactErasureOutcome.Done)
            {
                foreach (var (kind, word) in unsaid.Where(each => !IsSaid(each.Key.Kind, each.Key.Word, each.Value)).Select(each => each.Key))
                {
                    Delete("words", [(byte)kind, .. PartyBytes(party), .. Encoding.UTF8.GetBytes(word)]);
                }

                owner.store.Await(owner.store.Commit(writes));
            }

            return new(outcome, members is null ? null : newId ?? eventId);
        }

        public void Dispose() => writes.Dispose();

        private FactErasureOutcome Erase(ulong number, string? newId)
        {
            using var before = owner.Find(number);
            if (before is null || owner.Open(number, record => FactErasure.Of(record, members, mark, newId)) is not { } erased)
            {
                return FactErasureOutcome.Nothing;
            }

            var record = FactRecord.Read(erased);
            using var document = record.IsErased ? null : EpcisReader.ReadJson(record.ToJson());
            if (document is { Problems.Count: > 0 } or { Events.Count: not 1 })
            {
                return FactErasureOutcome.NoEvent;
            }

            Span<byte> key = stackalloc byte[FactKeys.SequenceBytes];
            FactKeys.WriteSequence(key, number);
            Put(Events, key, erased);
            Follow(number, before.Event, document?.Events[0]);
            return FactErasureOutcome.Done;
        }

        // What the fact is found by.
        private void Follow(ulong number, EpcisEvent before, EpcisEvent? left)
        {
            FollowNames(number, before, left);
            foreach (var (kind, word) in FactNames.WordsOf(before).Where(each => each.Kind != FactWordKind.EventType || before.Type == EpcisEventType.Extended).Except(left is null ? [] : FactNames.WordsOf(left)))
            {
                Unsay(kind, word, number);
            }

            Span<byte> time = stackalloc byte[FactKeys.PartyBytes + FactKeys.TimeBytes];
            BinaryPrimitives.WriteUInt32BigEndian(time, party);
            FactKeys.WriteTime(time[FactKeys.PartyBytes..], FactTime.Of(before.EventTime), number);
            FollowId(number, before.EventId!, left?.EventId);
            if (left is null)
            {
                Delete("by-time", time);
                Span<byte> recorded = stackalloc byte[FactKeys.PartyBytes + FactKeys.SequenceBytes];
                BinaryPrimitives.WriteUInt32BigEndian(recorded, party);
                FactKeys.WriteSequence(recorded[FactKeys.PartyBytes..], number);
                Delete("by-record", recorded);
                return;
            }

            Span<byte> head = stackalloc byte[FactHead.Bytes];
            FactHead.Of(left, party).Write(head);
            Put("by-time", time, head);
        }

        private void FollowId(ulong number, string before, string? left)
        {
            var front = new byte[FactKeys.IdHashBytes];
            FactKeys.WriteIdHash(front, before);
            using var walk = owner.store.Walk(owner.ids).Seek(front);
            for (; walk.Valid() && walk.GetKeySpan().StartsWith(front); walk.Next())
            {
                if (FactKeys.ReadSequence(walk.GetValueSpan()) != number)
                {
                    continue;
                }

                byte[] key = walk.GetKeySpan().ToArray();
                Delete("ids", key);
                if (left is not null)
                {
                    byte[] value = [.. walk.GetValueSpan()[..FactKeys.SequenceBytes], .. Encoding.ASCII.GetBytes(NoDigest)];
                    FactKeys.WriteIdHash(key, left);
                    Put("ids", key, value);
                }
            }
        }

        private void FollowNames(ulong number, EpcisEvent before, EpcisEvent? left)
        {
            var (named, stays) = (new Dictionary<(FactNameKind Kind, string Name), FactRoles>(), new Dictionary<(FactNameKind Kind, string Name), FactRoles>());
            FactNames.Collect(before, named);
            if (left is not null)
            {
                FactNames.Collect(left, stays);
            }

            var behind = new byte[FactKeys.PartyBytes + FactKeys.TimeBytes];
            BinaryPrimitives.WriteUInt32BigEndian(behind, party);
            FactKeys.WriteTime(behind.AsSpan(FactKeys.PartyBytes), FactTime.Of(before.EventTime), number);
            foreach (var (name, roles) in named)
            {
                byte[] key = [.. FactKeys.NameFront(name.Kind, name.Name), .. behind];
                if (!stays.TryGetValue(name, out var now))
                {
                    Delete("names", key);
                    if (name.Kind == FactNameKind.Object)
                    {
                        Unsay(FactWordKind.Object, name.Name, number);
                    }
                }
                else if (now != roles)
                {
                    Put("names", key, [(byte)now]);
                }
            }
        }

        private void Unsay(FactWordKind kind, string word, ulong number)
        {
            if (!unsaid.TryGetValue((kind, word), out var by))
            {
                unsaid.Add((kind, word), by = []);
            }

            by.Add(number);
        }

        // Whether another fact of the party has a word. Of words it is known by their hashes: two of one hash only mean that one stays.
        private bool IsSaid(FactWordKind kind, string word, HashSet<ulong> by)
        {
            var isSaid = false;
            if (kind == FactWordKind.Object)
            {
                owner.WalkName(FactKeys.NameFront(FactNameKind.Object, word), party, long.MinValue, (_, number, _) => !(isSaid = !by.Contains(number)));
                return isSaid;
            }

            if (kind == FactWordKind.EventType)
            {
                owner.WalkTimes([party], (long.MinValue, 0), true, (_, number, head) => !(isSaid = !by.Contains(number) && head.Type == EpcisEventType.Extended && IsOfType(number, word)));
                return isSaid;
            }

            var hash = kind is FactWordKind.ReadPoint or FactWordKind.BizLocation ? FactHead.HashOfPlace(word) : FactHead.HashOf(word);
            owner.WalkTimes([party], (long.MinValue, 0), true, (_, number, head) => !(isSaid = !by.Contains(number) && hash == kind switch
            {
                FactWordKind.BizStep => head.BizStep,
                FactWordKind.Disposition => head.Disposition,
                FactWordKind.ReadPoint => head.ReadPoint,
                _ => head.BizLocation,
            }));
            return isSaid;
        }

        private bool IsOfType(ulong number, string type)
        {
            using var fact = owner.Find(number);
            return fact is not null && FactNames.WordsOf(fact.Event).Contains((FactWordKind.EventType, type));
        }

        private void Put(string family, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
        {
            writes.Put(key, value, owner.store.Family(family));
            Remember(family, key);
        }

        private void Delete(string family, ReadOnlySpan<byte> key)
        {
            writes.Delete(key, owner.store.Family(family));
            Remember(family, key);
        }

        private void Remember(string family, ReadOnlySpan<byte> key) =>
            writes.Put((byte[])[(byte)Array.IndexOf(Families, family), .. key], Array.Empty<byte>(), owner.erasing);
    }
}
