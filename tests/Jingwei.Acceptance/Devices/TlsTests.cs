using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using Jingwei.Tests;
using Jingwei.Tests.Devices;

namespace Jingwei.Acceptance.Devices;

/// <summary>MQTT over TLS: mosquitto's client against the real server.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Reading = """{"values":{"spindle_temperature":41.5}}""";

    private readonly TestAuthority authority = new();

    private static string Publisher => External.Program("mosquitto_pub", "apt-get install mosquitto-clients");

    public void Dispose() => authority.Dispose();

    [Theory]
    [InlineData("tlsv1.2", "mqttv311")]
    [InlineData("tlsv1.3", "mqttv5")]
    public async Task A_thing_signs_in_by_its_certificate_and_its_reading_is_stored(string tls, string version)
    {
        await using var server = await StartAsync();
        await server.AddThingAsync("drill", "drilling-machine");
        var own = authority.Issue("drill", "O=Works, CN=drill");

        var (exitCode, output) = await PublishAsync(server, own, "--tls-version", tls, "-V", version);

        Assert.True(exitCode == 0, output);
        var latest = await server.UntilAsync("/api/things/drill/latest", answer => answer["values"]!["spindle_temperature"] is not null);
        Assert.Equal(41.5, (double)latest["values"]!["spindle_temperature"]!["value"]!);
    }

    [Fact]
    public async Task Without_a_certificate_the_secret_counts()
    {
        await using var server = await StartAsync();
        var secret = await server.AddThingAsync("drill", "drilling-machine");
        var (exitCode, output) = await PublishAsync(server, null, "-V", "mqttv5", "-u", "drill", "-P", secret);
        Assert.True(exitCode == 0, output);
        await server.UntilAsync("/api/things/drill/latest", answer => answer["values"]!["spindle_temperature"] is not null);

        (exitCode, output) = await PublishAsync(server, null, "-V", "mqttv5", "-u", "drill");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Bad user name or password", output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_certificate_that_is_not_good_ends_the_handshake()
    {
        using var stranger = new TestAuthority("Another authority");
        await using var server = await StartAsync();
        await server.AddThingAsync("drill", "drilling-machine");
        (PemFiles Shown, string Status)[] bad =
        [
            (stranger.Issue("drill", "CN=drill"), "PartialChain"),
            (authority.Issue("old", "CN=drill", end: new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)), "NotTimeValid"),
            (authority.Issue("other-use", "CN=drill", TestAuthority.ForServers), "NotValidForUsage"),
        ];
        foreach (var (shown, status) in bad)
        {
            foreach (var tls in (string[])["tlsv1.2", "tlsv1.3"])
            {
                var (exitCode, output) = await PublishAsync(server, shown, "-V", "mqttv5", "--tls-version", tls);
                Assert.True(exitCode != 0, $"{status}: {output}");
            }

            await server.SaysAsync($"the certificate of CN=drill is not good ({status})");
        }

        Assert.Equal(0, (long)(await server.GetAsync("/api/accounting"))["received"]!);
    }

    [Theory]
    [InlineData("CN=nobody", null, "Not authorized")]
    [InlineData("O=Works", null, "Not authorized")]
    [InlineData("CN=token", null, "Not authorized")]
    [InlineData("CN=drill", "press", "Bad user name or password")]
    public async Task A_good_certificate_lets_in_nobody_but_its_thing(string subject, string? user, string words)
    {
        await using var server = await StartAsync();
        await server.AddThingAsync("drill", "drilling-machine");
        await server.AddThingAsync("press", "drilling-machine");
        string[] name = user is null ? [] : ["-u", user];
        var (exitCode, output) = await PublishAsync(server, authority.Issue("shown", subject), ["-V", "mqttv5", .. name]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(words, output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_a_client_authority_a_certificate_is_not_asked_for()
    {
        await using var server = await StartAsync(clientCa: false);
        await server.AddThingAsync("drill", "drilling-machine");
        var (exitCode, output) = await PublishAsync(server, authority.Issue("drill", "CN=drill"), "-V", "mqttv5");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Bad user name or password", output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Tls_1_1_is_refused()
    {
        // RFC 8996. At security level 0 the client really offers it.
        await using var server = await StartAsync();
        var openssl = External.Program("openssl", "apt-get install openssl");
        var address = $"127.0.0.1:{server.MqttsPort.ToString(CultureInfo.InvariantCulture)}";
        var (_, refused) = await ExternalProgram.RunAsync("sh", "-c", $"{openssl} s_client -connect {address} -tls1_1 -cipher 'ALL:@SECLEVEL=0' </dev/null");
        Assert.Contains("alert protocol version", refused, StringComparison.Ordinal);
        var (_, taken) = await ExternalProgram.RunAsync("sh", "-c", $"{openssl} s_client -connect {address} -tls1_2 -cipher 'ALL:@SECLEVEL=0' </dev/null");
        Assert.Contains("Protocol  : TLSv1.2", taken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_may_say_by_alpn_that_it_speaks_mqtt()
    {
        await using var server = await StartAsync();
        await server.AddThingAsync("drill", "drilling-machine");
        var (exitCode, output) = await PublishAsync(server, authority.Issue("drill", "CN=drill"), "-V", "mqttv5", "--tls-alpn", "mqtt");
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task A_certificate_that_is_renewed_on_disk_is_shown_without_a_restart()
    {
        await using var server = await StartAsync();
        Assert.Equal("01", await SerialAsync(server));
        var files = authority.IssueForServer();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await SerialAsync(server) != "02")
        {
            await pause.WaitForNextTickAsync();
        }

        await File.WriteAllTextAsync(files.Certificate, "no certificate");
        await server.SaysAsync("those before stay in force");
        Assert.Equal("02", await SerialAsync(server));
    }

    [Fact]
    public async Task What_is_missing_or_wrong_is_said_at_the_start()
    {
        var good = authority.IssueForServer();
        var data = Directory.CreateTempSubdirectory("jingwei-").FullName;
        (string[] Options, int ExitCode, string Words)[] wrong =
        [
            (["--mqtts", "127.0.0.1:0"], 2, "--mqtts needs --tls-certificate and --tls-key."),
            (["--mqtts", "somewhere", "--tls-certificate", good.Certificate, "--tls-key", good.Key], 2, "--mqtts takes ADDRESS:PORT"),
            (["--tls-client-ca", authority.Root], 2, "of no use without --mqtts"),
            (["--mqtts", "127.0.0.1:0", "--tls-certificate", good.Certificate + ".not", "--tls-key", good.Key], 1, "--tls-certificate: "),
            (["--mqtts", "127.0.0.1:0", "--tls-certificate", good.Key, "--tls-key", good.Certificate], 1, "do not hold a certificate and its key"),
        ];
        foreach (var (options, expected, words) in wrong)
        {
            var (exitCode, output) = await ExternalProgram.RunAsync("dotnet", [.. ServerProcess.ServeArguments(data), .. options]);
            Assert.Contains(words, output, StringComparison.Ordinal);
            Assert.Equal(expected, exitCode);
        }
    }

    private Task<ServerProcess> StartAsync(bool clientCa = true)
    {
        var own = authority.IssueForServer();
        string[] trust = clientCa ? ["--tls-client-ca", authority.Root] : [];
        return ServerProcess.StartAsync(null, "serve", ["--mqtts", "127.0.0.1:0", "--tls-certificate", own.Certificate, "--tls-key", own.Key, .. trust]);
    }

    private Task<(int ExitCode, string Output)> PublishAsync(ServerProcess server, PemFiles? shown, params string[] more)
    {
        string[] own = shown is null ? [] : ["--cert", shown.Certificate, "--key", shown.Key];
        return ExternalProgram.RunAsync(
            Publisher,
            ["-h", "127.0.0.1", "-p", server.MqttsPort.ToString(CultureInfo.InvariantCulture), "--cafile", authority.Root, "-q", "1",
            "-t", "jw/drill/readings", "-m", Reading, .. own, .. more]);
    }

    private static async Task<string> SerialAsync(ServerProcess server)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", server.MqttsPort);
        await using var tls = new SslStream(tcp.GetStream(), false, (_, certificate, _, _) => certificate!.Issuer == "CN=Test authority");
        await tls.AuthenticateAsClientAsync("localhost");
        return tls.RemoteCertificate!.GetSerialNumberString();
    }
}
