using System.Diagnostics.CodeAnalysis;

namespace Jingwei.Mqtt.Sessions;

/// <summary>
/// Deliveries on their way, by packet identifier, in the order of their sending [MQTT-4.6.0-1]. Costs one reference until it is used, and
/// gives back what a burst made of it. Never copy it.
/// </summary>
internal struct Inflight
{
    // A client that takes messages one by one goes on with the same table.
    private const int SmallCapacity = 32;

    private OrderedDictionary<ushort, Delivery>? deliveries;

    public readonly int Count => deliveries?.Count ?? 0;

    public readonly IEnumerable<Delivery> Values => deliveries is null ? [] : deliveries.Values;

    public void Add(ushort id, Delivery delivery) => (deliveries ??= []).Add(id, delivery);

    public readonly bool TryGetValue(ushort id, [NotNullWhen(true)] out Delivery? delivery)
    {
        delivery = null;
        return deliveries is not null && deliveries.TryGetValue(id, out delivery);
    }

    public bool Remove(ushort id, [NotNullWhen(true)] out Delivery? delivery)
    {
        delivery = null;
        if (deliveries is null || !deliveries.Remove(id, out delivery))
        {
            return false;
        }

        if (deliveries.Count == 0 && deliveries.Capacity > SmallCapacity)
        {
            deliveries = null;
        }

        return true;
    }

    public void Clear() => deliveries = null;
}
