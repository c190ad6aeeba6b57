using System.Diagnostics;
using System.Globalization;

namespace Jingwei.Acceptance.Crash;

/// <summary>Ends a server (SIGKILL) as it begins a write of its database's log, the so-manieth from now on a thread of it.</summary>
internal sealed class Killer : IAsyncDisposable
{
    private readonly Process tracer;

    private Killer(Process tracer) => this.tracer = tracer;

    /// <param name="write">1: the next one.</param>
    public static async Task<Killer> AttachAsync(string strace, ServerProcess server, int write)
    {
        var log = System.IO.Directory.GetFiles(server.Data, "*-wal").Single();
        string[] arguments =
        [
            "-f", "-p", server.Id.ToString(CultureInfo.InvariantCulture), "-P", log, "-e", "trace=pwrite64",
            "-e", string.Create(CultureInfo.InvariantCulture, $"inject=pwrite64:signal=KILL:when={write}"), "-o", "/dev/null",
        ];
        var tracer = Process.Start(new ProcessStartInfo(strace, arguments) { RedirectStandardError = true })!;

        // It says so once it is attached to the threads.
        while (await tracer.StandardError.ReadLineAsync() is { } line && !line.Contains("attached", StringComparison.Ordinal))
        {
            // Not yet.
        }

        return new Killer(tracer);
    }

    public async ValueTask DisposeAsync()
    {
        if (!tracer.HasExited)
        {
            tracer.Kill();
        }

        await tracer.WaitForExitAsync();
        tracer.Dispose();
    }
}
