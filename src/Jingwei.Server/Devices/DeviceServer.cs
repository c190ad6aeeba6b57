using System.Text;
using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Devices;

/// <summary>A message on a topic of the platform's own.</summary>
/// <param name="Caller">Who published it.</param>
/// <param name="Payload">Immutable; may be kept.</param>
public sealed record DeviceMessage(Caller Caller, Topic Topic, ReadOnlyMemory<byte> Payload);

/// <summary>The MQTT door: who comes in, on which topics, and which slice takes what is published.</summary>
public sealed class DeviceServer : IAsyncDisposable
{
    private readonly Dictionary<string, Func<DeviceMessage, CancellationToken, ValueTask<MqttPublishOutcome>>> takers = new(StringComparer.Ordinal);
    private readonly Authenticator authenticator;
    private readonly Presence presence;

    public DeviceServer(
        Authenticator authenticator, SessionOwners owners, TopicRights rights, Things things, Presence presence, ServerOptions options, TimeProvider clock,
        ILogger<DeviceServer> logger)
    {
        (this.authenticator, this.presence) = (authenticator, presence);
        Mqtt = Start(new MqttServerOptions
        {
            Time = clock,
            Logger = logger,
            Storage = new(options.SessionsFolder, owners.Find),
            Authenticate = (request, _) => ValueTask.FromResult(Authenticate(request)),
            AuthorizePublish = (principal, topic) => rights.MayPublish((Caller)principal, topic),
            AuthorizeSubscribe = (principal, filter) => rights.MaySubscribe((Caller)principal, filter),
            Publishing = TakeAsync,
            Connected = info => Tell(info, present: true),
            Disconnected = (info, _) => Tell(info, present: false),
        });
        things.Removed += SignOut;
    }

    public MqttServer Mqtt { get; }

    /// <summary>
    /// Gives everything published under `jw/{thing}/{verb}` to a slice; the acknowledgement leaves when its task completes.
    /// Called once a verb, before the server listens.
    /// </summary>
    public void Take(string verb, Func<DeviceMessage, CancellationToken, ValueTask<MqttPublishOutcome>> taker) => takers.Add(verb, taker);

    /// <summary>Ends the connections of a thing.</summary>
    public void SignOut(string thing) =>
        Mqtt.Disconnect(principal => principal is Caller { Kind: CallerKind.Thing } caller && caller.Id == thing, MqttReasonCode.NotAuthorized);

    /// <summary>Ends the connections whose user or token has ended, or may do more or less than when they began.</summary>
    public void SignOutChanged() => Mqtt.Disconnect(principal => principal is Caller caller && !IsAsItWas(caller), MqttReasonCode.NotAuthorized);

    public ValueTask DisposeAsync() => Mqtt.DisposeAsync();

    private static MqttServer Start(MqttServerOptions options)
    {
        try
        {
            return new MqttServer(options);
        }
        catch (MqttJournalDamagedException damaged)
        {
            throw new CannotStartException(damaged.Message);
        }
    }

    private bool IsAsItWas(Caller caller) =>
        caller.Kind == CallerKind.Thing || (authenticator.Renew(caller) is { } now && now.Grants.SequenceEqual(caller.Grants));

    private MqttAuthentication Authenticate(MqttConnectRequest request) =>
        request.UserName is { } name && authenticator.ByNameAndSecret(name, Encoding.UTF8.GetString(request.Password.Span)) is { } caller
            ? MqttAuthentication.Accepted(caller, SessionOwners.NameOf(caller))
            : MqttAuthentication.Refused();

    private ValueTask<MqttPublishOutcome> TakeAsync(MqttPublishContext published, CancellationToken cancellation) =>
        Topic.Parse(published.Topic) is { } topic && takers.TryGetValue(topic.Verb, out var taker)
            ? taker(new((Caller)published.Principal, topic, published.Payload), cancellation)
            : ValueTask.FromResult(MqttPublishOutcome.Routed);

    private void Tell(MqttConnectionInfo connection, bool present)
    {
        if (connection.Principal is not Caller { Kind: CallerKind.Thing } caller)
        {
            return;
        }

        if (present)
        {
            presence.Connected(caller.Id);
        }
        else
        {
            presence.Disconnected(caller.Id);
        }
    }
}
