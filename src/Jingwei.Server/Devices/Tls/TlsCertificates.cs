using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Jingwei.Server.Devices.Tls;

/// <summary>
/// Makes the handshakes of the MQTT listener over TLS. Files that were renewed on disk hold for connections from then on; when they are not
/// good, those before stay in force.
/// </summary>
internal sealed class TlsCertificates
{
    // Registered with IANA; a client that offers protocols must offer this one (RFC 7301, section 3.2).
    private static readonly List<SslApplicationProtocol> Protocols = [new("mqtt")];

    private readonly MqttsOptions options;
    private readonly ILogger logger;
    private TlsFiles seen;
    private volatile TlsIdentity identity;

    /// <exception cref="CannotStartException">The files are not good.</exception>
    public TlsCertificates(MqttsOptions options, ILogger logger)
    {
        (this.options, this.logger) = (options, logger);
        seen = TlsFiles.Read(options);
        identity = TlsIdentity.Of(seen, options);
        Log.CertificateTaken(logger, identity.Certificate.TargetCertificate.Subject, identity.Certificate.TargetCertificate.NotAfter.ToUniversalTime());
    }

    /// <summary>For the listener.</summary>
    public TlsHandshakeCallbackOptions Handshakes => new()
    {
        OnConnection = handshake => ValueTask.FromResult(Options(handshake.Connection.RemoteEndPoint)),
        // As long as a client may take for its CONNECT.
        HandshakeTimeout = new Mqtt.MqttServerLimits().ConnectTimeout,
    };

    /// <summary>Takes up what has changed on disk. For one caller at a time.</summary>
    public void Renew()
    {
        try
        {
            var files = TlsFiles.Read(options);
            if (files == seen)
            {
                return;
            }

            // Told once, until it changes again: a renewal may write one file after the other.
            seen = files;
            identity = TlsIdentity.Of(files, options);
            Log.CertificateTaken(logger, identity.Certificate.TargetCertificate.Subject, identity.Certificate.TargetCertificate.NotAfter.ToUniversalTime());
        }
        catch (CannotStartException e)
        {
            Log.CertificateNotTaken(logger, e.Message);
        }
    }

    private SslServerAuthenticationOptions Options(EndPoint? remote)
    {
        var current = identity;
        return new()
        {
            ServerCertificateContext = current.Certificate,
            // RFC 8996: nothing before TLS 1.2.
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
            ApplicationProtocols = Protocols,
            ClientCertificateRequired = current.Clients is not null,
            CertificateChainPolicy = current.Clients,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = current.Clients is null ? null : (_, certificate, chain, errors) => IsGood(remote, certificate, chain, errors),
        };
    }

    /// <summary>A client without a certificate signs in by its secret.</summary>
    private bool IsGood(EndPoint? remote, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors == SslPolicyErrors.None)
        {
            return true;
        }

        Log.ClientCertificateRefused(
            logger, remote, certificate.Subject, string.Join(' ', chain?.ChainStatus.Select(each => each.Status.ToString()).Distinct() ?? []));
        return false;
    }
}
