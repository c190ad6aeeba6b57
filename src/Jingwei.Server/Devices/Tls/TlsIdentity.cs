using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Jingwei.Server.Devices.Tls;

/// <summary>What the listener shows to its clients, and whose certificates it believes. Immutable.</summary>
internal sealed class TlsIdentity
{
    // id-kp-clientAuth (RFC 5280, section 4.2.1.12). A certificate that names no use is good for any.
    private const string ForClients = "1.3.6.1.5.5.7.3.2";

    private TlsIdentity(SslStreamCertificateContext certificate, X509ChainPolicy? clients) => (Certificate, Clients) = (certificate, clients);

    public SslStreamCertificateContext Certificate { get; }

    /// <summary>By which a client's certificate is judged; null: none is asked for.</summary>
    public X509ChainPolicy? Clients { get; }

    /// <exception cref="CannotStartException">The files hold no certificate, no key that belongs to it, or no root.</exception>
    public static TlsIdentity Of(TlsFiles files, MqttsOptions options) =>
        new(ReadCertificate(files, options), files.ClientCa is { } roots ? ReadPolicy(roots, options.ClientCa!) : null);

    private static SslStreamCertificateContext ReadCertificate(TlsFiles files, MqttsOptions options)
    {
        if (files.Key.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw new CannotStartException($"--tls-key: {options.Key} is encrypted. Write it without a password, readable by the server's user alone.");
        }

        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(files.Certificate);
            return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(files.Certificate, files.Key), chain, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new CannotStartException($"--tls-certificate, --tls-key: {options.Certificate} and {options.Key} do not hold a certificate and its key in PEM: {e.Message}");
        }
    }

    private static X509ChainPolicy ReadPolicy(string pem, string file)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            ApplicationPolicy = { new Oid(ForClients) },
        };
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            foreach (var certificate in certificates)
            {
                var isRoot = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
                (isRoot ? policy.CustomTrustStore : policy.ExtraStore).Add(certificate);
            }
        }
        catch (CryptographicException e)
        {
            throw new CannotStartException($"--tls-client-ca: {file} does not hold certificates in PEM: {e.Message}");
        }

        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new CannotStartException($"--tls-client-ca: {file} holds no root certificate in PEM. Add the root to which its issuers lead.");
    }
}
