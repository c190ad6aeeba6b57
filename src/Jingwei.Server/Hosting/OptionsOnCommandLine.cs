using System.CommandLine;
using Jingwei.Server.Packs.Plugins;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Keeping;

namespace Jingwei.Server.Hosting;

/// <summary>The options of `serve` and `demo`: command line first, then JINGWEI_* variables, then appsettings.json, then defaults.</summary>
internal sealed class OptionsOnCommandLine
{
    private static readonly string[] UnsignedValues = ["allow", "refuse"];

    private readonly Option<string> data;
    private readonly Option<string> http;
    private readonly Option<string> mqtt;
    private readonly MqttsOnCommandLine mqtts;
    private readonly Option<string?> packs;
    private readonly Option<string?> packKeys;
    private readonly Option<string> unsignedPacks;
    private readonly Option<string> plugins;
    private readonly Option<string?> adminPassword;
    private readonly Option<string?> sync;
    private readonly Option<string?> keep;
    private readonly Option<bool> publicWarnings;
    private readonly Option<bool> publicOpen311;
    private readonly Option<bool> publicLedger;
    private readonly Option<string?> ledgerOrigin;
    private readonly Option<bool> publicIdentifiers;
    private readonly NodeOnCommandLine node;
    private readonly DeliveryOnCommandLine delivery;
    private readonly TelemetryOptions telemetry;

    public OptionsOnCommandLine(Command command)
    {
        var settings = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables("JINGWEI_")
            .Build();
        data = Declare(command, "--data", "Folder of everything that is kept.", _ => settings["DATA"] ?? ServerOptions.DefaultData);
        http = Declare(command, "--http", "Address of API and console; port 0 picks a free one.", _ => settings["HTTP"] ?? ServerOptions.DefaultHttp);
        mqtt = Declare(command, "--mqtt", "Address of the MQTT listener; port 0 picks a free one.", _ => settings["MQTT"] ?? ServerOptions.DefaultMqtt);
        mqtts = new(command, settings);
        packs = Declare(command, "--packs", "Folder that holds one folder a pack; by default \"packs\" above the program or the working folder.", _ => settings["PACKS"]);
        packKeys = Declare(command, "--pack-keys", "Folder of PEM files with the public keys whose packs are trusted.", _ => settings["PACK_KEYS"]);
        unsignedPacks = Declare(command, "--unsigned-packs", "Whether packs come in that no trusted key has signed: allow or refuse.", _ => settings["UNSIGNED_PACKS"] ?? "allow");
        unsignedPacks.AcceptOnlyFromAmong(UnsignedValues);
        plugins = Declare(command, PluginOption.Name, PluginOption.Description, _ => settings["PLUGINS"] ?? PluginOption.Deny);
        plugins.AcceptOnlyFromAmong(PluginOption.Values);
        adminPassword = Declare(
            command, "--admin-password", "Password of the first user, admin; first start only. By default one is made and printed once.", _ => settings["ADMIN_PASSWORD"]);
        sync = Declare(
            command, "--sync", "When the log of readings is synced to the disk: always (before every acknowledgement), interval (every second), or os (when the system pleases).",
            _ => settings["SYNC"]);
        keep = Declare(
            command, "--keep", "How long readings and their sums are kept, such as readings=90d,minutes=365d,hours=3650d; what is not named stays for ever.", _ => settings["KEEP"]);
        publicWarnings = DeclareOpen(command, settings, "warnings", "Let anybody read the warnings that are issued here, as CAP, without signing in.");
        publicOpen311 = DeclareOpen(command, settings, "open311", "Let anybody read which services there are for Open311, without signing in.");
        publicLedger = DeclareOpen(command, settings, "ledger", "Let anybody read the ledger's files without signing in; they hold commitments, no contents.");
        ledgerOrigin = Declare(
            command, "--ledger-origin", "Name of the ledger, as example.cn/ledger; first start only. By default one is made by chance.", _ => settings["LEDGER_ORIGIN"]);
        publicIdentifiers = DeclareOpen(command, settings, "identifiers", "Let anybody resolve identifiers without signing in; he reads the values that are for everybody.");
        node = new(command, settings);
        delivery = new(command, settings);
        telemetry = TelemetrySettings.Read(settings, out var faults);
        command.Validators.Add(result =>
        {
            foreach (var fault in faults)
            {
                result.AddError(fault);
            }

            // What stands in the environment or the file is not checked by the option itself.
            foreach (var (name, setting, values) in new[] { (unsignedPacks.Name, "UNSIGNED_PACKS", UnsignedValues), (plugins.Name, "PLUGINS", PluginOption.Values) })
            {
                if (settings[setting] is { } said && !values.Contains(said))
                {
                    result.AddError($"{name} takes {string.Join(" or ", values)}, not \"{said}\".");
                }
            }

            var policy = result.GetValue(sync) ?? settings["SYNC"];
            if (policy is not null && !TrySync(policy, out _))
            {
                result.AddError($"--sync takes always, interval or os, not \"{policy}\".");
            }

            if (!RetentionOptions.TryParse(result.GetValue(keep) ?? settings["KEEP"], out _, out var keepFault))
            {
                result.AddError(keepFault);
            }

            // A default is no result of the command yet when validators run.
            if (!Addresses.TryHttp(result.GetValue(http) ?? settings["HTTP"] ?? ServerOptions.DefaultHttp, out _, out var httpFault))
            {
                result.AddError(httpFault);
            }

            if (!Addresses.TryEndPoint("--mqtt", result.GetValue(mqtt) ?? settings["MQTT"] ?? ServerOptions.DefaultMqtt, out _, out var mqttFault))
            {
                result.AddError(mqttFault);
            }
        });
    }

    public ServerOptions Read(ParseResult parsed)
    {
        Addresses.TryHttp(parsed.GetValue(http), out var httpAddress, out _);
        Addresses.TryEndPoint("--mqtt", parsed.GetValue(mqtt), out var mqttAddress, out _);
        var kept = parsed.GetValue(keep) is { } ages && RetentionOptions.TryParse(ages, out var retention, out _) ? retention : telemetry.Retention;
        var policy = TrySync(parsed.GetValue(sync), out var chosen) ? chosen : telemetry.Sync;
        return new(Path.GetFullPath(parsed.GetValue(data)!), httpAddress!, mqttAddress!, parsed.GetValue(packs), parsed.GetValue(adminPassword))
        {
            Mqtts = mqtts.Read(parsed.CommandResult),
            Delivery = delivery.Read(parsed.CommandResult),
            PackTrust = new(parsed.GetValue(packKeys), parsed.GetValue(unsignedPacks) != "refuse") { PluginsAllowed = PluginOption.IsAllowed(parsed.GetValue(plugins)) },
            Identifiers = node.Read(parsed.CommandResult) with { PublicValues = parsed.GetValue(publicIdentifiers) },
            Facts = new() { CompanyPrefixes = node.ReadLengths(parsed.CommandResult) },
            LedgerOrigin = parsed.GetValue(ledgerOrigin),
            PublicLedger = parsed.GetValue(publicLedger),
            PublicOpen311 = parsed.GetValue(publicOpen311),
            PublicWarnings = parsed.GetValue(publicWarnings),
            Telemetry = telemetry with { Sync = policy, Retention = kept },
        };
    }

    // By name only: numbers, which the parser of enumerations takes too, mean nothing to an operator.
    private static bool TrySync(string? text, out LogSync policy) =>
        Enum.TryParse(text, ignoreCase: true, out policy) && Enum.IsDefined(policy) && char.IsAsciiLetter(text![0]);

    // What is open to everybody only where the operator says so.
    private static Option<bool> DeclareOpen(Command command, IConfiguration settings, string what, string description) => Declare(
        command, $"--public-{what}", description, _ => string.Equals(settings[$"PUBLIC_{what.ToUpperInvariant()}"], "true", StringComparison.OrdinalIgnoreCase));

    private static Option<T> Declare<T>(Command command, string name, string description, Func<System.CommandLine.Parsing.ArgumentResult, T> byDefault)
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = byDefault };
        command.Options.Add(option);
        return option;
    }
}
