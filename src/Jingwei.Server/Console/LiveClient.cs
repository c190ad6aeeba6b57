using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;

namespace Jingwei.Server.Console;

/// <summary>
/// One open screen. What changes between two deliveries is held once a key, so a slow screen gets the newest state
/// late, never a growing queue.
/// </summary>
internal sealed class LiveClient(Caller caller, ThingFilter filter, bool? exercise, PackCatalog packs)
{
    // A screen that misses more than this many different changes is told to read everything again.
    private const int MaximumPending = 20_000;

    private readonly Lock gate = new();
    private Dictionary<(string Name, string Key), LiveEvent> pending = [];
    private Dictionary<string, Dictionary<string, LiveValue>> readings = [];
    private volatile Caller caller = caller;
    private bool overflowed;

    public bool Belongs(Caller other) => caller.Kind == other.Kind && caller.Id == other.Id;

    /// <summary>Sees from now on what <paramref name="now"/> may see: the same caller, read anew.</summary>
    public void Renew(Caller now) => caller = now;

    /// <summary>Takes an event if this screen may see it and asked for its kind of thing.</summary>
    public void Offer(LiveEvent change)
    {
        if (!Wants(change.Scope, change.Thing) || (exercise ^ change.Exercise) is true || (change.User is { } user && (caller.Kind != CallerKind.User || caller.Id != user)))
        {
            return;
        }

        lock (gate)
        {
            overflowed |= pending.Count >= MaximumPending && !pending.ContainsKey((change.Name, change.Key));
            if (!overflowed)
            {
                pending[(change.Name, change.Key)] = change;
            }
        }
    }

    /// <summary>Takes a new value of a thing's property.</summary>
    public void Offer(Scope scope, Thing thing, string property, LiveValue value)
    {
        if (!Wants(scope, thing))
        {
            return;
        }

        lock (gate)
        {
            if (!readings.TryGetValue(thing.Id, out var values))
            {
                if (overflowed |= readings.Count >= MaximumPending)
                {
                    return;
                }

                readings[thing.Id] = values = [];
            }

            values[property] = value;
        }
    }

    /// <summary>Everything since the last call, as text of an event stream; empty when nothing changed.</summary>
    public string Take(JsonSerializerOptions json)
    {
        Dictionary<(string Name, string Key), LiveEvent> events;
        Dictionary<string, Dictionary<string, LiveValue>> values;
        bool lost;
        lock (gate)
        {
            (events, values, lost) = (pending, readings, overflowed);
            (pending, readings, overflowed) = ([], [], false);
        }

        var text = new System.Text.StringBuilder();
        if (lost)
        {
            return Format(text, "resync", new { }, json).ToString();
        }

        foreach (var change in events.Values)
        {
            Format(text, change.Name, change.Data, json);
        }

        foreach (var (thing, latest) in values)
        {
            Format(text, "reading", new { thing, values = latest }, json);
        }

        return text.ToString();
    }

    /// <summary>One event in the form of the HTML standard, section 9.2.5.</summary>
    public static System.Text.StringBuilder Format(System.Text.StringBuilder text, string name, object data, JsonSerializerOptions json) =>
        text.Append("event: ").Append(name).Append("\ndata: ").Append(JsonSerializer.Serialize(data, json)).Append("\n\n");

    private bool Wants(Scope? scope, Thing? thing) =>
        (scope is not { } place || (caller.May(Right.View, place) &&
            (filter.Party is not { } party || place.PartyPath.Covers(party)) &&
            (filter.Region is not { } region || place.RegionPath.Covers(region)))) &&
        (thing is null ||
            ((filter.Type is not { } type || (packs.Current.Type(thing.Type)?.Is(type) ?? false)) &&
            (filter.Parent is not { } parent || thing.Parent == parent)));
}
