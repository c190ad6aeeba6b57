using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Jingwei.Load.Servers;

/// <summary>
/// A server that a run starts and ends by its own id: what it printed last, the processor time and the memory that it took.
/// </summary>
public sealed class SubjectProcess : IAsyncDisposable
{
    // Only an error message shows them; older ones go.
    private const int LinesKept = 40;

    // Debian's peers and ours are ready within two seconds; a slow disk may take a few more.
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Queue<string> lines = new();
    private readonly TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<string, bool> isReady;

    private SubjectProcess(Process process, Func<string, bool> isReady)
    {
        (this.process, this.isReady) = (process, isReady);
        // A full pipe would stop the server at its next line, so both are read to their ends.
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The server ended before it was ready:\n" + LastLines));
        process.EnableRaisingEvents = true;
    }

    /// <summary>Whether it runs no more.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Resident memory in bytes.</summary>
    public long Memory => Refreshed.WorkingSet64;

    /// <summary>The most resident memory that it ever had, in bytes (Linux: VmHWM, proc(5)).</summary>
    public long PeakMemory => Refreshed.PeakWorkingSet64;

    /// <summary>Processor time of all its threads, in user and kernel mode, since it started.</summary>
    public TimeSpan Processor => Refreshed.TotalProcessorTime;

    private Process Refreshed
    {
        get
        {
            process.Refresh();
            return process;
        }
    }

    private string LastLines
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    /// <summary>A port of the loopback address that nobody has now. For peers only, which cannot choose one themselves.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Where a program lies on the PATH or in the folders of system programs; null when it is not installed.</summary>
    public static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/local/sbin".Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Starts a program, and ends when it has printed the line that says that it is ready.</summary>
    /// <param name="isReady">Whether a line of its output or of its errors says so.</param>
    /// <returns>The process and that line.</returns>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    /// <exception cref="TimeoutException">It did not say so within a minute.</exception>
    public static async Task<(SubjectProcess Process, string Line)> StartAsync(
        string program, IEnumerable<string> arguments, Func<string, bool> isReady, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var started = new SubjectProcess(new Process { StartInfo = start }, isReady);
        try
        {
            started.process.Start();
            started.process.BeginOutputReadLine();
            started.process.BeginErrorReadLine();
            return (started, await started.ready.Task.WaitAsync(ReadyWithin, cancellation));
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: no last words.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > LinesKept)
            {
                lines.Dequeue();
            }
        }

        if (isReady(line))
        {
            ready.TrySetResult(line);
        }
    }
}
