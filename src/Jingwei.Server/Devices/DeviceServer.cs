using System.Security.Cryptography.X509Certificates;
using System.Text;
using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Devices.Tls;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Devices;

/// <summary>The MQTT door: who comes in, on which topics, and which slice takes what is published.</summary>
public sealed class DeviceServer : IAsyncDisposable
{
    private readonly Dictionary<string, DeviceTaker> takers = new(StringComparer.Ordinal);
    private readonly Authenticator authenticator;
    private readonly Things things;
    private readonly Presence presence;

    public DeviceServer(
        Authenticator authenticator, SessionOwners owners, TopicRights rights, Things things, Presence presence, ServerOptions options, TimeProvider clock,
        ILogger<DeviceServer> logger)
    {
        (this.authenticator, this.things, this.presence) = (authenticator, things, presence);
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
    /// Gives everything published under `jw/{thing}/{verb}` to a slice; the acknowledgements leave when its task completes.
    /// Called once a verb, before the server listens.
    /// </summary>
    public void Take(string verb, DeviceTaker taker) => takers.Add(verb, taker);

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

    private MqttAuthentication Authenticate(MqttConnectRequest request) =>
        request is { ClientCertificate: { } certificate, Password.IsEmpty: true } ? ByCertificate(certificate, request.UserName)
        : request.UserName is { } name && authenticator.ByNameAndSecret(name, Encoding.UTF8.GetString(request.Password.Span)) is { } caller ? Accepted(caller)
        : MqttAuthentication.Refused();

    /// <summary>The handshake has found the certificate good; a user name beside it may say the same again, but nothing else.</summary>
    private MqttAuthentication ByCertificate(X509Certificate2 certificate, string? user) =>
        CertificateName.Of(certificate) is not { } name || !things.TryGet(name, out var thing)
            ? MqttAuthentication.Refused(MqttReasonCode.NotAuthorized, "The certificate's common name is no thing's id.")
        : user is not null && user != thing.Id
            ? MqttAuthentication.Refused(MqttReasonCode.BadUserNameOrPassword, "The user name is not the certificate's.")
        : Accepted(Authenticator.OfThing(thing.Id, thing.Name));

    private static MqttAuthentication Accepted(Caller caller) => MqttAuthentication.Accepted(caller, SessionOwners.NameOf(caller));

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

    private DeviceTopic TopicOf(in MqttPublish message)
    {
        if (message.Topic.Tag is DeviceTopic known)
        {
            return known;
        }

        var parsed = Topic.Parse(message.Topic.Name);
        var topic = new DeviceTopic(parsed ?? default, parsed is { } own && takers.TryGetValue(own.Verb, out var taker) ? taker : PassOn);
        message.Topic.Tag = topic;
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
