using System.Globalization;
using System.Text;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Tiles;
using Jingwei.Tests;

namespace Jingwei.Conformance.Ledger;

/// <summary>A log of three levels of tiles with three checkpoints, as its writer left it; tests take copies.</summary>
public sealed class HonestLog : IDisposable
{
    public const string Origin = "example.com/log";
    public const int FirstSize = 300;
    public const int SecondSize = 65_800;
    public const int Size = 66_000;

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public HonestLog()
    {
        using var log = Write(Folder, Key, Entry, FirstSize, SecondSize, Size);
        First = File.ReadAllBytes(Path.Combine(Folder, "checkpoint.300"));
        Second = File.ReadAllBytes(Path.Combine(Folder, "checkpoint.65800"));
        foreach (var size in (int[])[FirstSize, SecondSize, Size])
        {
            File.Delete(Path.Combine(Folder, $"checkpoint.{size}"));
        }

        Cosigned = Witness.Sign(log.Published.Note.Text.Span, Time);
        SecondCosigned = Witness.Sign(CheckpointNote.Read(Second).Require().Note.Text.Span, Time);
        log.Cosign(log.Published.Checkpoint, [Cosigned]);
    }

    internal static TimeProvider Time { get; } = new ManualTime(Start);

    public NoteSigner Key { get; } = NoteSigner.Generate(Origin, SignatureType.Ed25519);

    public NoteSigner Witness { get; } = NoteSigner.Generate("example.com/witness", SignatureType.Ed25519Cosignature);

    public string Folder { get; } = Directory.CreateTempSubdirectory("jingwei-honest-").FullName;

    /// <summary>The checkpoint of 300 entries, as it was seen then.</summary>
    public byte[] First { get; }

    /// <summary>That of 65,800.</summary>
    public byte[] Second { get; }

    /// <summary>What stands under the newest.</summary>
    public NoteSignature Cosigned { get; }

    public NoteSignature SecondCosigned { get; }

    // All of one length, so that rows can change places.
    public static byte[] Entry(long index) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"entry {index:d8}"));

    /// <summary>Writes a log that publishes these sizes, and keeps each checkpoint as <c>checkpoint.&lt;size&gt;</c>.</summary>
    public static TileLog Write(string folder, NoteSigner key, Func<long, byte[]> entry, params ReadOnlySpan<int> sizes)
    {
        var log = TileLog.Create(folder, new(Origin, [key], Time));
        foreach (var size in sizes)
        {
            log.Append([.. Enumerable.Range((int)log.Size, size - (int)log.Size).Select(index => new ReadOnlyMemory<byte>(entry(index)))]);
            File.WriteAllBytes(Path.Combine(folder, $"checkpoint.{size}"), log.Publish().Note.ToBytes());
        }

        return log;
    }

    /// <summary>A copy of what a web server gives out of a log.</summary>
    public static void CopyPublic(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, file);
            if (!name.StartsWith(".log", StringComparison.Ordinal))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, name))!);
                File.Copy(file, Path.Combine(to, name), overwrite: true);
            }
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
