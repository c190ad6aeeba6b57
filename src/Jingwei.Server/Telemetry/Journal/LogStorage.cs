using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Jingwei.Server.Telemetry.Journal;

/// <summary>Where log segments live. Two implementations: a folder, and in tests one that loses what was not synced.</summary>
internal interface ILogStorage
{
    /// <summary>Names of all segments, in ordinal order.</summary>
    IReadOnlyList<string> Names();

    byte[] Read(string name);

    /// <summary>Opens a segment for appending after its first <paramref name="length"/> bytes; makes it when it is new. Durable once this returned.</summary>
    ILogFile Append(string name, long length);

    void Delete(string name);
}

/// <summary>A segment that is being written.</summary>
internal interface ILogFile : IDisposable
{
    /// <summary>Adds bytes at the end; they may be lost until <see cref="Sync"/> returned.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>When this returns, everything written is on the disk itself. When it throws, nothing is known.</summary>
    void Sync();
}

/// <summary>Segments as files of one folder.</summary>
internal sealed partial class LogFolder : ILogStorage
{
    private const string Pattern = "*.log";
    private readonly string folder;

    public LogFolder(string folder)
    {
        this.folder = folder;
        System.IO.Directory.CreateDirectory(folder);
    }

    public IReadOnlyList<string> Names() =>
        [.. new DirectoryInfo(folder).EnumerateFiles(Pattern).Select(file => file.Name).Order(StringComparer.Ordinal)];

    public byte[] Read(string name) => File.ReadAllBytes(Path.Combine(folder, name));

    public ILogFile Append(string name, long length)
    {
        var handle = File.OpenHandle(Path.Combine(folder, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        if (RandomAccess.GetLength(handle) != length)
        {
            RandomAccess.SetLength(handle, length);
        }

        RandomAccess.FlushToDisk(handle);
        SyncFolder();
        return new DiskFile(handle, length);
    }

    public void Delete(string name) => File.Delete(Path.Combine(folder, name));

    // A new file's name is durable only once its folder is synced (fsync(2)); .NET opens no folders.
    private void SyncFolder()
    {
        var descriptor = Open(folder, 0);
        if (descriptor < 0 || Sync(descriptor) != 0)
        {
            throw new IOException($"Cannot sync the folder {folder}.", new Win32Exception(Marshal.GetLastPInvokeError()));
        }

        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SyncData(Microsoft.Win32.SafeHandles.SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    private sealed class DiskFile(Microsoft.Win32.SafeHandles.SafeFileHandle handle, long length) : ILogFile
    {
        private long end = length;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            try
            {
                RandomAccess.Write(handle, bytes, end);
            }
            catch (ArgumentOutOfRangeException error)
            {
                // How .NET tells EFBIG (write(2)): a limit of the file system or of the process, not a mistake of ours.
                throw new IOException("The log segment cannot grow: a file size limit is reached.", error);
            }

            end += bytes.Length;
        }

        // Linux: the data and the length, which is what a reader needs, and not the times of the file (fdatasync(2)).
        public void Sync()
        {
            if (!OperatingSystem.IsLinux())
            {
                RandomAccess.FlushToDisk(handle);
            }
            else if (SyncData(handle) != 0)
            {
                throw new IOException("Cannot sync the log segment.", new Win32Exception(Marshal.GetLastPInvokeError()));
            }
        }

        public void Dispose() => handle.Dispose();
    }
}
