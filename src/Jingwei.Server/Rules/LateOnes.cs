using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>Readings of one thing that wait for those that come late, in the order of their times. Of two of one property and time the later arrival stays.</summary>
internal sealed class LateOnes
{
    // A thing with twenty properties a second and five minutes' lateness; beyond it the oldest is judged early.
    private const int Most = 8_192;

    private readonly List<(long Time, int Slot, ReadingValue Value)> items = [];
    private int first;

    /// <summary>Time of the first one; <see cref="long.MaxValue"/> for none.</summary>
    public long Oldest => first < items.Count ? items[first].Time : long.MaxValue;

    public bool IsFull => items.Count - first > Most;

    public IEnumerable<(long Time, int Slot, ReadingValue Value)> All => items.Skip(first);

    public void Add(int slot, in ReadingValue value, long time)
    {
        var at = items.Count;
        while (at > first && (items[at - 1].Time > time || (items[at - 1].Time == time && items[at - 1].Slot > slot)))
        {
            at--;
        }

        if (at > first && items[at - 1].Time == time && items[at - 1].Slot == slot)
        {
            items[at - 1] = (time, slot, value);
            return;
        }

        items.Insert(at, (time, slot, value));
    }

    public (int Slot, ReadingValue Value) Take()
    {
        var (_, slot, value) = items[first++];
        // What is taken is moved out when it is half of all: on average each item moves once.
        if (first * 2 >= items.Count)
        {
            items.RemoveRange(0, first);
            first = 0;
        }

        return (slot, value);
    }
}
