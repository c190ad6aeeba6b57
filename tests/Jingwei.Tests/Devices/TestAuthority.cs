using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Jingwei.Tests.Devices;

/// <summary>A certificate authority with a folder of PEM files that goes with it.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string ForServers = "1.3.6.1.5.5.7.3.1";
    public const string ForClients = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset Begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly X509Certificate2 root;
    private readonly string folder = Directory.CreateTempSubdirectory("jingwei-tls-").FullName;
    private byte serial;

    public TestAuthority(string name = "Test authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        root = request.CreateSelfSigned(Begin, End);
        Root = Path.Combine(folder, "ca.pem");
        File.WriteAllText(Root, root.ExportCertificatePem());
    }

    /// <summary>The root's file.</summary>
    public string Root { get; }

    /// <summary>Issues a certificate for 127.0.0.1 and localhost; its files.</summary>
    public PemFiles IssueForServer(string file = "server") => Issue(file, "CN=localhost", ForServers);

    /// <summary>Issues a certificate; its files. One of the same name is written over.</summary>
    public PemFiles Issue(string file, string subject, string use = ForClients, DateTimeOffset? end = null) =>
        Issue(file, new X500DistinguishedName(subject), use, end);

    /// <inheritdoc cref="Issue(string, string, string, DateTimeOffset?)"/>
    public PemFiles Issue(string file, X500DistinguishedName subject, string use = ForClients, DateTimeOffset? end = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(root, Begin, end ?? End, [++serial]);
        var files = new PemFiles(Path.Combine(folder, $"{file}.pem"), Path.Combine(folder, $"{file}.key"));
        File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    public void Dispose()
    {
        root.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Files of a certificate and its key.</summary>
internal sealed record PemFiles(string Certificate, string Key);
