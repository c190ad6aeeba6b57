using System.Text;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;

namespace Jingwei.Conformance.Ledger;

/// <summary>A copy of an honest log in the hands of someone who changes it.</summary>
internal sealed class TamperedLog : IDisposable
{
    public TamperedLog(HonestLog honest)
    {
        Honest = honest;
        HonestLog.CopyPublic(honest.Folder, Folder);
        WriteSeen("first", honest.First);
        WriteSeen("second", honest.Second);
    }

    public HonestLog Honest { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("jingwei-tampered-").FullName;

    /// <summary>Checkpoints that the verifier has seen before, outside of what is tampered with.</summary>
    public string Seen { get; } = Directory.CreateTempSubdirectory("jingwei-seen-").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    public byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    public void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), bytes);
    }

    public void WriteSeen(string name, byte[] checkpoint) => File.WriteAllBytes(Path.Combine(Seen, name), checkpoint);

    public void Delete(string name) => File.Delete(PathOf(name));

    public void Change(string name, Func<byte[], byte[]> change) => Write(name, change(Read(name)));

    public void FlipBit(string name, int at) => Change(name, bytes =>
    {
        bytes[at] ^= 0x10;
        return bytes;
    });

    public void Swap(string one, string other)
    {
        var first = Read(one);
        Write(one, Read(other));
        Write(other, first);
    }

    /// <summary>Changes the text of the checkpoint and leaves its signatures.</summary>
    public void ChangeText(Func<string, string> change) => Change("checkpoint", bytes => Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(bytes))));

    /// <summary>Puts a checkpoint in place that the log's own key signed, and its witness cosigned.</summary>
    public void SignAnew(string origin, long size, MerkleHash root, NoteSigner? key = null) => Write("checkpoint",
        CheckpointNote.Sign(new(origin, size, root), HonestLog.Time, key ?? Honest.Key, Honest.Witness).Note.ToBytes());

    public Checkpoint Newest => CheckpointNote.Read(File.ReadAllBytes(Path.Combine(Honest.Folder, "checkpoint"))).Require().Checkpoint;

    /// <summary>Replaces everything by a log of other entries, sizes and checkpoints, by the log's own key.</summary>
    public void Fork(Func<long, byte[]> entry, params ReadOnlySpan<int> sizes)
    {
        Directory.Delete(Folder, recursive: true);
        using var fork = HonestLog.Write(Folder, Honest.Key, entry, sizes);
        fork.Cosign(fork.Published.Checkpoint, [Honest.Witness.Sign(fork.Published.Note.Text.Span, HonestLog.Time)]);
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(Seen, recursive: true);
    }
}
