using System.Diagnostics.CodeAnalysis;

namespace Jingwei.Mqtt.Sessions;

/// <summary>A queue that costs one reference until it is used, and gives back what a burst made of it. Never copy it.</summary>
internal struct LazyQueue<T>
{
    // Below it a queue is not worth giving back: the next message would only make it anew.
    private const int SmallCapacity = 32;

    private Queue<T>? items;

    public readonly int Count => items?.Count ?? 0;

    public readonly IEnumerable<T> Items => items ?? Enumerable.Empty<T>();

    public void Enqueue(T item) => (items ??= new()).Enqueue(item);

    public readonly bool TryPeek([MaybeNullWhen(false)] out T item)
    {
        if (items is not null)
        {
            return items.TryPeek(out item);
        }

        item = default;
        return false;
    }

    public bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        item = default;
        if (items is null || !items.TryDequeue(out item))
        {
            return false;
        }

        if (items.Count == 0 && items.Capacity > SmallCapacity)
        {
            items = null;
        }

        return true;
    }

    /// <exception cref="InvalidOperationException">It is empty.</exception>
    public T Dequeue() => TryDequeue(out var item) ? item : throw new InvalidOperationException("The queue is empty.");

    public void Clear() => items = null;
}
