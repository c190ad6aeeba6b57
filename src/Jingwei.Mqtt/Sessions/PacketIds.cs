namespace Jingwei.Mqtt.Sessions;

/// <summary>Packet identifiers of one session's outgoing messages (MQTT 5.0, section 2.2.1). Costs little until the first is given. Never copy it.</summary>
internal struct PacketIds
{
    // A client that takes messages one by one goes on with the same set.
    private const int SmallCapacity = 32;

    private HashSet<ushort>? used;
    private ushort last;

    /// <summary>The next identifier that is not in use; false when all 65,535 are.</summary>
    public bool TryTake(out ushort id)
    {
        id = 0;
        used ??= [];
        if (used.Count == ushort.MaxValue)
        {
            return false;
        }

        do
        {
            last++;
        }
        while (last == 0 || !used.Add(last));
        id = last;
        return true;
    }

    /// <summary>Marks an identifier as used that was given before the server started.</summary>
    public void Restore(ushort id)
    {
        (used ??= []).Add(id);
        last = Math.Max(last, id);
    }

    public void Free(ushort id)
    {
        if (used is not null && used.Remove(id) && used.Count == 0 && used.Capacity > SmallCapacity)
        {
            used = null;
        }
    }
}
