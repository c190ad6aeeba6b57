using System.Globalization;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Mqtt;

/// <summary>
/// Mosquitto without all that costs it something: nobody signs in, nothing is written to the disk, no limits on queues and windows, packets
/// leave at once, no logs of connections (mosquitto.org/man/mosquitto-conf-5.html). What it acknowledges is in its memory, if anybody subscribed.
/// </summary>
public sealed class Mosquitto : IBroker
{
    public const string Program = "mosquitto";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jingwei-load-peer-");
    private SubjectProcess? process;

    public SubjectProcess Process => process ?? throw new InvalidOperationException("The peer does not run.");

    public int Port { get; } = SubjectProcess.FreePort();

    public async Task StartAsync(CancellationToken cancellation)
    {
        var settings = Path.Combine(folder.FullName, "mosquitto.conf");
        await File.WriteAllTextAsync(
            settings,
            $"""
            listener {Port.ToString(CultureInfo.InvariantCulture)} 127.0.0.1
            allow_anonymous true
            persistence false
            max_inflight_messages 0
            max_queued_messages 0
            set_tcp_nodelay true
            connection_messages false
            log_dest stderr
            log_type error
            log_type warning
            log_type notice
            log_type information

            """,
            cancellation);
        var path = SubjectProcess.Find(Program) ?? throw new InvalidOperationException("mosquitto is not installed.");
        (process, _) = await SubjectProcess.StartAsync(path, ["-c", settings], line => line.Contains("running", StringComparison.Ordinal), cancellation);
    }

    public Task<IReadOnlyList<Login>> DevicesAsync(int count, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Login>>([.. Enumerable.Range(0, count).Select(number => new Login($"meter-{number:d4}", null, null, $"jw/meter-{number:d4}/readings"))]);

    public Task<Login> ApplicationAsync(CancellationToken cancellation) => Task.FromResult(new Login("application", null, null, "load/out"));

    // It stores nothing.
    public Task CheckStoredAsync(long acknowledged, long sum, CancellationToken cancellation) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }
}
