using System.IO.Compression;
using System.Text;

namespace Jingwei.Text.Models;

/// <summary>A model file: a signature, a version, then its content, compressed.</summary>
internal static class ModelFile
{
    /// <summary>Raised whenever a reader of an older version could not read the content, or would read it wrongly.</summary>
    internal const int Version = 2;

    private static ReadOnlySpan<byte> Signature => "JWTEXT\r\n"u8;

    internal static void Write(string file, Action<BinaryWriter> write)
    {
        using var stream = File.Create(file);
        stream.Write(Signature);
        stream.Write(BitConverter.GetBytes(Version));
        using var packed = new BrotliStream(stream, CompressionLevel.SmallestSize);
        using var buffer = new BufferedStream(packed, 1 << 16);
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        write(writer);
    }

    /// <summary>Reads a model file.</summary>
    /// <exception cref="InvalidDataException">The file is no model file, of another version, or damaged.</exception>
    internal static T Read<T>(string file, Func<BinaryReader, T> read)
    {
        using var stream = new MemoryStream(File.ReadAllBytes(file));
        Span<byte> head = stackalloc byte[Signature.Length + sizeof(int)];
        if (stream.Read(head) < head.Length || !head.StartsWith(Signature))
        {
            throw new InvalidDataException($"{file} is no model file.");
        }

        var version = BitConverter.ToInt32(head[Signature.Length..]);
        if (version != Version)
        {
            throw new InvalidDataException($"{file} is of version {version}; this program reads {Version}. Train it anew with `text train`.");
        }

        using var packed = new BrotliStream(stream, CompressionMode.Decompress);
        using var content = new MemoryStream();
        try
        {
            packed.CopyTo(content);
            content.Position = 0;
            using var reader = new BinaryReader(content, Encoding.UTF8);
            return read(reader);
        }
        catch (Exception damage) when (damage is EndOfStreamException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{file} is damaged: {damage.Message}", damage);
        }
    }
}
