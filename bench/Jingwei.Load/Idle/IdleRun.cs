using Jingwei.Load.Mqtt;
using Jingwei.Load.Publish;
using Jingwei.Load.Results;

namespace Jingwei.Load.Idle;

/// <summary>What one run of one server showed.</summary>
/// <param name="Each">Resident bytes for each client, all of them above none.</param>
/// <param name="Further">Resident bytes for each client of the second half above the first half.</param>
/// <param name="MillionGiB">Resident memory of a million, by <paramref name="Further"/>.</param>
/// <param name="Intake">Messages acknowledged a second while they are connected; 0 where the server takes none.</param>
public sealed record IdleResult(double Each, double Further, double MillionGiB, double Intake)
{
    /// <summary>The rows of the table that runs of a subject make.</summary>
    public static IEnumerable<Figure> Figures(string subject, IReadOnlyList<IdleResult> runs)
    {
        return
        [
            Of("a client", "bytes", run => run.Each),
            Of("a further client", "bytes", run => run.Further),
            Of("a million, extrapolated", "GiB", run => run.MillionGiB),
            .. runs[0].Intake > 0 ? [Of("intake meanwhile", "messages/s", run => run.Intake)] : (Figure[])[],
        ];

        Figure Of(string measure, string unit, Func<IdleResult, double> value) => new(IdleCommand.Name, measure, unit, subject, [.. runs.Select(value)]);
    }
}

/// <summary>Clients with sessions that are kept, each subscribed to its commands, that do nothing; then a hundred others publish.</summary>
public static class IdleRun
{
    private static readonly PublishPlan Publishing = new(100, 100, TimeSpan.FromSeconds(6));

    /// <param name="settle">Waited before memory is read, so that what was needed to connect may go.</param>
    public static async Task<IdleResult> RunAsync(IBroker broker, int clients, TimeSpan settle, CancellationToken cancellation)
    {
        await broker.StartAsync(cancellation);
        var devices = await broker.DevicesAsync(clients + Publishing.Publishers, cancellation);
        var idle = devices.Take(clients).ToList();
        var links = new List<MqttLink>();
        try
        {
            var empty = await MemoryAsync();
            await ConnectAsync(idle[..(clients / 2)]);
            var half = await MemoryAsync();
            await ConnectAsync(idle[(clients / 2)..]);
            var full = await MemoryAsync();
            var further = (full - half) / (double)(clients - (clients / 2));
            var intake = broker is BareKestrel ? null : await PublishRun.MeasureAsync(broker, [.. devices.Skip(clients)], Publishing, cancellation);
            return new((full - empty) / (double)clients, further, (empty + (further * 1e6)) / (1 << 30), intake?.Acknowledged ?? 0);
        }
        finally
        {
            links.ForEach(link => link.Dispose());
        }

        async Task ConnectAsync(IReadOnlyList<Login> logins)
        {
            var connected = await MqttLink.ConnectAllAsync(broker.Port, logins, clean: false, cancellation);
            links.AddRange(connected);
            await Parallel.ForAsync(0, logins.Count, cancellation, async (number, stop) =>
                await connected[number].SubscribeAsync($"jw/{logins[number].ClientId}/commands/+", 1, stop));
        }

        async Task<long> MemoryAsync()
        {
            await Task.Delay(settle, TimeProvider.System, cancellation);
            return broker.Process.Memory;
        }
    }
}
