using System.Numerics;

namespace Jingwei.Text.Likeness;

/// <summary>
/// How rare a term is: the logarithm of (texts / texts with it), counted over general texts. What was seen in fewer than
/// <see cref="LeastTexts"/> of them is not in the table and counts as rarest.
/// </summary>
internal sealed class TermRarity
{
    /// <summary>Texts that a term must stand in to be kept: it decides the size of the table.</summary>
    internal const int LeastTexts = 3;

    private const int MostTerms = 1 << 22;

    // Eighths of a nat in a byte.
    private const double PerNat = 8;

    private readonly uint[] keys;
    private readonly byte[] values;
    private readonly int mask;
    private int count;

    private TermRarity(int terms, byte rarest)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, terms * 2));
        keys = new uint[size];
        values = new byte[size];
        mask = size - 1;
        Rarest = rarest;
    }

    /// <summary>Of a term that is not in the table, in eighths of a nat.</summary>
    internal byte Rarest { get; }

    /// <summary>Makes the table of the number of texts that each term stands in.</summary>
    internal static TermRarity Create(IReadOnlyDictionary<uint, int> texts, int all)
    {
        var kept = texts.Where(pair => pair.Value >= LeastTexts).ToArray();
        var table = new TermRarity(kept.Length, Rarity(LeastTexts - 1, all));
        foreach (var (key, times) in kept)
        {
            table.Insert(key, Rarity(times, all));
        }

        return table;
    }

    internal static TermRarity Read(BinaryReader reader)
    {
        var terms = reader.ReadInt32();
        if (terms is < 0 or > MostTerms)
        {
            throw new InvalidDataException($"A table of {terms} terms cannot be.");
        }

        var table = new TermRarity(terms, reader.ReadByte());
        var key = 0u;
        for (var i = 0; i < terms; i++)
        {
            key += (uint)reader.Read7BitEncodedInt();
            table.Insert(key, 0);
        }

        foreach (var slot in table.Sorted())
        {
            table.values[slot] = reader.ReadByte();
        }

        return table;
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(count);
        writer.Write(Rarest);
        var (sorted, before) = (Sorted(), 0u);
        foreach (var slot in sorted)
        {
            writer.Write7BitEncodedInt((int)(keys[slot] - before));
            before = keys[slot];
        }

        foreach (var slot in sorted)
        {
            writer.Write(values[slot]);
        }
    }

    /// <summary>How rare a term is, in eighths of a nat.</summary>
    internal byte Of(uint key)
    {
        for (var slot = (int)key & mask; keys[slot] != 0; slot = (slot + 1) & mask)
        {
            if (keys[slot] == key)
            {
                return values[slot];
            }
        }

        return Rarest;
    }

    private static byte Rarity(int times, int all) => (byte)Math.Clamp(Math.Round(Math.Log((double)all / times) * PerNat), 1, 127);

    private int[] Sorted() => [.. Enumerable.Range(0, keys.Length).Where(slot => keys[slot] != 0).OrderBy(slot => keys[slot])];

    private void Insert(uint key, byte value)
    {
        var slot = (int)key & mask;
        while (keys[slot] != 0 && keys[slot] != key)
        {
            slot = (slot + 1) & mask;
        }

        count += keys[slot] == 0 ? 1 : 0;
        keys[slot] = key;
        values[slot] = value;
    }
}
