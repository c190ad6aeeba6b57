using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>
/// What the measurements and tags of a channel's lines mean, by their bytes, so that a line that looks like an earlier one is resolved without
/// decoding it. An entry holds as long as the thing and the packs are what they were.
/// </summary>
internal sealed class LineKeys(ReadingCheck check, PackCatalog packs, Things things, SeriesRegistry series, int limit)
{
    // Keys are chosen by senders: a start that they do not know keeps them from making collisions.
    private static readonly ulong Seed = BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(sizeof(ulong)));

    // Longer ones are read in full each time: senders choose them, and what is remembered of them has a limit in bytes too.
    private const int LongestKey = 512;

    private readonly ConcurrentDictionary<ulong, LineKey> keys = new();

    /// <summary>The entry for a line that begins with it, or null.</summary>
    /// <param name="last">The entry of the line before.</param>
    public LineKey? Find(ReadOnlySpan<byte> line, LineKey? last)
    {
        if (last?.Next is { } next && next.Bytes.Length < line.Length && line[next.Bytes.Length] == (byte)' ' && line.StartsWith(next.Bytes))
        {
            return next;
        }

        var end = line.IndexOfAny((byte)' ', (byte)'\\', (byte)'\n');
        if (end <= 0 || line[end] != (byte)' ' || !keys.TryGetValue(Hash(line[..end]), out var key) || !line[..end].SequenceEqual(key.Bytes))
        {
            return null;
        }

        if (last is not null)
        {
            last.Next = key;
        }

        return key;
    }

    /// <summary>True when the publisher of the batch may deliver for the thing, and the entry still holds.</summary>
    public bool Allows(LineKey key, IntakeBatch batch, Access.Caller publisher)
    {
        if (ReferenceEquals(key.AllowedIn, batch))
        {
            return true;
        }

        if (!ReferenceEquals(key.Packs, packs.Current.Edition) || !things.TryGet(key.Thing.Id, out var thing) || !ReferenceEquals(thing, key.Thing))
        {
            keys.TryRemove(new KeyValuePair<ulong, LineKey>(key.Hash, key));
            return false;
        }

        key.AllowedIn = check.MayDeliver(publisher, thing) ? batch : null;
        return key.AllowedIn is not null;
    }

    /// <summary>Remembers a line whose point was read in full, for the number properties that it has.</summary>
    public void Learn(ReadOnlySpan<byte> line, LinePoint point, string thingId)
    {
        var end = line.IndexOf((byte)' ');
        if (end is <= 0 or > LongestKey || line[..end].Contains((byte)'\\') || !things.TryGet(thingId, out var thing) || packs.Current.Type(thing.Type) is not { } type)
        {
            return;
        }

        var key = Of(line[..end], thing);
        foreach (var field in point.Fields)
        {
            if (type.Property(field.Key) is { Kind: PropertyKind.Number } property && !field.Key.AsSpan().ContainsAny(", =\\"))
            {
                key?.Fields.Add(new KnownField(Encoding.UTF8.GetBytes(field.Key + "="), series.Of(thing, property), property));
            }
        }
    }

    private LineKey? Of(ReadOnlySpan<byte> bytes, Thing thing)
    {
        var hash = Hash(bytes);
        if (keys.TryGetValue(hash, out var key) && ReferenceEquals(key.Thing, thing) && ReferenceEquals(key.Packs, packs.Current.Edition))
        {
            // Another one with the same hash is read in full each time.
            return bytes.SequenceEqual(key.Bytes) ? key : null;
        }

        if (keys.Count >= limit)
        {
            // What is still used is learnt again at once.
            keys.Clear();
        }

        return keys[hash] = new LineKey(bytes.ToArray(), hash, thing, packs.Current.Edition);
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong prime = 0x9E3779B97F4A7C15;
        var hash = Seed ^ (ulong)bytes.Length;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            hash = BitOperations.RotateLeft((hash ^ word) * prime, 29);
        }

        foreach (var one in bytes[(bytes.Length & ~7)..])
        {
            hash = BitOperations.RotateLeft((hash ^ one) * prime, 29);
        }

        return hash ^ (hash >> 32);
    }
}
