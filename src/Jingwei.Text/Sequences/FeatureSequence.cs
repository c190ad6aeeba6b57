namespace Jingwei.Text.Sequences;

/// <summary>The features of each position of one sequence, as 32-bit keys; grows, and is filled again and again.</summary>
internal sealed class FeatureSequence
{
    private uint[] keys = new uint[4096];
    private int[] starts = new int[256];
    private int count;

    /// <summary>Number of positions.</summary>
    internal int Length { get; private set; }

    internal ReadOnlySpan<uint> this[int position] => keys.AsSpan(starts[position], starts[position + 1] - starts[position]);

    internal void Clear()
    {
        Length = 0;
        count = 0;
    }

    /// <summary>A feature of the position under way.</summary>
    /// <param name="template">Number of the template; features of two templates never meet but by chance (1 in 2^32).</param>
    /// <param name="value">What the template saw.</param>
    internal void Add(uint template, ulong value)
    {
        if (count == keys.Length)
        {
            Array.Resize(ref keys, count * 2);
        }

        var hash = (value + ((ulong)template << 56)) * 0x9E3779B97F4A7C15;
        hash ^= hash >> 32;
        hash = (hash + template) * 0xD6E8FEB86659FD93;
        keys[count++] = (uint)(hash >> 32);
    }

    /// <summary>Ends the position under way.</summary>
    internal void Next()
    {
        if (Length + 2 > starts.Length)
        {
            Array.Resize(ref starts, starts.Length * 2);
        }

        starts[++Length] = count;
    }
}
