using System.Globalization;
using System.Text;
using Jingwei.Ledger.Merkle;

namespace Jingwei.Ledger.Notes;

/// <summary>What a log says of itself: how many entries it has, and the root over them (C2SP tlog-checkpoint).</summary>
/// <param name="Origin">Which log; not empty.</param>
/// <param name="Size">Leaves of the tree, from 0.</param>
/// <param name="Root">Its root (RFC 6962, 2.1).</param>
/// <param name="Extensions">Lines of unknown meaning; not recommended.</param>
public sealed record Checkpoint(string Origin, long Size, MerkleHash Root, IReadOnlyList<string> Extensions)
{
    public Checkpoint(string origin, long size, MerkleHash root)
        : this(origin, size, root, [])
    {
    }

    /// <summary>Reads a note's text.</summary>
    public static LedgerReading<Checkpoint> Read(ReadOnlySpan<byte> text)
    {
        var lines = new Lines(text);
        if (!lines.TryNext(out var first) || KeyName.Text(first) is not { Length: > 0 } origin)
        {
            return new LedgerProblem(LedgerProblemCode.Malformed, "A checkpoint's first line is its origin.", 0);
        }

        var at = lines.Position;
        if (!lines.TryNext(out var second) || !Lines.TryNumber(second, out var size))
        {
            return new LedgerProblem(LedgerProblemCode.InvalidNumber, "A checkpoint's second line is its size in decimal.", at);
        }

        at = lines.Position;
        if (!lines.TryNext(out var third) || !MerkleHash.TryReadBase64(third, out var root))
        {
            return new LedgerProblem(LedgerProblemCode.InvalidBase64, "A checkpoint's third line is its root in base64.", at);
        }

        var extensions = new List<string>();
        while (!lines.Rest.IsEmpty)
        {
            at = lines.Position;
            if (!lines.TryNext(out var line) || KeyName.Text(line) is not { Length: > 0 } extension)
            {
                return new LedgerProblem(LedgerProblemCode.Malformed, "A checkpoint's further lines are not empty, and ended.", at);
            }

            extensions.Add(extension);
        }

        return new Checkpoint(origin, size, root, extensions);
    }

    /// <summary>The note's text.</summary>
    public byte[] ToText() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The note's text.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n{string.Concat(Extensions.Select(line => line + '\n'))}");
}
