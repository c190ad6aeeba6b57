namespace Jingwei.Mqtt.Subscribing;

/// <summary>The subscribers of one filter when there are several. Each knows its slot, so adding and removing cost the same for one and for many.</summary>
internal sealed class SubscriberList
{
    private Subscriber?[] items;
    private int count;

    private SubscriberList(Subscriber first, Subscriber second)
    {
        items = [first, second, null, null];
        count = 2;
    }

    /// <summary>Those there are; while a writer is at work some may be null, or missing.</summary>
    public ReadOnlySpan<Subscriber?> Items
    {
        get
        {
            var all = items;
            return all.AsSpan(0, Math.Min(count, all.Length));
        }
    }

    public static void Add(ref object? place, Subscriber subscriber)
    {
        switch (place)
        {
            case null:
                place = subscriber;
                subscriber.Slot = 0;
                break;
            case Subscriber first:
                place = new SubscriberList(first, subscriber);
                subscriber.Slot = 1;
                break;
            case SubscriberList list:
                list.Append(subscriber);
                break;
        }
    }

    /// <summary>Puts the subscriber into the slot that it names.</summary>
    public static void Replace(ref object? place, Subscriber by)
    {
        if (place is SubscriberList list)
        {
            list.items[by.Slot] = by;
        }
        else
        {
            place = by;
        }
    }

    public static void Remove(ref object? place, Subscriber subscriber)
    {
        if (place is not SubscriberList list)
        {
            place = null;
            return;
        }

        var last = list.items[--list.count]!;
        list.items[list.count] = null;
        if (last != subscriber)
        {
            list.items[subscriber.Slot] = last;
            last.Slot = subscriber.Slot;
        }

        if (list.count == 1)
        {
            place = list.items[0];
        }
    }

    private void Append(Subscriber subscriber)
    {
        if (count == items.Length)
        {
            Array.Resize(ref items, count * 2);
        }

        subscriber.Slot = count;
        items[count++] = subscriber;
    }
}
