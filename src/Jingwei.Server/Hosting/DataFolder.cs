namespace Jingwei.Server.Hosting;

/// <summary>One server at a time works on a data folder: the engine allows one process a path, and so do we.</summary>
internal static class DataFolder
{
    private const string LockFile = "lock";

    /// <summary>Holds the folder until the answer is disposed.</summary>
    /// <exception cref="CannotStartException">Another process holds it.</exception>
    public static IDisposable Claim(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new CannotStartException($"Another server runs on {folder}. Stop it, or choose another folder with --data.");
        }
    }
}
