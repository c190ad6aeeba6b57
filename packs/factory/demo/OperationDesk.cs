using Jingwei.Demo.Factory.Simulation;

namespace Jingwei.Demo.Factory;

/// <summary>The terminal of each drilling operation, where the tool room and the shift leader enter setups and tool changes.</summary>
internal sealed class OperationDesk(Api api, LiveRun live, TimeProvider time, Journal journal)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            if (live.Operations is { Count: > 0 } operations)
            {
                await WriteAsync(operations, time.GetUtcNow().ToUnixTimeMilliseconds(), stop);
            }
        }
    }

    private async Task WriteAsync(IReadOnlyList<OperationReport> operations, long at, CancellationToken stop)
    {
        var lines = operations.Select(one => FormattableString.Invariant(
            $"terminal,machine={one.Operation} setup_minutes={one.SetupMinutes:F1},bit_hits={one.BitHits:F0} {at}"));
        try
        {
            await api.WriteLinesAsync("factory", string.Join('\n', lines), stop);
        }
        catch (Exception e) when (Api.IsFailure(e))
        {
            journal.Write($"terminals: {e.Message}");
        }
    }
}
