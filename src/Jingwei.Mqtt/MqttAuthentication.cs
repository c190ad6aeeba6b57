using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Jingwei.Mqtt;

/// <summary>What a CONNECT says of its sender.</summary>
/// <param name="ClientId">As sent, or made by the server when the client left it empty.</param>
/// <param name="UserName">Null when absent.</param>
/// <param name="Password">Empty when absent; valid only during the call.</param>
/// <param name="ProtocolVersion">Spoken by the client.</param>
/// <param name="RemoteEndPoint">Null where the transport has none.</param>
public sealed record MqttConnectRequest(
    string ClientId,
    string? UserName,
    ReadOnlyMemory<byte> Password,
    MqttProtocolVersion ProtocolVersion,
    EndPoint? RemoteEndPoint)
{
    /// <summary>MQTT 5.0 user properties of CONNECT.</summary>
    public IReadOnlyList<MqttUserProperty> UserProperties { get; init; } = [];

    /// <summary>What the client has shown in the TLS handshake, where it was found good; null without TLS, or when it has shown none. Valid only during the call.</summary>
    public X509Certificate2? ClientCertificate { get; init; }
}

/// <summary>The answer to a CONNECT.</summary>
public sealed record MqttAuthentication
{
    private MqttAuthentication(object? principal, string owner, MqttReasonCode reason, string? reasonString)
    {
        Principal = principal;
        Owner = owner;
        Reason = reason;
        ReasonString = reasonString;
    }

    /// <summary>Whatever the application wants back in later calls; null when refused.</summary>
    public object? Principal { get; }

    /// <summary>Sessions are kept per owner and client identifier, so nobody takes over another owner's session by guessing its identifier.</summary>
    public string Owner { get; }

    public MqttReasonCode Reason { get; }

    public string? ReasonString { get; }

    /// <summary>Lets the client in.</summary>
    /// <param name="principal">Comes back in every later call.</param>
    /// <param name="owner">Whose session it is, for instance the user name.</param>
    public static MqttAuthentication Accepted(object principal, string owner = "") =>
        new(principal, owner, MqttReasonCode.Success, null);

    /// <summary>Keeps the client out; MQTT 3.1.1 gets the nearest of its return codes 2 to 5.</summary>
    public static MqttAuthentication Refused(
        MqttReasonCode reason = MqttReasonCode.BadUserNameOrPassword, string? reasonString = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((byte)reason, (byte)0x80, nameof(reason));
        return new(null, "", reason, reasonString);
    }
}
