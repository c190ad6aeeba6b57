using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RocksDbSharp;

namespace Jingwei.Server.Identifiers.Registry;

internal sealed partial class IdentifierStore
{
    /// <summary>An erasure, within the gate: in parts, so that many long versions need no more memory than one part.</summary>
    private sealed class ErasureRun(IdentifierStore owner, uint author, uint at, Erasure what) : IDisposable
    {
        // Bytes of records that are written at once.
        private const int Part = 1 << 20;

        private readonly ErasureNote note = new(0, at, author, what.Reason);
        private readonly WriteBatch writes = new();
        private int unwritten;
        private bool isChanged;

        public ErasureOutcome Run(ReadOnlySpan<byte> key)
        {
            long commit;
            lock (owner.gate)
            {
                if (EraseNewest(key) is { } refusal)
                {
                    return refusal;
                }

                owner.hot.BeginChange(key);
                try
                {
                    EraseEarlier(key);
                    commit = owner.store.Commit(writes);
                }
                finally
                {
                    owner.hot.EndChange(key);
                }
            }

            owner.store.Await(commit);
            if (isChanged)
            {
                KillPoint.Reach("identifier-erased");
            }

            return isChanged ? ErasureOutcome.Done : ErasureOutcome.Nothing;
        }

        public void Dispose() => writes.Dispose();

        // What speaks against it; null when the earlier versions come next.
        private ErasureOutcome? EraseNewest(ReadOnlySpan<byte> key)
        {
            using var found = owner.store.Get(owner.current, key);
            if (!found.Exists)
            {
                return ErasureOutcome.Missing;
            }

            var record = IdentifierRecord.Read(found.Value);
            if (what.Version is { } version && version != record.Head.Version)
            {
                return null;
            }

            if (what.Index is not { } index)
            {
                return ErasureOutcome.IsNewest;
            }

            if (RecordErasure.Of(record, index, note) is { } erased && RecordErasure.Without(record, index) is var (audiences, values))
            {
                var head = record.Head with { Version = record.Head.Version + 1, Sequence = ++owner.sequence, At = at, Author = author };
                var buffer = new byte[IdentifierRecord.MostBytes(audiences.Count, values.Length)];
                var length = IdentifierRecord.Write(
                    buffer, head, RandomNumberGenerator.GetBytes(IdentifierRecord.SaltBytes), CollectionsMarshal.AsSpan(audiences), values);
                owner.PutNewest(writes, key, buffer.AsSpan(0, length));
                Keep(key, record.Head.Version, erased);
            }

            return null;
        }

        private void EraseEarlier(ReadOnlySpan<byte> key)
        {
            byte[] start = [.. key, VersionMark];
            using var walk = owner.store.Walk(owner.history).Seek(start);
            for (; walk.Valid() && walk.GetKeySpan().StartsWith(start); walk.Next())
            {
                var record = IdentifierRecord.Read(walk.GetValueSpan());
                if ((what.Version is null || what.Version == record.Head.Version) && RecordErasure.Of(record, what.Index, note) is { } erased)
                {
                    Keep(key, record.Head.Version, erased);
                }
            }
        }

        private void Keep(ReadOnlySpan<byte> key, uint version, byte[] erased)
        {
            owner.PutEarlier(writes, key, version, erased);
            isChanged = true;
            unwritten += erased.Length;
            if (unwritten > Part)
            {
                owner.store.Commit(writes);
                writes.Clear();
                unwritten = 0;
            }
        }
    }
}
