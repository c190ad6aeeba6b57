using System.Numerics;

namespace Jingwei.Text.Lexicons;

/// <summary>
/// The lexicon: words, place names and names of regions, as 32-bit hashes with what is known of them. A word that is not
/// in it is taken for one with a chance of (words / 2^32), 1 in 25,000.
/// </summary>
internal sealed class WordTable
{
    private readonly uint[] keys;
    private readonly ushort[] values;
    private readonly int mask;

    private WordTable(int count)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, count * 2));
        keys = new uint[size];
        values = new ushort[size];
        mask = size - 1;
    }

    internal int Count { get; private set; }

    internal static WordTable Create(IReadOnlyDictionary<string, WordEntry> words)
    {
        var table = new WordTable(words.Count);
        foreach (var (word, entry) in words)
        {
            table.Insert(WordHash.Of(word), entry.Bits);
        }

        return table;
    }

    internal static WordTable Read(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        if (count is < 0 or > 1 << 24)
        {
            throw new InvalidDataException($"A lexicon of {count} words cannot be.");
        }

        var table = new WordTable(count);
        for (var i = 0; i < count; i++)
        {
            table.Insert(reader.ReadUInt32(), reader.ReadUInt16());
        }

        return table;
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        // Sorted, so that the same words give the same bytes, whatever order they came in.
        foreach (var slot in Enumerable.Range(0, keys.Length).Where(slot => keys[slot] != 0).OrderBy(slot => keys[slot]))
        {
            writer.Write(keys[slot]);
            writer.Write(values[slot]);
        }
    }

    internal bool TryGet(uint key, out WordEntry entry)
    {
        for (var slot = (int)key & mask; keys[slot] != 0; slot = (slot + 1) & mask)
        {
            if (keys[slot] == key)
            {
                entry = new WordEntry(values[slot]);
                return true;
            }
        }

        entry = default;
        return false;
    }

    private void Insert(uint key, ushort value)
    {
        var slot = (int)key & mask;
        while (keys[slot] != 0 && keys[slot] != key)
        {
            slot = (slot + 1) & mask;
        }

        Count += keys[slot] == 0 ? 1 : 0;
        keys[slot] = key;
        values[slot] = value;
    }
}
