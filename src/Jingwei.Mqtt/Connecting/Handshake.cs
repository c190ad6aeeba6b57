using System.Text;
using Jingwei.Mqtt.Journal;
using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Sessions;

namespace Jingwei.Mqtt.Connecting;

/// <summary>Decides about a CONNECT (MQTT 5.0, section 3.1.4).</summary>
internal sealed class Handshake(MqttServerOptions options, SessionRegistry sessions, ServerConnection connection)
{
    /// <summary>Null when the client was refused.</summary>
    public async ValueTask<Welcome?> DecideAsync(ConnectPacket packet, CancellationToken cancel)
    {
        var clientId = packet.ClientId.Length > 0 ? packet.ClientId : $"auto-{Guid.CreateVersion7(options.Time.GetUtcNow()):N}";
        if (Objection(packet) is { } objection)
        {
            await RefuseAsync(packet, objection.Reason, objection.Complaint);
            return null;
        }

        var request = new MqttConnectRequest(
            clientId, packet.UserName, packet.Password ?? default, packet.Version, connection.Remote)
        {
            UserProperties = packet.Properties.UserProperties,
            ClientCertificate = connection.ClientCertificate,
        };
        var authentication = await options.Authenticate(request, cancel);
        if (authentication.Principal is not { } principal)
        {
            await RefuseAsync(packet, authentication.Reason, authentication.ReasonString);
            return null;
        }

        if (packet.Will is { } will && !options.AuthorizePublish(principal, will.Topic))
        {
            await RefuseAsync(packet, MqttReasonCode.NotAuthorized, "The will's topic is not allowed.");
            return null;
        }

        return await AttachAsync(packet, clientId, principal, authentication.Owner);
    }

    private async ValueTask<Welcome?> AttachAsync(ConnectPacket packet, string clientId, object principal, string owner)
    {
        var key = new SessionKey(owner, clientId);
        if (await sessions.AttachAsync(connection, key, packet.CleanStart) is not { } attached)
        {
            await RefuseAsync(packet, MqttReasonCode.QuotaExceeded, "Too many clients or sessions.");
            return null;
        }

        var session = attached.Session;
        session.Principal = principal;
        session.Will = packet.Will;
        session.Expiry = Expiry(packet);
        try
        {
            await sessions.RecordAsync(session);
        }
        catch (MqttJournalFailedException)
        {
            sessions.Detach(session, publishesWill: false);
            await RefuseAsync(packet, MqttReasonCode.ServerUnavailable, "Sessions cannot be kept now.");
            return null;
        }

        session.Outbox.Restart(packet.Properties.ReceiveMaximum ?? ushort.MaxValue);
        var info = new MqttConnectionInfo(principal, clientId, packet.Version, connection.Remote, options.Time.GetUtcNow());
        var answer = new ConnAckPacket(MqttReasonCode.Success, attached.IsResumed) { Properties = Properties(packet, clientId, session) };
        return new(info, session, answer, KeepAliveSeconds(packet));
    }

    private PacketError? Objection(ConnectPacket packet) => packet switch
    {
        { Properties.AuthenticationMethod: not null } =>
            new(MqttReasonCode.BadAuthenticationMethod, "Enhanced authentication is not spoken here."),
        { ClientId: "", CleanStart: false, Version: MqttProtocolVersion.V311 } =>
            new(MqttReasonCode.ClientIdentifierNotValid, "An empty client identifier needs a clean session [MQTT-3.1.3-8]."),
        _ when Encoding.UTF8.GetByteCount(packet.ClientId) > options.Limits.MaxClientIdLength =>
            new(MqttReasonCode.ClientIdentifierNotValid, $"More than {options.Limits.MaxClientIdLength} bytes."),
        { Will: { } will } when !MqttTopicFilter.IsTopicName(will.Topic) || !options.Limits.Allows(will.Topic) =>
            new(MqttReasonCode.TopicNameInvalid, "The will's topic is no topic name, too long or too deep."),
        _ => null,
    };

    private async ValueTask RefuseAsync(ConnectPacket packet, MqttReasonCode reason, string? why)
    {
        Log.Refused(options.Logger, connection.Remote, reason, why);
        await connection.SendAsync(Refusal(packet.Version, reason, why));
    }

    /// <summary>CONNACK with a failure; 3.1.1 knows only return codes 1 to 5 (its table 3.1).</summary>
    public static ConnAckPacket Refusal(MqttProtocolVersion version, MqttReasonCode reason, string? why) =>
        version == MqttProtocolVersion.V5
            ? new(reason) { Properties = why is null ? MqttProperties.None : new() { ReasonString = why } }
            : new((MqttReasonCode)(reason switch
            {
                MqttReasonCode.UnsupportedProtocolVersion => 1,
                MqttReasonCode.ClientIdentifierNotValid => 2,
                MqttReasonCode.BadUserNameOrPassword => 4,
                MqttReasonCode.NotAuthorized or MqttReasonCode.Banned or MqttReasonCode.BadAuthenticationMethod
                    or MqttReasonCode.TopicNameInvalid => 5,
                _ => 3,
            }));

    private TimeSpan Expiry(ConnectPacket packet)
    {
        // 3.1.1 says "clean session" for both its start and its end; not clean means kept as long as the server keeps any.
        var asked = packet.Version == MqttProtocolVersion.V5
            ? TimeSpan.FromSeconds(packet.Properties.SessionExpiryInterval ?? 0)
            : packet.CleanStart ? TimeSpan.Zero : TimeSpan.MaxValue;
        return asked < options.Limits.MaxSessionExpiry ? asked : options.Limits.MaxSessionExpiry;
    }

    private ushort KeepAliveSeconds(ConnectPacket packet)
    {
        var cap = (ushort)options.Limits.MaxKeepAlive.TotalSeconds;
        var isCapped = packet.Version == MqttProtocolVersion.V5 && cap > 0 && (packet.KeepAlive == 0 || packet.KeepAlive > cap);
        return isCapped ? cap : packet.KeepAlive;
    }

    private MqttProperties Properties(ConnectPacket packet, string clientId, Session session)
    {
        var keepAlive = KeepAliveSeconds(packet);
        var expiry = (uint)session.Expiry.TotalSeconds;
        return new()
        {
            ReceiveMaximum = options.Limits.ReceiveMaximum,
            MaximumPacketSize = (uint)options.Limits.MaxPacketSize,
            TopicAliasMaximum = options.Limits.TopicAliasMaximum,
            SharedSubscriptionAvailable = 1,
            AssignedClientIdentifier = packet.ClientId.Length == 0 ? clientId : null,
            ServerKeepAlive = keepAlive == packet.KeepAlive ? null : keepAlive,
            SessionExpiryInterval = expiry == (packet.Properties.SessionExpiryInterval ?? 0) ? null : expiry,
        };
    }
}

/// <summary>An accepted client.</summary>
internal sealed record Welcome(MqttConnectionInfo Info, Session Session, ConnAckPacket Answer, ushort KeepAliveSeconds);
