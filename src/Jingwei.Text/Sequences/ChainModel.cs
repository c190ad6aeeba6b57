using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Jingwei.Text.Sequences;

/// <summary>A trained linear-chain model: rows of 8-bit weights found by the feature's key. Immutable.</summary>
internal sealed class ChainModel
{
    private const int MostRows = 1 << 24;

    private readonly uint[] keys;
    private readonly int[] rowOf;
    private readonly sbyte[] rows;
    private readonly int mask;
    private readonly int stride;

    private ChainModel(LabelScheme scheme, uint[] sortedKeys, sbyte[] rows, float unit, float[] transitions)
    {
        Scheme = scheme;
        Unit = unit;
        Transitions = transitions;
        Bonus = new float[scheme.Kinds.Count];
        this.rows = rows;
        stride = scheme.Stride;
        SortedKeys = sortedKeys;
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, sortedKeys.Length * 2));
        mask = size - 1;
        keys = new uint[size];
        rowOf = new int[size];
        for (var row = 0; row < sortedKeys.Length; row++)
        {
            var slot = (int)sortedKeys[row] & mask;
            while (rowOf[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            keys[slot] = sortedKeys[row];
            rowOf[slot] = row + 1;
        }
    }

    internal LabelScheme Scheme { get; }

    internal uint[] SortedKeys { get; }

    /// <summary>What one step of an 8-bit weight is worth.</summary>
    internal float Unit { get; }

    internal float[] Transitions { get; }

    /// <summary>
    /// Added to the score of a span of each kind: training weighs likelihood, which leaves doubtful spans out, while what is
    /// asked for is as many right spans as wrong or missed ones allow (F1).
    /// </summary>
    internal float[] Bonus { get; init; }

    /// <summary>Makes weights small: 8 bits each, and only rows of which at least one weight matters.</summary>
    /// <param name="weights">What was learned.</param>
    /// <param name="least">Weights nearer to 0 are dropped.</param>
    /// <param name="bonus">Bonus of each kind; null for none.</param>
    internal static ChainModel Quantise(ChainWeights weights, float least, float[]? bonus = null)
    {
        var top = 0f;
        for (var row = 0; row < weights.Keys.Length; row++)
        {
            top = Math.Max(top, Largest(weights.Rows[row]));
        }

        var unit = Math.Max(top, 1e-6f) / sbyte.MaxValue;
        var order = Enumerable.Range(0, weights.Keys.Length)
            .Where(row => Largest(weights.Rows[row]) >= Math.Max(least, unit / 2))
            .OrderBy(row => weights.Keys[row]).ToArray();
        var stride = weights.Scheme.Stride;
        var small = new sbyte[order.Length * stride];
        for (var at = 0; at < order.Length; at++)
        {
            var row = weights.Rows[order[at]];
            for (var tag = 0; tag < stride; tag++)
            {
                small[(at * stride) + tag] = Math.Abs(row[tag]) < least ? (sbyte)0 : (sbyte)MathF.Round(row[tag] / unit);
            }
        }

        return new ChainModel(weights.Scheme, [.. order.Select(row => weights.Keys[row])], small, unit, weights.Transitions)
        {
            Bonus = bonus ?? new float[weights.Scheme.Kinds.Count],
        };
    }

    /// <summary>Adds up the weights of every tag at one position, in units.</summary>
    internal void Score(ReadOnlySpan<uint> features, Span<int> scores)
    {
        foreach (var key in features)
        {
            for (var slot = (int)key & mask; rowOf[slot] != 0; slot = (slot + 1) & mask)
            {
                if (keys[slot] == key)
                {
                    Add(scores, rows.AsSpan((rowOf[slot] - 1) * stride, stride));
                    break;
                }
            }
        }
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Scheme.Kinds.Count);
        foreach (var kind in Scheme.Kinds)
        {
            writer.Write(kind);
        }

        foreach (var bonus in Bonus)
        {
            writer.Write(bonus);
        }

        writer.Write(Unit);
        foreach (var weight in Transitions)
        {
            writer.Write((Half)weight);
        }

        SparseRows.Write(writer, SortedKeys, rows, stride);
    }

    internal static ChainModel Read(BinaryReader reader)
    {
        var kinds = reader.ReadInt32();
        if (kinds is < 1 or > 60)
        {
            throw new InvalidDataException($"A labelling of {kinds} kinds cannot be.");
        }

        var scheme = new LabelScheme([.. Enumerable.Range(0, kinds).Select(_ => reader.ReadString())]);
        var bonus = new float[kinds];
        for (var kind = 0; kind < kinds; kind++)
        {
            bonus[kind] = reader.ReadSingle();
        }

        var unit = reader.ReadSingle();
        var transitions = new float[scheme.Tags * scheme.Stride];
        for (var i = 0; i < transitions.Length; i++)
        {
            transitions[i] = (float)reader.ReadHalf();
        }

        var (keys, rows) = SparseRows.Read(reader, scheme.Stride, MostRows);
        return new ChainModel(scheme, keys, rows, unit, transitions) { Bonus = bonus };
    }

    private static void Add(Span<int> scores, ReadOnlySpan<sbyte> row)
    {
        for (var i = 0; i < row.Length; i += Vector256<int>.Count)
        {
            var eight = Vector128.CreateScalarUnsafe(MemoryMarshal.Read<long>(MemoryMarshal.AsBytes(row[i..]))).AsSByte();
            var wide = Vector256.WidenLower(Vector128.WidenLower(eight).ToVector256Unsafe());
            var target = Vector256.Create<int>(scores.Slice(i, Vector256<int>.Count));
            (target + wide).CopyTo(scores[i..]);
        }
    }

    private static float Largest(ReadOnlySpan<float> row)
    {
        var top = 0f;
        foreach (var weight in row)
        {
            top = Math.Max(top, Math.Abs(weight));
        }

        return top;
    }
}
