using System.Collections.Concurrent;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Makes the things that a gateway or edge node begins to speak for, where the channel says so.</summary>
public sealed partial class ForeignThings(Things things, PackCatalog packs, TelemetryOptions options, TimeProvider clock, ILogger<ForeignThings> logger)
{
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>
    /// Makes the thing if there is none and the channel makes any: behind the thing that publishes, in its party and region; for others where they may
    /// configure. Does nothing where that is not allowed; then its readings are rejected as those of any thing that does not exist.
    /// </summary>
    /// <param name="mayBring">Whether a publisher that is a thing brings others along.</param>
    /// <param name="type">What the publisher says it is; counts if it is a type of the channel's pack.</param>
    public void Make(Caller caller, bool mayBring, ChannelMapping? channel, string id, string name, string? type = null)
    {
        if (channel?.CreateType is not { } usual || things.TryGet(id, out _) || Ids.Fault(id) is not null || (caller.Kind == CallerKind.Thing && !mayBring))
        {
            return;
        }

        var said = type is null ? null : packs.Current.Type(type);
        var of = said is { Abstract: false } && said.Pack == channel.Pack ? said.Id : usual;
        var title = Ids.NameFault(name) is null ? name : id;
        if (things.TryGet(caller.Id, out var gateway) && caller.Kind == CallerKind.Thing)
        {
            if (counts.GetOrAdd(gateway.Id, Count) < options.ThingsBehind)
            {
                counts.AddOrUpdate(gateway.Id, 1, (_, count) => count + 1);
                _ = AddAsync(caller, new Thing(id, of, title, gateway.Party, gateway.Region, null, gateway.Id, clock.GetUtcNow(), 1));
            }
        }
        else if (caller.Grants.FirstOrDefault(grant => (int)grant.Role >= (int)Right.Configure) is { } grant)
        {
            _ = AddAsync(caller, new Thing(id, of, title, grant.Party, grant.Region, null, null, clock.GetUtcNow(), 1));
        }
    }

    /// <summary>Makes a device that a gateway names, when the gateway is of the type that the channel says brings devices along.</summary>
    public void MakeBehind(Caller gateway, ChannelMapping? channel, string device, string? type = null) => Make(
        gateway,
        channel?.CreateBy is { } by && things.TryGet(gateway.Id, out var thing) && packs.Current.Type(thing.Type)?.Is(by) == true,
        channel, ForeignId.Of(device), device, type);

    private int Count(string gateway) => things.All.Count(thing => thing.Gateway == gateway);

    // It is there as soon as this returns; only those who follow the things are told later.
    private async Task AddAsync(Caller caller, Thing thing)
    {
        try
        {
            await things.AddAsync(thing, ThingAuthor.Of(caller), CancellationToken.None);
        }
        catch (SqliteException error)
        {
            LogNotMade(error, thing.Id);
        }
    }

    [LoggerMessage(EventId = 130, Level = LogLevel.Error, Message = "The thing {Thing} could not be made; its readings are rejected")]
    private partial void LogNotMade(Exception cause, string thing);
}
