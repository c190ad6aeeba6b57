namespace Jingwei.Mqtt.Subscribing;

/// <summary>What a topic name matches; used again for the next one.</summary>
internal sealed class MatchBuffer
{
    private Subscriber[] items = new Subscriber[16];
    private int count;

    public Span<Subscriber> Items => items.AsSpan(0, count);

    /// <summary>Filters that matched. In a single one no session can be twice.</summary>
    public int Filters { get; private set; }

    public void Clear()
    {
        Array.Clear(items, 0, count);
        (count, Filters) = (0, 0);
    }

    /// <param name="subscribers">Null, a <see cref="Subscriber"/> or a <see cref="SubscriberList"/>.</param>
    public void Add(object? subscribers)
    {
        switch (subscribers)
        {
            case Subscriber one:
                Filters++;
                Append(one);
                break;
            case SubscriberList list:
                Filters++;
                foreach (var each in list.Items)
                {
                    if (each is not null)
                    {
                        Append(each);
                    }
                }

                break;
        }
    }

    private void Append(Subscriber subscriber)
    {
        if (count == items.Length)
        {
            Array.Resize(ref items, count * 2);
        }

        items[count++] = subscriber;
    }
}
