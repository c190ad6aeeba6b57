namespace Jingwei.Server.Devices.Tls;

/// <summary>What stands in the files of <see cref="MqttsOptions"/>; two are equal when nothing has changed.</summary>
internal sealed record TlsFiles(string Certificate, string Key, string? ClientCa)
{
    /// <exception cref="CannotStartException">A file cannot be read.</exception>
    public static TlsFiles Read(MqttsOptions options) => new(
        Read("--tls-certificate", options.Certificate),
        Read("--tls-key", options.Key),
        options.ClientCa is { } file ? Read("--tls-client-ca", file) : null);

    private static string Read(string option, string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"{option}: {file} cannot be read: {e.Message}");
        }
    }

    /// <summary>No key in a log.</summary>
    public override string ToString() => nameof(TlsFiles);
}
