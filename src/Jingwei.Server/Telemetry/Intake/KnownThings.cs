using System.Collections.Concurrent;
using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>
/// What things deliver in JSON, by the bytes of their properties' names: a message that looks like an earlier one of its thing is taken in
/// without decoding it. What is known of a thing holds as long as the thing and the packs are what they were.
/// </summary>
internal sealed class KnownThings(ReadingCheck check, PackCatalog packs, Things things, SeriesRegistry series)
{
    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <summary>The fields that a thing delivered before, when the publisher of the batch may deliver for it; else none.</summary>
    public KnownField[] Find(string id, IntakeBatch batch, Caller publisher)
    {
        if (!known.TryGetValue(id, out var of))
        {
            return [];
        }

        if (ReferenceEquals(of.AllowedIn, batch))
        {
            return of.Fields.All;
        }

        if (!ReferenceEquals(of.Packs, packs.Current.Edition) || !things.TryGet(id, out var thing) || !ReferenceEquals(thing, of.Thing))
        {
            known.TryRemove(new KeyValuePair<string, Known>(id, of));
            return [];
        }

        of.AllowedIn = check.MayDeliver(publisher, thing) ? batch : null;
        return of.AllowedIn is null ? [] : of.Fields.All;
    }

    /// <summary>Remembers the number properties of a message that was read in full.</summary>
    public void Learn(string id, IReadOnlyList<RawReading> readings)
    {
        if (!things.TryGet(id, out var thing) || packs.Current.Type(thing.Type) is not { } type)
        {
            return;
        }

        var of = known.GetOrAdd(id, _ => new Known(thing, packs.Current.Edition));
        foreach (var reading in readings)
        {
            // As it stands in JSON when nothing in it is escaped.
            if (type.Property(reading.Property) is { Kind: PropertyKind.Number } property
                && JsonSerializer.SerializeToUtf8Bytes(reading.Property) is var name && !name.AsSpan().Contains((byte)'\\'))
            {
                of.Fields.Add(new KnownField(name, series.Of(thing, property), property));
            }
        }
    }

    private sealed class Known(Thing thing, object packs)
    {
        public Thing Thing => thing;

        /// <summary>The edition of the packs by which it is known.</summary>
        public object Packs => packs;

        public KnownFields Fields { get; } = new();

        /// <summary>The batch whose publisher was found to be allowed to deliver for the thing.</summary>
        public IntakeBatch? AllowedIn { get; set; }
    }
}
