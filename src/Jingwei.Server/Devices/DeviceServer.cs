using System.Security.Cryptography.X509Certificates;
using System.Text;
using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Devices.ThingsBoard;
using Jingwei.Server.Devices.Tls;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Devices;

/// <summary>The MQTT door: who comes in, on which topics, and which slice takes what is published.</summary>
public sealed class DeviceServer : IAsyncDisposable
{
    private readonly Dictionary<string, DeviceTaker> takers = new(StringComparer.Ordinal);
    private readonly List<(string Start, DeviceTaker Taker)> foreign = [];
    private readonly Authenticator authenticator;
    private readonly Credentials credentials;
    private readonly Things things;
    private readonly Presence presence;

    public DeviceServer(
        Authenticator authenticator, Credentials credentials, SessionOwners owners, TopicRights rights, Things things, Presence presence,
        ServerOptions options, TimeProvider clock, ILogger<DeviceServer> logger)
    {
        (this.authenticator, this.credentials, this.things, this.presence) = (authenticator, credentials, things, presence);
        Mqtt = Start(new MqttServerOptions
        {
            Time = clock,
            Logger = logger,
            Storage = new(options.SessionsFolder, owners.Find),
            Authenticate = (request, _) => ValueTask.FromResult(Authenticate(request)),
            AuthorizePublish = (principal, topic) => rights.MayPublish((Caller)principal, topic),
            AuthorizeSubscribe = (principal, filter) => rights.MaySubscribe((Caller)principal, filter),
            SubscribeUnder = (principal, filter) => ThingsBoardTopics.Are(filter) ? Own(SessionOwners.NameOf((Caller)principal), filter) : filter,
            Publishing = TakeAsync,
            Connected = info => Tell(info, present: true),
            Disconnected = (info, _) => Tell(info, present: false),
        });
        things.Removed += SignOut;
    }

    public MqttServer Mqtt { get; }

    /// <summary>
    /// Gives everything published under `jw/{thing}/{verb}` to a slice; the acknowledgements leave when its task completes.
    /// Called once a verb, before the server listens.
    /// </summary>
    public void Take(string verb, DeviceTaker taker) => takers.Add(verb, taker);

    /// <summary>
    /// Gives everything published on a topic of another platform to a slice: on that topic, or on all below it when it ends with a slash.
    /// The longest that fits counts. Called once a topic, before the server listens.
    /// </summary>
    public void TakeForeign(string start, DeviceTaker taker)
    {
        foreign.Add((start, taker));
        foreign.Sort((one, other) => other.Start.Length.CompareTo(one.Start.Length));
    }

    /// <summary>Publishes to a thing alone on a topic that all things share the name of; completes when no kept session can forget it any more.</summary>
    public async ValueTask PublishToAsync(string thing, string topic, ReadOnlyMemory<byte> payload, MqttProperties? properties = null) =>
        await Mqtt.PublishAsync(
            new MqttMessage { Topic = topic, Payload = payload, QoS = MqttQoS.AtLeastOnce, Properties = properties ?? MqttProperties.None },
            Own(SessionOwners.NameOf(thing), topic));

    /// <summary>Whether a session of the thing would get what is published to it alone on that topic.</summary>
    public bool Listens(string thing, string topic) => Mqtt.HasSubscribers(Own(SessionOwners.NameOf(thing), topic));

    /// <summary>Ends the connections of a thing.</summary>
    public void SignOut(string thing) =>
        Mqtt.Disconnect(principal => principal is Caller { Kind: CallerKind.Thing } caller && caller.Id == thing, MqttReasonCode.NotAuthorized);

    /// <summary>Ends the connections whose user or token has ended, or may do more or less than when they began; the others are asked anew for what they publish.</summary>
    public void SignOutChanged()
    {
        Mqtt.Disconnect(principal => principal is Caller caller && !IsAsItWas(caller), MqttReasonCode.NotAuthorized);
        // A thing may have another gateway or another party now. The slices judge each message by that themselves.
        Mqtt.AskRightsAnew();
    }

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

    // A thing's secret may also stand as the user name, without a password: so devices of ThingsBoard sign in.
    private MqttAuthentication Authenticate(MqttConnectRequest request) =>
        request is { ClientCertificate: { } certificate, Password.IsEmpty: true } ? ByCertificate(certificate, request.UserName)
        : request.UserName is { } name && BySecret(name, request.Password.Span) is { } caller ? Accepted(caller)
        : MqttAuthentication.Refused();

    private Caller? BySecret(string name, ReadOnlySpan<byte> password) =>
        password.IsEmpty ? credentials.BySecret(name) : authenticator.ByNameAndSecret(name, Encoding.UTF8.GetString(password));

    /// <summary>The handshake has found the certificate good; a user name beside it may say the same again, but nothing else.</summary>
    private MqttAuthentication ByCertificate(X509Certificate2 certificate, string? user) =>
        CertificateName.Of(certificate) is not { } name || !things.TryGet(name, out var thing)
            ? MqttAuthentication.Refused(MqttReasonCode.NotAuthorized, "The certificate's common name is no thing's id.")
        : user is not null && user != thing.Id
            ? MqttAuthentication.Refused(MqttReasonCode.BadUserNameOrPassword, "The user name is not the certificate's.")
        : Accepted(Authenticator.OfThing(thing.Id, thing.Name));

    private static MqttAuthentication Accepted(Caller caller) => MqttAuthentication.Accepted(caller, SessionOwners.NameOf(caller));

    // Behind a '$', where no wildcard of anybody reaches [MQTT-4.7.2-1].
    private static string Own(string owner, string filter) => $"$own/{owner}/{filter}";

    private ValueTask TakeAsync(MqttPublishBatch published, CancellationToken cancellation)
    {
        var taker = TopicOf(published[0]).Taker;
        for (var index = 1; index < published.Count; index++)
        {
            if (TopicOf(published[index]).Taker != taker)
            {
                return TakeMixedAsync(published, cancellation);
            }
        }

        return taker(new DeviceBatch(published, null), cancellation);
    }

    /// <summary>Each taker gets its own, in the order of arrival; one after the other, since a batch is seldom mixed.</summary>
    private async ValueTask TakeMixedAsync(MqttPublishBatch published, CancellationToken cancellation)
    {
        foreach (var own in Enumerable.Range(0, published.Count).GroupBy(index => TopicOf(published[index]).Taker).ToList())
        {
            await own.Key(new DeviceBatch(published, [.. own]), cancellation);
        }
    }

    private DeviceTopic TopicOf(in MqttPublish message) => message.Topic.Tag as DeviceTopic ?? NewTopicOf(message.Topic);

    private DeviceTopic NewTopicOf(MqttTopic published)
    {
        var name = published.Name;
        var parsed = Topic.Parse(name);
        var taker = parsed is { } own ? takers.GetValueOrDefault(own.Verb)
            : foreign.FirstOrDefault(each => each.Start.EndsWith('/') ? name.StartsWith(each.Start, StringComparison.Ordinal) : name == each.Start).Taker;
        var topic = new DeviceTopic(name, parsed ?? default, taker ?? PassOn);
        published.Tag = topic;
        return topic;
    }

    /// <summary>What no slice takes goes to whoever subscribes to it.</summary>
    private static ValueTask PassOn(DeviceBatch batch, CancellationToken cancellation)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            batch.Decide(index, MqttPublishOutcome.Routed);
        }

        return ValueTask.CompletedTask;
    }

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
