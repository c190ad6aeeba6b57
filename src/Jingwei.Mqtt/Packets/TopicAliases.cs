namespace Jingwei.Mqtt.Packets;

/// <summary>How a PUBLISH names its topic (MQTT 5.0, section 3.3.2.3.4).</summary>
/// <param name="Number">0: by its name alone.</param>
/// <param name="IsKnown">The receiver knows the alias, so the name is left out.</param>
internal readonly record struct TopicAlias(ushort Number, bool IsKnown)
{
    /// <summary>Bytes of the property.</summary>
    public const int Size = 3;

    /// <summary>Whether the packet makes the alias known.</summary>
    public bool IsNew => Number > 0 && !IsKnown;
}

/// <summary>
/// Numbers that stand for topics towards one receiver: the first topics that are sent get one and keep it while the connection lasts
/// [MQTT-3.3.2-7]. Used by the connection's writer alone.
/// </summary>
internal sealed class TopicAliases(int maximum)
{
    private readonly Dictionary<string, ushort> numbers = new(StringComparer.Ordinal);

    /// <summary>How the next packet names this topic. What is new is known from <see cref="Sent"/> on.</summary>
    public TopicAlias Of(string topic)
    {
        if (numbers.TryGetValue(topic, out var number))
        {
            return new(number, IsKnown: true);
        }

        return numbers.Count < maximum && topic.Length > TopicAlias.Size ? new((ushort)(numbers.Count + 1), IsKnown: false) : default;
    }

    /// <summary>The packet is on its way.</summary>
    public void Sent(string topic, TopicAlias alias)
    {
        if (alias.IsNew)
        {
            numbers.Add(topic, alias.Number);
        }
    }
}
