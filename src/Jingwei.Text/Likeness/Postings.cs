namespace Jingwei.Text.Likeness;

/// <summary>The slots of an index that share a key, the newest last.</summary>
internal sealed class Postings
{
    private int[] slots = new int[2];
    private int count;

    internal int Count => count;

    /// <summary>The newest, up to so many.</summary>
    internal ReadOnlySpan<int> Newest(int most) => slots.AsSpan(Math.Max(0, count - most), Math.Min(count, most));

    internal void Add(int slot)
    {
        if (count == slots.Length)
        {
            Array.Resize(ref slots, count + Math.Max(2, count / 2));
        }

        slots[count++] = slot;
    }

    internal void Remove(int slot)
    {
        var at = slots.AsSpan(0, count).LastIndexOf(slot);
        if (at >= 0)
        {
            slots.AsSpan(at + 1, count - at - 1).CopyTo(slots.AsSpan(at));
            count--;
        }
    }
}
