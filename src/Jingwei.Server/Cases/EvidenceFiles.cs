using System.Buffers;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Jingwei.Server.Cases;

/// <summary>A file that came in and is not part of any case yet.</summary>
/// <param name="Path">Where it lies for now.</param>
/// <param name="Hash">SHA-256 in lower-case hexadecimal.</param>
internal sealed record ReceivedFile(string Path, string Hash, string MediaType, long Bytes);

/// <summary>
/// Evidence on the disk, each file under the hash of its bytes, so that it is kept once and nobody can put another in its place unseen.
/// Nothing is ever erased but what came in and was never kept.
/// </summary>
internal sealed partial class EvidenceFiles
{
    private const int Piece = 64 * 1024;
    private readonly string folder;
    private readonly string incoming;

    public EvidenceFiles(string data)
    {
        folder = System.IO.Path.Combine(data, "evidence");
        incoming = System.IO.Path.Combine(folder, "incoming");
    }

    /// <summary>Removes what was coming in when the server stopped: it was never acknowledged.</summary>
    public void Sweep()
    {
        if (System.IO.Directory.Exists(incoming))
        {
            System.IO.Directory.Delete(incoming, recursive: true);
        }
    }

    /// <summary>Takes a file in and looks at it; null when it is larger than that.</summary>
    public async Task<ReceivedFile?> ReceiveAsync(Stream body, long most, CancellationToken cancellation)
    {
        System.IO.Directory.CreateDirectory(incoming);
        var path = System.IO.Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        var length = 0L;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, useAsync: true);
            while (await body.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                length += read;
                if (length > most)
                {
                    return null;
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            file.Flush(flushToDisk: true);
            return new(path, Convert.ToHexStringLower(hash.GetHashAndReset()), MediaTypes.Of(file), length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (length > most)
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Puts a file where its hash says; it is on the disk when this returns.</summary>
    public void Keep(ReceivedFile file)
    {
        var place = PlaceOf(file.Hash);
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(place)!);
        if (File.Exists(place))
        {
            File.Delete(file.Path);
        }
        else
        {
            File.Move(file.Path, place);
        }

        SyncFolder(System.IO.Path.GetDirectoryName(place)!);
        SyncFolder(folder);
    }

    /// <summary>Forgets a file that no case wants.</summary>
    public static void Drop(ReceivedFile file) => File.Delete(file.Path);

    /// <summary>A file by its hash; null when it is not there.</summary>
    public FileStream? Open(string hash)
    {
        var place = PlaceOf(hash);
        return File.Exists(place) ? new(place, FileMode.Open, FileAccess.Read, FileShare.Read, Piece, useAsync: true) : null;
    }

    /// <summary>What is wrong with a kept file; null when it is as it was.</summary>
    public string? FaultOf(Evidence evidence)
    {
        using var file = Open(evidence.Hash);
        if (file is null)
        {
            return "the file is missing";
        }

        return Convert.ToHexStringLower(SHA256.HashData(file)) == evidence.Hash ? null : "the file was altered";
    }

    // By the first two digits, so that no folder grows without end.
    private string PlaceOf(string hash) => System.IO.Path.Combine(folder, hash[..2], hash);

    // A new file's name is durable only once its folder is synced (fsync(2)); .NET opens no folders.
    private static void SyncFolder(string path)
    {
        var descriptor = Open(path, 0);
        if (descriptor < 0 || Sync(descriptor) != 0)
        {
            throw new IOException($"Cannot sync the folder {path}.", new Win32Exception(Marshal.GetLastPInvokeError()));
        }

        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
