using System.Threading.Channels;
using Jingwei.Mqtt;

namespace Jingwei.Tests.Mqtt;

/// <summary>Hooks that a test completes when it wants.</summary>
internal sealed class HeldHooks
{
    private readonly Channel<HeldBatch> started = Channel.CreateBounded<HeldBatch>(100);
    private int messages;

    /// <summary>Messages that the hook has seen.</summary>
    public int Messages => Volatile.Read(ref messages);

    public ValueTask<HeldBatch> NextAsync() => started.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Whether a batch has come that the test did not take yet.</summary>
    public bool HasNext => started.Reader.TryPeek(out _);

    public MqttServerOptions Configure(MqttServerOptions options) => options with
    {
        Publishing = (batch, _) =>
        {
            Interlocked.Add(ref messages, batch.Count);
            var held = new HeldBatch(batch);
            started.Writer.TryWrite(held);
            return new(held.Task);
        },
    };
}

/// <summary>A batch whose hook waits for the test.</summary>
internal sealed class HeldBatch(MqttPublishBatch batch)
{
    private readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MqttPublishBatch Batch => batch;

    public Task Task => completed.Task;

    /// <summary>One outcome a message, or one for all.</summary>
    public void Complete(params ReadOnlySpan<MqttPublishOutcome> outcomes)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            batch.Decide(i, outcomes[outcomes.Length == 1 ? 0 : i]);
        }

        completed.SetResult();
    }

    /// <summary>Ends the hook without having decided anything.</summary>
    public void LeaveUndecided() => completed.SetResult();

    public void Fail() => completed.SetException(new InvalidOperationException("disk"));
}
