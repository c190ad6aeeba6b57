using Jingwei.Mqtt.Journal;

namespace Jingwei.Mqtt.Publishing;

/// <summary>The last retained message of each topic (MQTT 5.0, section 3.3.1.3).</summary>
/// <remarks>With a journal they outlive the process.</remarks>
internal sealed class RetainedMessages(int limit, TimeProvider time, SessionJournal? journal)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, RetainedMessage> messages = new(StringComparer.Ordinal);
    private readonly TopicTree topics = new();

    public int Count
    {
        get
        {
            lock (gate)
            {
                return messages.Count;
            }
        }
    }

    /// <summary>Keeps the message; an empty payload clears the topic [MQTT-3.3.1-6]. False when there is no room for a new topic.</summary>
    /// <param name="message">As published.</param>
    /// <param name="commit">The journal's commit after which it is on disk; 0: nothing to wait for.</param>
    public bool Store(MqttMessage message, out ulong commit)
    {
        lock (gate)
        {
            commit = 0;
            if (message.Payload.IsEmpty)
            {
                if (messages.Remove(message.Topic))
                {
                    topics.Remove(message.Topic);
                    commit = journal?.Cleared(message.Topic) ?? 0;
                }

                return true;
            }

            if (messages.Count >= limit && !messages.ContainsKey(message.Topic))
            {
                return false;
            }

            var kept = new RetainedMessage(message, Expiry.Of(message, time));
            messages[message.Topic] = kept;
            topics.Add(message.Topic);
            commit = journal?.Retained(message, kept.ExpiresAt) ?? 0;
            return true;
        }
    }

    /// <summary>A message that the journal kept.</summary>
    public void Restore(RoutedMessage kept)
    {
        lock (gate)
        {
            messages[kept.Message.Topic] = new(kept.Message, kept.ExpiresAt);
            topics.Add(kept.Message.Topic);
        }
    }

    /// <summary>One action a message, to be journalled anew if it is still there.</summary>
    public IEnumerable<Action> Rewrites()
    {
        string[] all;
        lock (gate)
        {
            all = [.. messages.Keys];
        }

        foreach (var topic in all)
        {
            yield return () =>
            {
                lock (gate)
                {
                    if (messages.TryGetValue(topic, out var kept) && IsAlive(kept))
                    {
                        journal!.Retained(kept.Message, kept.ExpiresAt);
                    }
                }
            };
        }
    }

    /// <summary>Those that match and have not expired.</summary>
    public List<RetainedMessage> Find(string filter)
    {
        lock (gate)
        {
            if (filter.AsSpan().IndexOfAny('+', '#') < 0)
            {
                return messages.TryGetValue(filter, out var only) && IsAlive(only) ? [only] : [];
            }

            return [.. topics.Find(filter).Select(topic => messages[topic]).Where(IsAlive)];
        }
    }

    private bool IsAlive(RetainedMessage kept)
    {
        if (kept.ExpiresAt > time.GetUtcNow())
        {
            return true;
        }

        messages.Remove(kept.Message.Topic);
        topics.Remove(kept.Message.Topic);
        journal?.Cleared(kept.Message.Topic);
        return false;
    }
}

/// <summary>A message and the moment it stops being worth delivering.</summary>
internal readonly record struct RetainedMessage(MqttMessage Message, DateTimeOffset ExpiresAt);

/// <summary>The message expiry interval (MQTT 5.0, section 3.3.2.3.3) as a moment.</summary>
internal static class Expiry
{
    public static DateTimeOffset Of(MqttMessage message, TimeProvider time) =>
        message.Properties.MessageExpiryInterval is { } seconds
            ? time.GetUtcNow().AddSeconds(seconds)
            : DateTimeOffset.MaxValue;

    /// <summary>Seconds left, rounded up so that a message sent in time never says 0.</summary>
    public static uint SecondsUntil(DateTimeOffset moment, TimeProvider time) =>
        (uint)Math.Clamp(Math.Ceiling((moment - time.GetUtcNow()).TotalSeconds), 0, uint.MaxValue);
}
