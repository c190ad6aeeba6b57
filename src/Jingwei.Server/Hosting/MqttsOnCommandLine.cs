using System.CommandLine;
using System.CommandLine.Parsing;
using Jingwei.Server.Devices.Tls;

namespace Jingwei.Server.Hosting;

/// <summary>The options of the MQTT listener over TLS.</summary>
internal sealed class MqttsOnCommandLine
{
    private readonly TextSetting address;
    private readonly TextSetting certificate;
    private readonly TextSetting key;
    private readonly TextSetting clientCa;

    public MqttsOnCommandLine(Command command, IConfiguration settings)
    {
        address = new(command, "--mqtts", "Address of the MQTT listener over TLS; port 0 picks a free one. By default there is none.", settings["MQTTS"]);
        certificate = new(command, "--tls-certificate", "PEM file of the server's certificate, with those between it and its root.", settings["TLS_CERTIFICATE"]);
        key = new(command, "--tls-key", "PEM file of the certificate's private key, not encrypted.", settings["TLS_KEY"]);
        clientCa = new(
            command, "--tls-client-ca", "PEM file of the authorities whose certificates let things in: the subject's common name is the thing's id.", settings["TLS_CLIENT_CA"]);
        command.Validators.Add(result =>
        {
            foreach (var fault in Faults(result))
            {
                result.AddError(fault);
            }
        });
    }

    /// <summary>Null: no listener over TLS.</summary>
    public MqttsOptions? Read(CommandResult result) =>
        address.Of(result) is { } text && Addresses.TryEndPoint("--mqtts", text, out var endPoint, out _)
            ? new(endPoint, Path.GetFullPath(certificate.Of(result)!), Path.GetFullPath(key.Of(result)!), clientCa.Of(result) is { } ca ? Path.GetFullPath(ca) : null)
            : null;

    private IEnumerable<string> Faults(CommandResult result)
    {
        var hasFiles = certificate.Of(result) is not null && key.Of(result) is not null;
        if (address.Of(result) is { } text)
        {
            if (!Addresses.TryEndPoint("--mqtts", text, out _, out var fault))
            {
                yield return fault;
            }

            if (!hasFiles)
            {
                yield return "--mqtts needs --tls-certificate and --tls-key.";
            }
        }
        else if ((certificate.Of(result) ?? key.Of(result) ?? clientCa.Of(result)) is not null)
        {
            yield return "--tls-certificate, --tls-key and --tls-client-ca are of no use without --mqtts.";
        }
    }
}
