using System.Formats.Asn1;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jingwei.Mqtt;
using Jingwei.Server;
using Jingwei.Server.Devices.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jingwei.Tests.Devices;

/// <summary>What the MQTT listener over TLS makes of its files, and of its clients' certificates.</summary>
public sealed class TlsCertificatesTests : IDisposable
{
    private readonly TestAuthority authority = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => authority.Dispose();

    [Fact]
    public async Task A_renewed_certificate_is_shown_and_a_broken_one_leaves_the_last_in_force()
    {
        var files = authority.IssueForServer();
        var certificates = new TlsCertificates(Options(files), NullLogger.Instance);
        await using var app = await ListenAsync(certificates);
        Assert.Equal("01", await SerialAsync(app));

        authority.IssueForServer();
        Assert.Equal("01", await SerialAsync(app));
        certificates.Renew();
        Assert.Equal("02", await SerialAsync(app));

        await File.WriteAllTextAsync(files.Certificate, "half of a", Cancel);
        certificates.Renew();
        Assert.Equal("02", await SerialAsync(app));

        File.Delete(files.Key);
        certificates.Renew();
        Assert.Equal("02", await SerialAsync(app));

        authority.IssueForServer();
        certificates.Renew();
        Assert.Equal("03", await SerialAsync(app));
    }

    [Fact]
    public void A_certificate_and_the_key_of_another_are_refused()
    {
        var (one, other) = (authority.IssueForServer("one"), authority.IssueForServer("other"));
        Assert.Contains("do not hold a certificate and its key", Fault(Options(new(one.Certificate, other.Key))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_encrypted_key_is_refused()
    {
        var files = authority.IssueForServer();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(files.Key, key.ExportEncryptedPkcs8PrivateKeyPem("secret", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        Assert.Contains("is encrypted", Fault(Options(files)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_authority_without_a_root_is_refused()
    {
        var files = authority.IssueForServer();
        Assert.Contains("holds no root certificate", Fault(Options(files) with { ClientCa = files.Certificate }), StringComparison.Ordinal);
        Assert.Contains("holds no root certificate", Fault(Options(files) with { ClientCa = files.Key }), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Fault(Options(files) with { ClientCa = files.Key + ".not" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CN=press-7", "press-7")]
    [InlineData("C=CN, O=Works, CN=一号压机", "一号压机")]
    [InlineData("O=Works", null)]
    [InlineData("CN=one, CN=two", null)]
    public void A_certificate_is_for_the_thing_of_its_one_common_name(string subject, string? thing)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(authority.Issue("thing", subject).Certificate);
        Assert.Equal(thing, CertificateName.Of(certificate));
    }

    [Fact]
    public void A_common_name_that_shares_its_place_with_another_attribute_names_nothing()
    {
        // A relative distinguished name is a set (RFC 5280, section 4.1.2.4).
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSetOf())
        {
            foreach (var (type, value) in new[] { ("2.5.4.3", "press-7"), ("2.5.4.11", "hall") })
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(type);
                    writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
                }
            }
        }

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(authority.Issue("thing", new X500DistinguishedName(writer.Encode())).Certificate);
        Assert.Null(CertificateName.Of(certificate));
    }

    private static MqttsOptions Options(PemFiles files) => new(new(IPAddress.Loopback, 0), files.Certificate, files.Key, null);

    private static string Fault(MqttsOptions options) =>
        Assert.Throws<CannotStartException>(() => new TlsCertificates(options, NullLogger.Instance)).Message;

    private static async Task<WebApplication> ListenAsync(TlsCertificates certificates)
    {
        var server = new MqttServer(new()
        {
            Authenticate = (_, _) => ValueTask.FromResult(MqttAuthentication.Refused()),
            AuthorizePublish = (_, _) => false,
            AuthorizeSubscribe = (_, _) => false,
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(server);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseMqtt(certificates.Handshakes)));
        var app = builder.Build();
        await app.StartAsync(Cancel);
        return app;
    }

    private static async Task<string> SerialAsync(WebApplication app)
    {
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port, Cancel);
        await using var tls = new SslStream(tcp.GetStream(), false, (_, certificate, _, _) => certificate!.Issuer == "CN=Test authority");
        await tls.AuthenticateAsClientAsync("localhost");
        return tls.RemoteCertificate!.GetSerialNumberString();
    }
}
