using System.Diagnostics;
using System.Text;
using Jingwei.Tests;

namespace Jingwei.Conformance.Mqtt;

/// <summary>A foreign program that runs beside a test and is stopped with it.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder errors = new();

    private Peer(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Starts a program with its output line by line, so that a test can wait for a line; stdbuf becomes the program itself.</summary>
    public static Peer Start(string program, params IEnumerable<string> arguments) => new(Process.Start(new ProcessStartInfo(
        External.Program("stdbuf", "apt-get install coreutils"), ["-oL", program, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    /// <summary>Runs to the end; the lines of standard output.</summary>
    public static async Task<string[]> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var peer = Start(program, arguments);
        return await peer.FinishAsync();
    }

    public async Task WriteLineAsync(string line) => await process.StandardInput.WriteLineAsync(line.AsMemory(), TestContext.Current.CancellationToken);

    /// <summary>Reads standard output until a line holds the text.</summary>
    /// <returns>That line.</returns>
    public async Task<string> WaitForAsync(string text)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        Assert.Fail($"{process.StartInfo.FileName} ended without saying '{text}'. {errors}");
        return "";
    }

    /// <summary>Closes standard input, waits for the end, and gives what is left of standard output.</summary>
    public async Task<string[]> FinishAsync(int exitCode = 0)
    {
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == exitCode, $"{process.StartInfo.FileName} ended with {process.ExitCode}. {output} {errors}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Waits for an end that is a failure; everything it said.</summary>
    public async Task<string> FinishWithErrorsAsync()
    {
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, process.ExitCode);
        return output + errors;
    }

    public void Stop()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
    }

    public void Dispose()
    {
        Stop();
        process.Dispose();
    }
}
