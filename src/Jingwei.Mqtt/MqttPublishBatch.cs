using System.Buffers;

namespace Jingwei.Mqtt;

/// <summary>
/// Messages that one authorised client published one after the other, or its will. The server uses the object again: neither it nor a
/// payload may be touched after the hook's task completes. Bounded by <see cref="MqttServerLimits.MaxBatchMessages"/> and
/// <see cref="MqttServerLimits.MaxBatchBytes"/>.
/// </summary>
public sealed class MqttPublishBatch
{
    private const int FirstLength = 16;

    // Some 25 KiB. What is longer is lent by a pool, and goes back to it.
    private const int OwnLength = 128;

    private MqttPublish[] messages = new MqttPublish[FirstLength];
    private Decision[] decisions = new Decision[FirstLength];

    internal MqttPublishBatch()
    {
    }

    /// <summary>From <see cref="MqttAuthentication"/>.</summary>
    public object Principal { get; private set; } = "";

    /// <summary>Of the publishing session.</summary>
    public string ClientId { get; private set; } = "";

    /// <summary>Messages in it, at least one.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of all packets in it.</summary>
    internal long Bytes { get; private set; }

    /// <summary>A message, in the order of arrival from 0.</summary>
    public ref readonly MqttPublish this[int index] => ref messages.AsSpan(0, Count)[index];

    /// <summary>
    /// Says what became of a message. Every message is to be decided before the hook's task completes, once, in any order and from any thread.
    /// </summary>
    /// <exception cref="InvalidOperationException">The message is decided already.</exception>
    public void Decide(int index, in MqttPublishOutcome outcome)
    {
        ref var decision = ref decisions.AsSpan(0, Count)[index];
        if (decision.IsMade)
        {
            throw new InvalidOperationException($"Message {index} is decided already.");
        }

        decision = new(outcome, true);
    }

    /// <summary>Says the same of every message.</summary>
    /// <exception cref="InvalidOperationException">One is decided already.</exception>
    public void DecideAll(in MqttPublishOutcome outcome)
    {
        for (var index = 0; index < Count; index++)
        {
            Decide(index, outcome);
        }
    }

    /// <summary>A batch of one message that is in memory, as a will is.</summary>
    internal static MqttPublishBatch Of(object principal, string clientId, MqttMessage message)
    {
        var batch = new MqttPublishBatch();
        batch.Begin(principal, clientId);
        batch.Add(
            new(MqttTopic.Of(message.Topic), new ReadOnlySequence<byte>(message.Payload), new(message.QoS, message.Retain, 0, 0, message.Properties)),
            message.Payload.Length);
        return batch;
    }

    internal void Begin(object principal, string clientId)
    {
        Principal = principal;
        ClientId = clientId;
    }

    internal void Add(in MqttPublish message, long bytes)
    {
        if (Count == messages.Length)
        {
            Grow();
        }

        messages[Count] = message;
        Count++;
        Bytes += bytes;
    }

    internal ref readonly MqttPublishOutcome Outcome(int index) => ref decisions[index].Outcome;

    /// <exception cref="InvalidOperationException">The hook left a message undecided, so nobody knows what became of it.</exception>
    internal void EnsureDecided()
    {
        for (var index = 0; index < Count; index++)
        {
            if (!decisions[index].IsMade)
            {
                throw new InvalidOperationException($"The hook left message {index} of {Count} undecided.");
            }
        }
    }

    /// <summary>Lets go of everything, to be begun again.</summary>
    internal void Clear()
    {
        Clear(messages, decisions, Count);
        (Principal, ClientId, Count, Bytes) = ("", "", 0, 0);
        if (messages.Length > OwnLength)
        {
            (messages, decisions) = (new MqttPublish[FirstLength], new Decision[FirstLength]);
        }
    }

    private void Grow()
    {
        if (Count < OwnLength)
        {
            Array.Resize(ref messages, Count * 2);
            Array.Resize(ref decisions, Count * 2);
            return;
        }

        var (grownMessages, grownDecisions) = (ArrayPool<MqttPublish>.Shared.Rent(Count * 2), ArrayPool<Decision>.Shared.Rent(Count * 2));
        messages.CopyTo(grownMessages);
        decisions.CopyTo(grownDecisions);
        Clear(messages, decisions, Count);
        (messages, decisions) = (grownMessages, grownDecisions);
    }

    private static void Clear(MqttPublish[] messages, Decision[] decisions, int count)
    {
        Array.Clear(messages, 0, count);
        Array.Clear(decisions, 0, count);
        if (messages.Length > OwnLength)
        {
            ArrayPool<MqttPublish>.Shared.Return(messages);
            ArrayPool<Decision>.Shared.Return(decisions);
        }
    }

    private readonly struct Decision(MqttPublishOutcome outcome, bool isMade)
    {
        public readonly MqttPublishOutcome Outcome = outcome;
        public readonly bool IsMade = isMade;
    }
}
