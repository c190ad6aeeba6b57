using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Devices;

/// <summary>An MQTT session, connected or kept for its client's return.</summary>
/// <param name="Id">The client identifier; unique for one user.</param>
/// <param name="User">The thing, or the token, that signed in.</param>
/// <param name="Since">Since when it is connected, or away.</param>
/// <param name="Expiry">Seconds that it outlives its connection; 0: it ends with it.</param>
/// <param name="Queued">Messages at QoS 1 and 2 that the client has not acknowledged.</param>
/// <param name="QueuedBytes">Memory that they stand for.</param>
/// <param name="Dropped">Messages that found its queue full since the server started.</param>
public sealed record DeviceSession(
    string Id, string User, CallerKind Kind, bool Connected, DateTimeOffset Since, long Expiry, int Subscriptions, int Queued, long QueuedBytes, long Dropped)
{
    public static DeviceSession Of(MqttSessionSnapshot session)
    {
        var owner = (Caller)session.Principal;
        return new(
            session.ClientId, owner.Id, owner.Kind, session.IsConnected, session.Since, (long)session.Expiry.TotalSeconds,
            session.Subscriptions, session.Queued, session.QueuedBytes, session.Dropped);
    }

    /// <summary>By which the list is sorted.</summary>
    public string Key => $"{Kind}/{User}/{Id}";
}

/// <summary>The MQTT sessions of the things that a caller operates; those of tokens for who operates everything.</summary>
public static class SessionEndpoints
{
    public static void MapSessionRoutes(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/devices/sessions", List).Requires(Right.Operate).WithSummary("MQTT sessions, connected or kept, and what waits in them.");

    private static Ok<Page<DeviceSession>> List(Caller caller, DeviceServer devices, Things things, PageRequest page) =>
        TypedResults.Ok(Page.Cut(
            devices.Mqtt.Sessions.Where(session => May(caller, (Caller)session.Principal, things)).Select(DeviceSession.Of)
                .OrderBy(session => session.Key, StringComparer.Ordinal),
            session => session.Key,
            page));

    private static bool May(Caller caller, Caller owner, Things things) =>
        caller.May(Right.Operate, Scope.Everything)
        || (owner.Kind == CallerKind.Thing && things.TryGet(owner.Id, out var thing) && caller.May(Right.Operate, things.ScopeOf(thing)));
}
