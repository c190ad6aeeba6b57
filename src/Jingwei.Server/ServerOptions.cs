namespace Jingwei.Server;

/// <summary>
/// What the operator sets, read from the command line, then JINGWEI_* variables, then appsettings.json.
/// </summary>
/// <param name="Data">Folder of everything that is kept; made when missing.</param>
/// <param name="Http">Address of API and console; port 0 picks a free one.</param>
/// <param name="Mqtt">Address of the MQTT listener as host:port; port 0 picks a free one.</param>
/// <param name="Packs">Folder that holds one folder a pack; null looks for "packs" above the executable and the working folder.</param>
/// <param name="AdminPassword">Password of the first user; null makes one and prints it once.</param>
public sealed record ServerOptions(string Data, Uri Http, string Mqtt, string? Packs, string? AdminPassword)
{
    public const string DefaultData = "./data";
    public const string DefaultHttp = "http://127.0.0.1:8600";
    public const string DefaultMqtt = "127.0.0.1:1883";

    /// <summary>The transactional store's file.</summary>
    public string DatabaseFile => Path.Combine(Data, "jingwei.db");
}
