namespace Jingwei.Text.Sequences;

/// <summary>Rows of 8-bit weights as a file holds them: gaps between sorted keys, and only the weights that are not 0.</summary>
internal static class SparseRows
{
    internal static void Write(BinaryWriter writer, uint[] sortedKeys, sbyte[] rows, int stride)
    {
        writer.Write(sortedKeys.Length);
        uint last = 0;
        foreach (var key in sortedKeys)
        {
            writer.Write7BitEncodedInt64(key - last);
            last = key;
        }

        // The counts, the tags and the weights each by themselves: alike beside alike compresses best.
        for (var row = 0; row < sortedKeys.Length; row++)
        {
            writer.Write((byte)rows.AsSpan(row * stride, stride).ToArray().Count(weight => weight != 0));
        }

        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] != 0)
            {
                writer.Write((byte)(i % stride));
            }
        }

        foreach (var weight in rows.Where(weight => weight != 0))
        {
            writer.Write(weight);
        }
    }

    internal static (uint[] Keys, sbyte[] Rows) Read(BinaryReader reader, int stride, int most)
    {
        var count = reader.ReadInt32();
        if (count < 0 || count > most)
        {
            throw new InvalidDataException($"A model of {count} rows cannot be.");
        }

        var keys = new uint[count];
        uint last = 0;
        for (var row = 0; row < count; row++)
        {
            keys[row] = last += (uint)reader.Read7BitEncodedInt64();
        }

        var counts = reader.ReadBytes(count);
        var total = counts.Sum(each => (int)each);
        var tags = reader.ReadBytes(total);
        var weights = reader.ReadBytes(total);
        if (weights.Length < total)
        {
            throw new InvalidDataException("The model ends before its last weight.");
        }

        var rows = new sbyte[count * stride];
        var at = 0;
        for (var row = 0; row < count; row++)
        {
            for (var i = 0; i < counts[row]; i++, at++)
            {
                rows[(row * stride) + (tags[at] % stride)] = (sbyte)weights[at];
            }
        }

        return (keys, rows);
    }
}
