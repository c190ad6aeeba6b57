using System.CommandLine;
using Jingwei.Server.Telemetry.Keeping;

namespace Jingwei.Server.Hosting;

/// <summary>The options of `serve` and `demo`: command line first, then JINGWEI_* variables, then appsettings.json, then defaults.</summary>
internal sealed class OptionsOnCommandLine
{
    private readonly Option<string> data;
    private readonly Option<string> http;
    private readonly Option<string> mqtt;
    private readonly Option<string?> packs;
    private readonly Option<string?> adminPassword;
    private readonly Option<string?> keep;

    public OptionsOnCommandLine(Command command)
    {
        var settings = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables("JINGWEI_")
            .Build();
        data = Declare(command, "--data", "Folder of everything that is kept.", _ => settings["DATA"] ?? ServerOptions.DefaultData);
        http = Declare(command, "--http", "Address of API and console; port 0 picks a free one.", _ => settings["HTTP"] ?? ServerOptions.DefaultHttp);
        mqtt = Declare(command, "--mqtt", "Address of the MQTT listener; port 0 picks a free one.", _ => settings["MQTT"] ?? ServerOptions.DefaultMqtt);
        packs = Declare(command, "--packs", "Folder that holds one folder a pack; by default \"packs\" above the program or the working folder.", _ => settings["PACKS"]);
        adminPassword = Declare(
            command, "--admin-password", "Password of the first user, admin; first start only. By default one is made and printed once.", _ => settings["ADMIN_PASSWORD"]);
        keep = Declare(
            command, "--keep", "How long readings and their sums are kept, such as readings=90d,minutes=365d,hours=3650d; what is not named stays for ever.", _ => settings["KEEP"]);
        command.Validators.Add(result =>
        {
            if (!RetentionOptions.TryParse(result.GetValue(keep) ?? settings["KEEP"], out _, out var keepFault))
            {
                result.AddError(keepFault);
            }

            // A default is no result of the command yet when validators run.
            if (!Addresses.TryHttp(result.GetValue(http) ?? settings["HTTP"] ?? ServerOptions.DefaultHttp, out _, out var httpFault))
            {
                result.AddError(httpFault);
            }

            if (!Addresses.TryMqtt(result.GetValue(mqtt) ?? settings["MQTT"] ?? ServerOptions.DefaultMqtt, out _, out var mqttFault))
            {
                result.AddError(mqttFault);
            }
        });
    }

    public ServerOptions Read(ParseResult parsed)
    {
        Addresses.TryHttp(parsed.GetValue(http), out var httpAddress, out _);
        Addresses.TryMqtt(parsed.GetValue(mqtt), out var mqttAddress, out _);
        return new(Path.GetFullPath(parsed.GetValue(data)!), httpAddress!, mqttAddress!, parsed.GetValue(packs), parsed.GetValue(adminPassword)) { Keep = parsed.GetValue(keep) };
    }

    private static Option<T> Declare<T>(Command command, string name, string description, Func<System.CommandLine.Parsing.ArgumentResult, T> byDefault)
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = byDefault };
        command.Options.Add(option);
        return option;
    }
}
