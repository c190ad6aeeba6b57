using System.Buffers.Binary;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Jingwei.Mqtt.Journal;

/// <summary>
/// The journal's files: segments that are only appended to, in frames of a mark, a length, a CRC-32C over length and body (RFC 3720,
/// appendix B.4), and the body. A frame is one commit: it counts whole or not at all.
/// </summary>
internal sealed partial class JournalFolder : IDisposable
{
    public const int HeaderBytes = 12;
    private const uint Mark = 0x314A514D; // "MQJ1"
    private const string Pattern = "*.journal";

    private readonly string folder;
    private readonly List<string> segments;
    private SafeFileHandle? file;
    private long end;
    private ulong lastSegment;

    public JournalFolder(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        segments = [.. new DirectoryInfo(folder).EnumerateFiles(Pattern).Select(found => found.FullName).Order(StringComparer.Ordinal)];
        lastSegment = segments.Count == 0 ? 0 : ulong.Parse(Path.GetFileNameWithoutExtension(segments[^1]), CultureInfo.InvariantCulture);
    }

    /// <summary>Hands over the body of every whole frame, oldest first, and cuts off an unfinished last one, which nobody was told of.</summary>
    /// <exception cref="MqttJournalDamagedException">Something else than the very end is damaged.</exception>
    public long Replay(Action<ReadOnlySpan<byte>> take)
    {
        long total = 0;
        foreach (var segment in segments)
        {
            ReadOnlySpan<byte> rest = File.ReadAllBytes(segment);
            var length = rest.Length;
            while (Measure(rest) is var size and > 0)
            {
                take(rest[HeaderBytes..size]);
                rest = rest[size..];
            }

            if (!rest.IsEmpty)
            {
                CutOff(segment, length - rest.Length, rest);
            }

            total += length - rest.Length;
        }

        return total;
    }

    /// <summary>From now on frames go to a new segment.</summary>
    public void Roll()
    {
        file?.Dispose();
        var name = Path.Combine(folder, (++lastSegment).ToString("D20", CultureInfo.InvariantCulture) + ".journal");
        file = File.OpenHandle(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        end = 0;
        segments.Add(name);
        SyncFolder();
    }

    /// <summary>Appends a buffer whose first <see cref="HeaderBytes"/> are free for the header. When this returns it is on disk.</summary>
    public void Write(JournalBuffer frame)
    {
        var bytes = frame.Written;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Checksum(bytes));
        try
        {
            RandomAccess.Write(file!, bytes, end);
        }
        catch (ArgumentOutOfRangeException error)
        {
            // How .NET tells EFBIG (write(2)): a limit of the file system or of the process, not a mistake of ours.
            throw new IOException("The session journal cannot grow: a file size limit is reached.", error);
        }

        RandomAccess.FlushToDisk(file!);
        end += bytes.Length;
    }

    /// <summary>Deletes all segments but the one being written.</summary>
    public void DeleteOlder()
    {
        foreach (var old in segments[..^1])
        {
            File.Delete(old);
        }

        segments.RemoveRange(0, segments.Count - 1);
    }

    public void Dispose() => file?.Dispose();

    private void CutOff(string segment, long offset, ReadOnlySpan<byte> rest)
    {
        if (segment != segments[^1] || HasFrame(rest[1..]))
        {
            throw new MqttJournalDamagedException(segment, offset);
        }

        using var torn = File.OpenHandle(segment, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.SetLength(torn, offset);
        RandomAccess.FlushToDisk(torn);
    }

    private static bool HasFrame(ReadOnlySpan<byte> bytes)
    {
        Span<byte> mark = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(mark, Mark);
        while (bytes.IndexOf(mark) is var at and >= 0)
        {
            if (Measure(bytes[at..]) > 0)
            {
                return true;
            }

            bytes = bytes[(at + 1)..];
        }

        return false;
    }

    /// <summary>Bytes of the whole frame at the front; 0 when there is none.</summary>
    private static int Measure(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Mark)
        {
            return 0;
        }

        var size = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        return size >= HeaderBytes && size <= bytes.Length
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) == Checksum(bytes[..size]) ? size : 0;
    }

    private static uint Checksum(ReadOnlySpan<byte> frame) => ~Add(Add(uint.MaxValue, frame[4..8]), frame[HeaderBytes..]);

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return crc;
    }

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

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
