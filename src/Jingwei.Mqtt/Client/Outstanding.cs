using Jingwei.Mqtt.Packets;

namespace Jingwei.Mqtt.Client;

/// <summary>Packet identifiers in use and who waits for their answers.</summary>
internal sealed class Outstanding
{
    private readonly Lock gate = new();
    private readonly Dictionary<ushort, TaskCompletionSource<MqttPacket>> waiting = [];
    private Exception? over;
    private ushort last;

    /// <exception cref="MqttClientException">The connection is over.</exception>
    public (ushort Id, Task<MqttPacket> Answer) Add()
    {
        lock (gate)
        {
            if (over is not null)
            {
                throw new MqttClientException((over as MqttClientException)?.Reason ?? MqttReasonCode.UnspecifiedError, over.Message, over);
            }

            if (waiting.Count == ushort.MaxValue)
            {
                throw new InvalidOperationException("All 65,535 packet identifiers are in use.");
            }

            do
            {
                last++;
            }
            while (last == 0 || waiting.ContainsKey(last));
            var answer = new TaskCompletionSource<MqttPacket>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add(last, answer);
            return (last, answer.Task);
        }
    }

    public void Answer(ushort id, MqttPacket packet)
    {
        TaskCompletionSource<MqttPacket>? answer;
        lock (gate)
        {
            waiting.Remove(id, out answer);
        }

        answer?.TrySetResult(packet);
    }

    /// <summary>Fails everything that waits, and everything that would.</summary>
    public void Fail(Exception error)
    {
        List<TaskCompletionSource<MqttPacket>> failed;
        lock (gate)
        {
            over ??= error;
            failed = [.. waiting.Values];
            waiting.Clear();
        }

        foreach (var answer in failed)
        {
            answer.TrySetException(error);

            // Whoever gave up waiting must not become an unobserved exception.
            _ = answer.Task.Exception;
        }
    }
}
