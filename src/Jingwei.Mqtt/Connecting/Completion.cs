namespace Jingwei.Mqtt.Connecting;

/// <summary>
/// Something that ends once, and costs one reference until somebody waits for it. Guarded by its owner's lock; those who wait go on
/// without it. Never copy it.
/// </summary>
internal struct Completion
{
    private TaskCompletionSource? source;

    public Task Task => Source.Task;

    private TaskCompletionSource Source => source ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Complete() => Source.TrySetResult();
}
