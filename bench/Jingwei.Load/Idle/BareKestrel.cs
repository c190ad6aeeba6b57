using System.CommandLine;
using System.Globalization;
using Jingwei.Load.Mqtt;
using Jingwei.Load.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace Jingwei.Load.Idle;

/// <summary>
/// ASP.NET Core's own server with a handler that answers CONNECT and SUBSCRIBE and knows nothing else: what a connection costs on this
/// platform before MQTT costs anything. It runs this very program with a command of its own.
/// </summary>
public sealed class BareKestrel : IBroker
{
    public const string Name = "bare-kestrel";

    private SubjectProcess? process;

    public SubjectProcess Process => process ?? throw new InvalidOperationException("The peer does not run.");

    public int Port { get; } = SubjectProcess.FreePort();

    /// <summary>The command that is this server.</summary>
    public static Command CreateServer()
    {
        var port = new Option<int>("--port") { Required = true };
        var command = new Command(Name, "The server that `idle` compares with.") { port };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellation) =>
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(
                parsed.GetValue(port), listen => listen.UseConnectionHandler<AnswerAndWait>()));
            await using var server = builder.Build();
            await server.StartAsync(cancellation);
            Console.WriteLine("ready");
            await server.WaitForShutdownAsync(cancellation);
        });
        return command;
    }

    public async Task StartAsync(CancellationToken cancellation) => (process, _) = await SubjectProcess.StartAsync(
        "dotnet",
        [typeof(BareKestrel).Assembly.Location, Name, "--port", Port.ToString(CultureInfo.InvariantCulture)],
        line => line == "ready",
        cancellation);

    public Task<IReadOnlyList<Login>> DevicesAsync(int count, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Login>>([.. Enumerable.Range(0, count).Select(number => new Login($"meter-{number:d4}", null, null, ""))]);

    public Task<Login> ApplicationAsync(CancellationToken cancellation) => Task.FromResult(new Login("application", null, null, ""));

    public Task CheckStoredAsync(long acknowledged, long sum, CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync() => process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private sealed class AnswerAndWait : ConnectionHandler
    {
        public override async Task OnConnectedAsync(ConnectionContext connection)
        {
            while (await connection.Transport.Input.ReadAsync() is { IsCompleted: false } read)
            {
                var connect = read.Buffer.FirstSpan[0] == 0x10;
                connection.Transport.Input.AdvanceTo(read.Buffer.End);
                // CONNACK: accepted; SUBACK of packet 1: QoS 1.
                await connection.Transport.Output.WriteAsync(connect ? new byte[] { 0x20, 2, 0, 0 } : [0x90, 3, 0, 1, 1]);
            }
        }
    }
}
