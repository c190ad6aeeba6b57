using System.Net;
using Jingwei.Server.Devices.Tls;
using Jingwei.Server.Facts;
using Jingwei.Server.Identifiers;
using Jingwei.Server.Notifications.Sending;
using Jingwei.Server.Packs.Signing;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server;

/// <summary>What the operator sets.</summary>
/// <param name="Data">Folder of everything that is kept; made when missing.</param>
/// <param name="Http">Address of API and console; port 0 picks a free one.</param>
/// <param name="Mqtt">Address of the MQTT listener; port 0 picks a free one.</param>
/// <param name="Packs">Folder that holds one folder a pack; null looks for "packs" above the executable and the working folder.</param>
/// <param name="AdminPassword">Password of the first user; null makes one and prints it once.</param>
public sealed record ServerOptions(string Data, IPEndPoint Http, IPEndPoint Mqtt, string? Packs, string? AdminPassword)
{
    public const string DefaultData = "./data";
    public const string DefaultHttp = "http://127.0.0.1:8600";
    public const string DefaultMqtt = "127.0.0.1:1883";

    /// <summary>The MQTT listener over TLS; null: there is none.</summary>
    public MqttsOptions? Mqtts { get; init; }

    /// <summary>Limits of the telemetry slice, when its log is synced, and how long readings are kept.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Limits of the identifier node.</summary>
    public IdentifierOptions Identifiers { get; init; } = new();

    /// <summary>Limits of the store of facts.</summary>
    public FactOptions Facts { get; init; } = new();

    /// <summary>How notifications leave the platform.</summary>
    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>Which packs are let in, and whether their plug-ins are loaded.</summary>
    public PackTrust PackTrust { get; init; } = PackTrust.Anyone;

    /// <summary>Whether anybody may read the warnings that are issued here, without signing in.</summary>
    public bool PublicWarnings { get; init; }

    /// <summary>Whether anybody may read what can be reported by Open311, without signing in.</summary>
    public bool PublicOpen311 { get; init; }

    /// <summary>The transactional store's file.</summary>
    public string DatabaseFile => Path.Combine(Data, "jingwei.db");

    /// <summary>The name of the folder of identifiers in the data folder.</summary>
    public const string IdentifiersName = "identifiers";

    /// <summary>Where identifiers and their versions are kept.</summary>
    public string IdentifiersFolder => Path.Combine(Data, IdentifiersName);

    /// <summary>The name of the facts' folder in the data folder.</summary>
    public const string FactsName = "facts";

    /// <summary>Where facts are kept.</summary>
    public string FactsFolder => Path.Combine(Data, FactsName);

    /// <summary>The name of the ledger's folder in the data folder.</summary>
    public const string LedgerName = "ledger";

    /// <summary>Where the ledger's files are kept.</summary>
    public string LedgerFolder => Path.Combine(Data, LedgerName);

    /// <summary>The name of the folder in the data folder of what this server cosigned last of other ledgers.</summary>
    public const string WitnessName = "witness";

    /// <summary>The name that a new ledger gets; null: one by chance, or the one that it has.</summary>
    public string? LedgerOrigin { get; init; }

    /// <summary>Whether anybody may read the ledger's files without signing in.</summary>
    public bool PublicLedger { get; init; }

    /// <summary>Where MQTT sessions and retained messages are kept.</summary>
    public string SessionsFolder => Path.Combine(Data, "mqtt");

    /// <summary>The folder of packs, or null when there is none.</summary>
    public string? PacksFolder => Packs ?? Above(AppContext.BaseDirectory) ?? Above(Environment.CurrentDirectory);

    private static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var packs = Path.Combine(folder.FullName, "packs");
            if (System.IO.Directory.Exists(packs) && !packs.Contains("artifacts", StringComparison.Ordinal))
            {
                return packs;
            }
        }

        return null;
    }
}
