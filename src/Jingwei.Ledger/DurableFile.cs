using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Jingwei.Ledger;

/// <summary>What it takes for a file to be there after a power cut.</summary>
internal static partial class DurableFile
{
    /// <summary>Writes a file and syncs it; its name is durable after <see cref="SyncNames"/>.</summary>
    /// <exception cref="IOException">It is unknown what of it is there.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, bytes, 0);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Makes the names in a folder durable (fsync(2)); .NET opens no folders, and Windows needs no such thing.</summary>
    /// <exception cref="IOException">It is unknown whether they are.</exception>
    public static void SyncNames(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            Call(folder, SyncFile);
        }
    }

    /// <summary>Makes durable all that is in the file system of a folder (syncfs(2)); on Linux only.</summary>
    /// <exception cref="IOException">It is unknown whether it is.</exception>
    public static void SyncAll(string folder) => Call(folder, SyncFileSystem);

    private static void Call(string folder, Func<SafeFileHandle, int> sync)
    {
        using var opened = Open(folder, 0);
        if (opened.IsInvalid || sync(opened) != 0)
        {
            throw new IOException($"Cannot sync the folder {folder}.", new Win32Exception(Marshal.GetLastPInvokeError()));
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncFile(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(SafeFileHandle file);
}
