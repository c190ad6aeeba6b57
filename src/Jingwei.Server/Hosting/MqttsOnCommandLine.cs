using System.CommandLine;
using System.CommandLine.Parsing;
using Jingwei.Server.Devices.Tls;

namespace Jingwei.Server.Hosting;

/// <summary>The options of the MQTT listener over TLS.</summary>
internal sealed class MqttsOnCommandLine
{
    private readonly (Option<string?> Option, string? Set) address;
    private readonly (Option<string?> Option, string? Set) certificate;
    private readonly (Option<string?> Option, string? Set) key;
    private readonly (Option<string?> Option, string? Set) clientCa;

    public MqttsOnCommandLine(Command command, IConfiguration settings)
    {
        address = Declare(command, "--mqtts", "Address of the MQTT listener over TLS; port 0 picks a free one. By default there is none.", settings["MQTTS"]);
        certificate = Declare(command, "--tls-certificate", "PEM file of the server's certificate, with those between it and its root.", settings["TLS_CERTIFICATE"]);
        key = Declare(command, "--tls-key", "PEM file of the certificate's private key, not encrypted.", settings["TLS_KEY"]);
        clientCa = Declare(
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
        Value(result, address) is { } text && Addresses.TryMqtt("--mqtts", text, out var endPoint, out _)
            ? new(endPoint, Path.GetFullPath(Value(result, certificate)!), Path.GetFullPath(Value(result, key)!), Value(result, clientCa) is { } ca ? Path.GetFullPath(ca) : null)
            : null;

    private IEnumerable<string> Faults(CommandResult result)
    {
        var hasFiles = Value(result, certificate) is not null && Value(result, key) is not null;
        if (Value(result, address) is { } text)
        {
            if (!Addresses.TryMqtt("--mqtts", text, out _, out var fault))
            {
                yield return fault;
            }

            if (!hasFiles)
            {
                yield return "--mqtts needs --tls-certificate and --tls-key.";
            }
        }
        else if ((Value(result, certificate) ?? Value(result, key) ?? Value(result, clientCa)) is not null)
        {
            yield return "--tls-certificate, --tls-key and --tls-client-ca are of no use without --mqtts.";
        }
    }

    // A default is no result of the command yet when validators run.
    private static string? Value(CommandResult result, (Option<string?> Option, string? Set) setting) => result.GetValue(setting.Option) ?? setting.Set;

    private static (Option<string?> Option, string? Set) Declare(Command command, string name, string description, string? set)
    {
        var option = new Option<string?>(name) { Description = description };
        command.Options.Add(option);
        return (option, string.IsNullOrEmpty(set) ? null : set);
    }
}
